"""Remake docs/explanation/validation.md between its marks: every figure of every pattern, and why those that fail do.

Usage: python studies/validation/make.py [--quick] [--tables-only]

Looks for all patterns (some minutes on two cores), runs Epstein's worlds for V11, and writes results.json and the page;
with --tables-only the page alone, from the results there are. Sensitivity and what is learnt come from the results of
sensitivity.py and learnt.py. Stops where a figure fails and reasons.toml does not say why.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from tocsin.inference.patterns.catalogue import patterns
from tocsin.inference.patterns.document import chosen, document
from tocsin.parameters import parameters

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "explanation" / "validation.md"
RESULTS = HERE / "results.json"
UNLEARNT = 0.8
WORLDS, STEPS, DROPPED = 10, 3_000, 200


def epstein() -> dict[str, float]:
    """V11: mean outbursts of ten worlds under each rounding rule, by studies/epstein."""
    sys.path.insert(0, str(HERE.parent / "epstein"))
    from civil_violence import Setting, run  # noqa: PLC0415  the path is set above
    from kernel import FLOOR, NEAREST, PRINTED  # noqa: PLC0415
    from make import outbursts  # noqa: PLC0415

    def mean(rule: int) -> float:
        setting = Setting(rounding=rule, euclidean=False, leaves=False)
        return float(np.mean([outbursts(run(setting, STEPS, seed)[DROPPED:]).size for seed in range(1, WORLDS + 1)]))

    return {"printed": mean(PRINTED), "nearest": mean(NEAREST), "down": mean(FLOOR)}


def measure(*, quick: bool) -> dict[str, Any]:
    found = document(chosen([]), quick=quick, seed=1, threads=2)
    shown = epstein()
    for row in found["figures"]:
        if row["pattern"] == "V11":
            row["value"] = shown[row["figure"]]
            row["holds"] = patterns()["V11"].figures[row["figure"]].holds(row["value"])
    judged = [row["holds"] for row in found["figures"]]
    return {**found, "held": sum(judged), "judged": len(judged)}


def number(value: float | None) -> str:
    return "none" if value is None else f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(found: dict[str, Any], reasons: dict[str, dict[str, str]]) -> str:
    lines = ["| | half | figure | found | band | | holds |", "|---|---|---|---|---|---|---|"]
    unsaid = []
    for row in found["figures"]:
        between = f"{number(row['low'])} to {number(row['high'])}"
        cells = [row["pattern"], row["half"], f"{row['title']}: {row['meaning']}", number(row["value"]), between]
        lines.append(f"| {' | '.join(cells)} | {row['label']} | {'yes' if row['holds'] else '**no**'} |")
        if not row["holds"] and row["figure"] not in reasons.get(row["pattern"], {}):
            unsaid.append(f"{row['pattern']} {row['figure']}")
    if unsaid:
        sys.exit(f"reasons.toml does not say why these fail: {', '.join(unsaid)}")
    rows = found["figures"]
    whole = [name for name in patterns() if all(row["holds"] for row in rows if row["pattern"] == name)]
    fit, held = ([row["holds"] for row in rows if row["half"] == half] for half in ("fit", "held"))
    head = (
        f"{len(whole)} of {len(patterns())} patterns hold in all their figures: {', '.join(whole)}. "
        f"Of the figures of the fitted half {sum(fit)} of {len(fit)} lie in their bands, "
        f"of the held half {sum(held)} of {len(held)}."
    )
    return "\n".join([head, "", *lines])


def why(found: dict[str, Any], reasons: dict[str, dict[str, str]]) -> str:
    return "\n".join(
        f"* **{row['pattern']}, {row['meaning']}** ({number(row['value'])}). {reasons[row['pattern']][row['figure']]}"
        for row in found["figures"]
        if not row["holds"]
    )


def scenarios() -> str:
    return "\n".join(
        f"* **{name}, {pattern.title.lower()}** ({pattern.half}). {pattern.scenario} Source: {pattern.reference}."
        for name, pattern in patterns().items()
    )


def sensitivity(found: dict[str, Any]) -> str:
    sobol = found["sobol"]
    lines = ["| parameter | | chance of a cascade: alone | in all | share gone absent: alone | in all |"]
    lines.append("|---|---|---|---|---|---|")
    for name in sobol["indices"]["cascade"]:
        cells = [
            f"{of[name][key]:.2f} ± {of[name][key + '_conf']:.2f}"
            for of in sobol["indices"].values()
            for key in ("S1", "ST")
        ]
        lines.append(f"| {name} | {parameters()[name].meaning} | {' | '.join(cells)} |")
    cascade, absent = sobol["means"]
    morris = found["morris"]
    little = [
        name
        for name in morris["effects"]["cascade"]
        if all(of[name][0] < 0.1 * max(value for value, _ in of.values()) for of in morris["effects"].values())
    ]
    return (
        f"{morris['runs']:,} histories for the screening, {sobol['runs']:,} for the indices (base {found['base']}), "
        f"{found['days']} days each; mean chance of a cascade {cascade:.2f}, mean share absent {absent:.3f}.\n\n"
        + "\n".join(lines)
        + f"\n\nLess than a tenth of the largest effect on either outcome have {len(little)} of the "
        f"{len(morris['effects']['cascade'])} parameters varied: {', '.join(little)}."
    )


def learnt(found: dict[str, Any]) -> str:
    lines = []
    for force, of in found["forces"].items():
        known = {name: ratio for name, ratio in of["ratios"].items() if ratio <= UNLEARNT}
        said = ", ".join(f"{name} {ratio:.2f}" for name, ratio in sorted(known.items(), key=lambda item: item[1]))
        not_learned = f"{len(of['ratios']) - len(known)} of {len(of['ratios'])} parameters are not learned"
        error = np.sqrt(2 / of["worth"])
        lines.append(
            f"* **{force}** (worth {of['worth']:.0f} histories, so a ratio is known to about ± {error:.2f}): "
            f"{not_learned}. At or below {UNLEARNT}: {said or 'none'}."
        )
    return "\n".join(lines)


def put(page: str, mark: str, text: str) -> str:
    start, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    return f"{page.partition(start)[0]}{start}\n\n{text}\n\n{end}{page.partition(end)[2]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--tables-only", action="store_true")
    asked = parser.parse_args()
    if not asked.tables_only:
        RESULTS.write_text(json.dumps(measure(quick=asked.quick), indent=1) + "\n", encoding="utf-8")
    found = json.loads(RESULTS.read_text("utf-8"))
    reasons = tomllib.loads((HERE / "reasons.toml").read_text("utf-8"))
    page = PAGE.read_text("utf-8")
    page = put(page, "figures", table(found, reasons))
    page = put(page, "reasons", why(found, reasons))
    page = put(page, "scenarios", scenarios())
    for mark, name, made in (("sensitivity", "sensitivity.json", sensitivity), ("learnt", "learnt.json", learnt)):
        if (HERE / name).is_file():
            page = put(page, mark, made(json.loads((HERE / name).read_text("utf-8"))))
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
