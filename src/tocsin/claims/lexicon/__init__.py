"""The words by which rules read, from the catalogue, and how patterns of words are matched."""
