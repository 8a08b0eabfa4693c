"""What we now believe, given both."""
