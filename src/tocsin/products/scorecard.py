"""The scorecard as one self-contained page: scores in tables, reliability drawn, retrospective and live apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from tocsin.products.brief import fill


def render(scores: Mapping[str, Any]) -> str:
    """Write the scores, as read from `scores.json`, as one HTML page without network or script."""
    from tocsin.products.figures import reliability  # noqa: PLC0415  loads the drawing library, needed only here

    tables = []
    for name in ("retrospective", "live"):
        if name in scores:
            table = scores[name]
            pools = table["whether"].get("reliability")
            drawn = Markup(reliability(pools)) if pools else None  # noqa: S704  our own drawing, of numbers alone
            tables.append({"name": name, "drawing": drawn, **table})
    return fill("scorecard.html.j2", {"case": scores["case"], "tables": tables})
