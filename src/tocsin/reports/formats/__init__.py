"""One module a format: from a file's bytes to reports."""
