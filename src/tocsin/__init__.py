"""Tocsin: an early-warning instrument for the cohesion of armed forces."""

__version__ = "0.1.0"
