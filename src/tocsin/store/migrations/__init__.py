"""Alembic migrations of the ledger, from one layout to the next."""
