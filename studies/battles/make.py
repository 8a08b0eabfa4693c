"""Remake every figure and table of docs/explanation/battles.md, and the break hazard in the catalogue.

Usage: python studies/battles/make.py [--reuse]

It takes about half an hour on one core. With --reuse the predictions of an earlier run (build/battles/) serve
again, and only what is drawn from them is remade.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import choices
import figures
import numpy as np
import tables
from made import predicted

from tocsin.forecasts.battles.summary import summary
from tocsin.inference.battles.forms import specification
from tocsin.inference.battles.hazard import fit_hazard, hazard_rows
from tocsin.inference.battles.regression.model import fit
from tocsin.inference.battles.rows import Target, rows_of
from tocsin.inference.battles.table import SHIPPED, Battle, read_battles

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "battles.md"
PICTURES = ROOT / "docs" / "explanation" / "battles"
BUILD = ROOT / "build" / "battles"
RESULTS = Path(__file__).parent / "results.json"
HAZARD = ROOT / "src" / "tocsin" / "catalog" / "parameters" / "break_hazard.toml"
SEED = 1


def main(*, reuse: bool) -> None:
    battles = read_battles(SHIPPED)
    for kept in () if reuse else ("held_out.csv", "choices.json"):
        (BUILD / kept).unlink(missing_ok=True)
    found = predicted(battles, SEED, BUILD / "held_out.csv")
    document = summary(found, SEED)
    chosen = _choices(battles, BUILD / "choices.json")
    target = Target.BROKE_GIVEN_CASUALTIES
    rows = rows_of(battles, target, specification().covariates)
    fitted = fit(rows, specification().forms[target][0], specification().sampler, SEED)
    print(f"whole table: worst R-hat {fitted.worst_rhat:.3f}, divergences {fitted.divergences}")
    PICTURES.mkdir(exist_ok=True)
    figures.calibration_figure(found, PICTURES / "calibration.svg")
    figures.learning_figure(chosen["curve"], PICTURES / "learning.svg")
    figures.breaking_figure(fitted, rows, PICTURES / "breaking.svg")
    figures.threshold_figure(rows, PICTURES / "thresholds.svg")
    seen, left_out = hazard_rows(battles)
    draws = fit_hazard(seen, specification().sampler, SEED)
    with_own = fit_hazard(seen, specification().sampler, SEED, own_level=True)
    print(f"hazard: {len(seen['broke'])} sides, {left_out} left out")
    HAZARD.write_text(_parameters(draws, len(seen["broke"])), encoding="utf-8")
    made = {
        "bars": tables.bars(found, document, chosen["nested"]),
        "scores": tables.scores(document),
        "wars": tables.wars(found),
        "force": tables.force(rows_of(battles, Target.ATTACKER_WON, specification().covariates)),
        "surprise": tables.surprise(found),
        "forms": tables.forms(chosen["nested"]),
        "splits": tables.splits(chosen["spread"]),
        "thresholds": tables.thresholds(rows),
        "hazard": tables.hazard(draws, with_own),
    }
    PAGE.write_text(_filled(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    RESULTS.write_text(json.dumps({"held_out": document, **chosen}, indent=1) + "\n", encoding="utf-8")


def _choices(battles: Sequence[Battle], kept: Path) -> dict[str, Any]:
    if not kept.exists():
        found: dict[str, Any] = {"nested": {}, "spread": {}, "curve": {}}
        for target in Target:
            found["nested"][target] = choices.nested(battles, target)
            found["spread"][target] = choices.spread(battles, target)
            found["curve"][target] = choices.learning_curve(battles, target)
            print(f"choices: {target} done", flush=True)
        kept.write_text(json.dumps(found), encoding="utf-8")
    return dict(json.loads(kept.read_text(encoding="utf-8")))


def _filled(page: str, made: Mapping[str, str]) -> str:
    """Put each table between its two marks."""
    for name, table in made.items():
        begin, end = f"<!-- {name} begins -->", f"<!-- {name} ends -->"
        before, rest = page.split(begin, 1)
        page = f"{before}{begin}\n\n{table}\n\n{end}{rest.split(end, 1)[1]}"
    return page


def _parameters(draws: Mapping[str, Any], sides: int) -> str:
    """Write the posterior of the hazard as parameters of the catalogue."""
    logged = np.log(draws["surprised"])
    rows = (
        ("base", "br0", "log hazard of breaking on a day of battle, at equal losses, in the middle war", "log 1/day",
         _normal(draws["base"]), "[-9, 0]"),
        ("relative_loss", "brL", "effect on it of the log of own over opposing share lost (each plus 0.01)", "none",
         _normal(draws["slope"]), "[0, 4]"),
        ("surprised", "hM", "hazard of breaking added on a day of battle for a side that was surprised", "1/day",
         f"lognormal = {{ median = {np.exp(np.median(logged)):.4f}, spread = {logged.std():.3f} }}", "[0.0001, 1]"),
        ("war", "", "standard deviation of the log hazard between wars", "log 1/day", _normal(draws["war"]), "[0, 5]"),
    )  # fmt: skip
    head = (
        "# The break hazard fitted to battles: what studies/battles/make.py found, with its uncertainty.\n"
        "# A rate a day of battle of sides of thousands of men; a battalion in contact has no battle every day.\n"
    )
    reference = f"CDB90, {sides} sides, competing risks with an effect of each war: docs/explanation/battles.md"
    tables_of = (
        f'\n[{name}]\n{f"""symbol = "{symbol}"{chr(10)}""" if symbol else ""}meaning = "{meaning}"\nunit = "{unit}"\n'
        f'prior = {{ {prior} }}\nrange = {limits}\nlabel = "C"\nreference = "{reference}"\n'
        for name, symbol, meaning, unit, prior, limits in rows
    )
    return head + "".join(tables_of)


def _normal(values: Any) -> str:
    return f"normal = {{ mean = {values.mean():.3f}, sd = {values.std():.3f} }}"


if __name__ == "__main__":
    main(reuse="--reuse" in sys.argv[1:])
