"""Rules that read claims from parsed sentences."""
