"""The full day in two more programs, Mesa and NumPy, to compare what the engines of Tocsin gain."""
