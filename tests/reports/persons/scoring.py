"""Score redaction against cases: which private names leaked, and how much of what must stay was kept."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.reports.normalise import normalise
from tocsin.reports.redact import redact

HERE = Path(__file__).parent
KINDS = ("office", "place", "unit")


@dataclass
class Score:
    """What came of a set of cases."""

    cases: int = 0
    cultures: set[str] = field(default_factory=set)
    names: int = 0
    leaked: list[tuple[str, str]] = field(default_factory=list)
    held: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    lost: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def kept(self, kind: str) -> float:
        """Share of what must stay that stayed."""
        return 1 - len(self.lost[kind]) / self.held[kind] if self.held[kind] else 1.0

    @property
    def leaky(self) -> set[str]:
        """The cases in which a name leaked."""
        return {case for case, _ in self.leaked}


def there(name: str, text: str) -> bool:
    """Whether a name stands in a text, whatever its capitals, as a word or as part of a longer one."""
    plain = text.replace("withheld", "")
    if len(name) <= 4:
        return re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", plain.lower()) is not None
    return name.lower() in plain.lower()


def score(file: str) -> Score:
    """Redact every case of a file and compare."""
    total = Score()
    for case in tomllib.loads((HERE / file).read_text("utf-8"))["case"]:
        shown = redact(normalise(case["text"]))
        flat = " ".join(shown.split())
        total.cases += 1
        total.cultures.add(case["culture"])
        total.names += len(case["gone"])
        total.leaked += [(case["id"], name) for name in case["gone"] if there(name, shown)]
        for kind in KINDS:
            for name in case.get(kind, ()):
                total.held[kind] += 1
                if " ".join(name.split()) not in flat:
                    total.lost[kind].append((case["id"], name))
    return total


def report(file: str) -> str:
    """Say the figures in words, with each miss."""
    got = score(file)
    head = f"{file}: {got.cases} cases, {len(got.cultures)} cultures; names leaked {len(got.leaked)} of {got.names}"
    head += f", in {len(got.leaky)} of {got.cases} cases; kept: "
    head += ", ".join(f"{kind} {got.kept(kind):.3f} of {got.held[kind]}" for kind in KINDS)
    misses = [f"  leaked  {case}: {name}" for case, name in got.leaked]
    misses += [f"  lost {kind} {case}: {name}" for kind in KINDS for case, name in got.lost[kind]]
    return "\n".join([head, *misses])


if __name__ == "__main__":
    for one in sys.argv[1:] or ["cases.toml"]:
        sys.stdout.write(report(one) + "\n")
