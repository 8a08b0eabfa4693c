"""Which forces a report speaks of, in an order that does not depend on their names."""

from __future__ import annotations

from tocsin.claims.encoder.windows import MOST_SIDES, Sides
from tocsin.claims.rules.who.discourse import Discourse
from tocsin.claims.text.masking import mask
from tocsin.claims.text.passages import passages

LIKELY = 3
"""Forces that are taken for the sides where nobody has said who fights: those that the report names most."""
UNNAMED = ("", " ")
"""Who fights where nobody has said it and a report names fewer than two: a war has two sides."""


def sides(text: str, discourse: Discourse) -> Sides:
    """Look up which forces the encoder must tell apart; their order depends on the text and not on their names."""
    named: dict[str, None] = {}
    for piece in passages(text):
        for mention in mask(text[piece.start : piece.end], discourse.names).mentions:
            if discourse.may_fight(mention.known.force):
                named[mention.known.force] = None
    parties = discourse.names.parties
    if parties:
        order = [*named, *(party for party in parties if party not in named)]
    else:
        heard = sorted(named, key=lambda name: -discourse.weight[name])[:LIKELY]
        order = [name for name in named if name in heard]
        order += UNNAMED[len(order) :]
    kept = tuple(order[:MOST_SIDES])
    groups = tuple(name in discourse.names.groups for name in kept)
    return Sides(names=kept, groups=groups, home=kept.index(discourse.home) if discourse.home in kept else None)
