"""What we say will happen, and how well we said it."""
