"""From a report's text to parsed sentences whose offsets point into it."""
