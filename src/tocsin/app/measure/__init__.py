"""The commands that measure Tocsin itself."""
