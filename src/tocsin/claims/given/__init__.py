"""Claims that came with the report: coded by an analyst, or counted in a table."""
