"""Remake the figures of docs/explanation/reading.md between its marks.

Usage: python studies/reading/make.py [GOLD ...]

Scores the two examiners' sets, from which nothing was taught, by figures alone; the first also without telling the
reader who fights. Further files get a column each. Takes some minutes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tocsin.claims.evaluation.compare import Comparison, compare
from tocsin.claims.evaluation.gold import GoldReport, read_gold
from tocsin.claims.evaluation.placing import sides, stored
from tocsin.claims.evaluation.score import Scores, score
from tocsin.claims.read import read_claims

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "explanation" / "reading.md"
EXAMINED = HERE / "gold" / "examined.jsonl"
SECOND = HERE / "gold" / "examined-second.jsonl"
START, END = "<!-- figures -->", "<!-- end of figures -->"
SEED = 1


def compared(reports: list[GoldReport], *, told: bool) -> Iterator[Comparison]:
    for one in reports:
        report = stored(one)
        yield compare(one, report, list(read_claims([report], sides(one) if told else ())))


def columns(files: list[Path]) -> Iterator[tuple[str, Scores]]:
    examined = list(read_gold(EXAMINED))
    yield "examined", score(list(compared(examined, told=True)), SEED)
    yield "examined, without a case", score(list(compared(examined, told=False)), SEED)
    for file in [SECOND, *files]:
        yield file.stem, score(list(compared(list(read_gold(file)), told=True)), SEED)


def table(found: list[tuple[str, Scores]]) -> str:
    names = [*found[0][1].figures, *found[0][1].fields]
    lines = ["| figure | " + " | ".join(f"{name} ({one.reports} reports)" for name, one in found) + " |"]
    lines.append("|---" * (len(found) + 1) + "|")
    for name in names:
        cells = []
        for _, one in found:
            figure = one.figures.get(name) or one.fields.get(name)
            shown = f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}] {figure.count}" if figure else ""
            cells.append(shown)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def confusion(name: str, scores: Scores) -> str:
    lines = [
        f"{name}, by indicator:",
        "",
        "| indicator | right | false | missed | found instead |",
        "|---|---|---|---|---|",
    ]
    for row in scores.rows:
        instead = ", ".join(f"{other} {count}" for other, count in list(row.instead.items())[:4])
        lines.append(f"| `{row.indicator}` | {row.right} | {row.false} | {row.missed} | {instead} |")
    return "\n".join(lines)


def main(files: list[Path]) -> None:
    found = list(columns(files))
    made = f"{START}\n\n{table(found)}\n\n{confusion('Examined', found[0][1])}\n\n{END}"
    page = PAGE.read_text("utf-8")
    before, after = page.split(START)[0], page.split(END)[1]
    PAGE.write_text(before + made + after, "utf-8")
    print(made)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
