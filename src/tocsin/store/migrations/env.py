"""What Alembic runs: the migrations, on the connection that the ledger opened and locked."""

from __future__ import annotations

from alembic import context

from tocsin.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
