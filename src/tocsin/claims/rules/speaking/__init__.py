"""Who says what: cue verbs, quotations, guests, captives, and where the encoder points."""
