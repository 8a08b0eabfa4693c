"""Who speaks, and about whose soldiers."""
