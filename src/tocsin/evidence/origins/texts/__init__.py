"""What two texts have in common: words in order, figures, names."""
