"""What the terminal shows: progress, tables, and how a command ends."""
