"""The commands that keep, resolve, score, replay and compare what was said."""
