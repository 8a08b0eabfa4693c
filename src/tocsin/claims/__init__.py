"""What each source said, word for word."""
