"""The army of a case without evidence: what may become of it, and what would if."""
