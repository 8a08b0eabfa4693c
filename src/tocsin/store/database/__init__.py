"""The database a ledger lives in: SQLite or PostgreSQL, by one code path."""
