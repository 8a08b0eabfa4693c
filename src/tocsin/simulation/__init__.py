"""What may happen to them."""
