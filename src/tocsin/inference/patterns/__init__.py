"""Patterns of armies of the past, and how far the simulated army shows them."""
