"""Write docs/reference/reporting-numbers.md from the catalogue; a test compares the two."""

from __future__ import annotations

from pathlib import Path

from tocsin.evidence.reporting.ratios import Ratio, ratios
from tocsin.parameters import Parameter, parameters

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "reporting-numbers.md"

HEAD = """# Numbers of the reporting model

Written by `make reference` from the catalogue; a test fails where the two differ. Labels: S read in a source, C
computed from data, M from memory, A an assumption of this project. Most are assumptions. Which of them matter most is
drawn in [Evidence](../explanation/evidence.md#which-numbers-matter).
"""

FILES = {
    "reporting": "What becomes a report",
    "visibility": "How visible an event is",
    "channels": "Who reports",
    "reliability": "What a letter stands for, and how a record is learnt",
    "evidence": "When claims are the same, and when evidence is called moderate",
}
RATIOS = """
## Likelihood ratios

How much more probable a report is if its hypothesis holds than if not. **Display and ablation only**: no filter reads
them, and a test holds that.

| reported | hypothesis | ratio | range | label | reference |
|---|---|--:|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    tables = [
        f"\n## {title}\n\n`{name}.toml`\n\n| name | meaning | unit | value | range | label | reference |\n"
        "|---|---|---|--:|---|---|---|\n"
        + "".join(row(p) for p in parameters().values() if p.name.startswith(f"{name}."))
        for name, title in FILES.items()
    ]
    return HEAD + "".join(tables) + RATIOS + "".join(ratio(r) for r in ratios().values())


def row(p: Parameter) -> str:
    """Return one parameter as a row."""
    cells = (f"`{p.name}`", p.meaning, p.unit, p.stated, f"{p.low:g} to {p.high:g}", p.label, p.reference)
    return "| " + " | ".join(cell.replace("|", "or") for cell in cells) + " |\n"


def ratio(r: Ratio) -> str:
    """Return one likelihood ratio as a row."""
    cells = (r.meaning, r.hypothesis, f"{r.value:g}", f"{r.low:g} to {r.high:g}", r.label, r.reference)
    return "| " + " | ".join(cell.replace("|", "or") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
