"""Dated documents, as they came."""
