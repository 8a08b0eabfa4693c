"""The commands that look at the simulated army."""
