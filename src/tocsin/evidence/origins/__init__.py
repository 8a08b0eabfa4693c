"""Where reports come from: which go back to one origin, and how many origins there are."""

from tocsin.evidence.origins.claims import origins

__all__ = ["origins"]
