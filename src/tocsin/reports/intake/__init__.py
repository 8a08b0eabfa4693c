"""What happens to every report that comes in, whichever door it came through."""
