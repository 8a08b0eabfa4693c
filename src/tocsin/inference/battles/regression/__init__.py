"""The regression called `tocsin`: what it is given, what is missing, its posterior, and a quick approximation."""
