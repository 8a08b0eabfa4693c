"""The commands that look at Tocsin itself: what is installed, and how well it does."""
