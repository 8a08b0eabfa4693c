"""What the claims are worth."""
