"""Workload M1: one simple army in four programs, to compare engines and not models."""
