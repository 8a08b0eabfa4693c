"""Private persons in a text: their names, call signs and homes."""
