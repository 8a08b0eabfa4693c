"""What a sentence counts, sizes and dates: the amounts, units and times that a claim can have."""
