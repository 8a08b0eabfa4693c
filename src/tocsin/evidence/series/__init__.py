"""Series of counts as evidence: what is not yet recorded, and what a share of things left behind says."""
