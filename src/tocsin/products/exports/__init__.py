"""What the ledger holds, in the formats of others: one file of Python a format."""
