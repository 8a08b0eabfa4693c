"""How a person or program asks."""
