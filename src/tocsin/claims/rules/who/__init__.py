"""Which forces a report speaks of, whose soldiers are meant, and where a speaker stands."""
