"""Who fights, and in what state."""
