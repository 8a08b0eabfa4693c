"""How well claims are read: what a person marked in a report against what the reader found."""
