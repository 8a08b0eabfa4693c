"""What becomes a report, and how distorted: arrays, both ways."""
