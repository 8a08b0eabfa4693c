"""How the simulation is compiled: to machine code, kept between runs, free of Python's lock, dividing as NumPy does."""

from __future__ import annotations

from numba import njit

compiled = njit(cache=True, nogil=True, error_model="numpy")
