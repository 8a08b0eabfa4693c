"""The commands that look into the ledger and look after it."""
