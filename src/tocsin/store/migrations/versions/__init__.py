"""One module a layout, each changing the one before it."""
