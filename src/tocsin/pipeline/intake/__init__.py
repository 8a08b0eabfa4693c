"""Into the ledger without reading: reports added, folders watched."""
