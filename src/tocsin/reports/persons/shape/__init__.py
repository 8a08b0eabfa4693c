"""Names by their shape: runs of words that could be a person, and what stands beside them."""
