"""Which numbers of the reporting model matter most: each is moved, and the posterior of the shipped case follows.

    python studies/evidence/sensitivity.py [--case NAME] [--particles N] [--out docs/images/sensitivity.svg]

One set of simulated histories is weighed anew with each number a quarter of its range lower and higher, without
resampling, so that nothing but that number differs. The effect is the largest move of a posterior mean among strength,
morale, cohesion and refusal of all forces, in prior standard deviations.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from tocsin import parameters
from tocsin.dates import weeks
from tocsin.evidence.observation import Observation
from tocsin.inference.ensemble import Ensemble, normalised
from tocsin.inference.filter import STATES, due, sight
from tocsin.inference.model import Model
from tocsin.inference.observe import absorb, unknown
from tocsin.pipeline.assess import field_of, known, shipped
from tocsin.pipeline.case import read_case
from tocsin.pipeline.foresee import model
from tocsin.pipeline.intake.read import claims_of, gather
from tocsin.pipeline.progress import Silent
from tocsin.pipeline.weigh import weigh

MECHANISMS = ("reporting", "reliability", "channels", "evidence")
TOP = 10
KNOWN = dict(parameters.parameters())


@contextmanager
def changed(name: str | None, value: float) -> Iterator[None]:
    """Let one parameter have another value."""
    before = parameters.parameters
    table = KNOWN if name is None else {**KNOWN, name: replace(KNOWN[name], value=value)}
    parameters.parameters = lambda: table  # type: ignore[assignment]
    try:
        yield
    finally:
        parameters.parameters = before


def posterior(what: Model, now: Ensemble, seen: list[Observation], as_of: object) -> NDArray[np.float64]:
    """Posterior means of all states of all forces, on log odds."""
    biases, weights = unknown(what.particles, len(what.forces)), np.zeros((what.particles, len(what.forces)))
    for week in weeks(what.start, as_of):  # type: ignore[arg-type]
        for observation in due(seen, week, what.start, as_of):  # type: ignore[arg-type]
            f = what.forces.index(observation.force)
            weights[:, f] += absorb(observation, sight(what, now, week, observation.force), biases[:, f])
    return np.sum(normalised(weights)[None] * states(now), axis=1)


def states(now: Ensemble) -> NDArray[np.float64]:
    """(states, particles, forces) on log odds."""
    last = np.stack([now.history[name][:, -1].astype(np.float64) for name in STATES.values()])
    clipped = np.clip(last, 1e-6, 1.0 - 1e-6)
    return np.log(clipped / (1.0 - clipped))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="ukraine-2022")
    parser.add_argument("--particles", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20220517)
    parser.add_argument("--out", type=Path, default=Path("docs/images/sensitivity.svg"))
    asked = parser.parse_args()

    case = read_case(asked.case)
    day, progress = case.as_of, Silent()
    reports = known(gather(shipped(case, with_dossier=True), progress=progress)[0], day)
    claims = claims_of(reports, case.parties, progress)
    what = model(case, day, seed=asked.seed, threads=2, particles=asked.particles)
    now = what.predict(what.begin(), (day - what.start).days + 1)
    spread = states(now).std(axis=1)

    def with_value(name: str | None, value: float) -> NDArray[np.float64]:
        with changed(name, value):
            evidence = weigh(claims, reports, field_of(case, day))
            return posterior(what, now, list(evidence.observations), day)

    middle = with_value(None, 0.0)
    found = []
    for name, parameter in KNOWN.items():
        if name.partition(".")[0] in MECHANISMS and parameter.value is not None:
            step = (parameter.high - parameter.low) / 4.0
            ends = [max(parameter.low, parameter.value - step), min(parameter.high, parameter.value + step)]
            if name in {"reporting.nowcast_memory", "reporting.count_freedom"}:
                continue  # bounds no likelihood, or is read once
            moves = [(with_value(name, end) - middle) / spread for end in ends]
            at = np.unravel_index(np.argmax(np.abs(moves).max(axis=0)), middle.shape)
            found.append((float(np.abs(moves).max()), name, ends, [float(move[at]) for move in moves], at))
    found.sort(key=lambda row: (-row[0], row[1]))
    for most, name, ends, moves, (state, force) in found[:TOP]:
        where = f"{list(STATES)[state]} of {what.forces[force]}"
        print(f"{name:<34} {ends[0]:>8.3g} .. {ends[1]:<8.3g} {most:5.2f} sd  {where} {np.round(moves, 3)}")
    print(
        f"{sum(row[0] < 0.01 for row in found)} of {len(found)} numbers move nothing by a hundredth of a prior spread"
    )
    draw(found[:TOP], what.forces, asked.out)


def draw(
    rows: list[tuple[float, str, list[float], list[float], tuple[np.intp, ...]]], forces: tuple[str, ...], out: Path
) -> None:
    """Draw the ten that matter most."""
    mpl.rcParams.update({"svg.hashsalt": "tocsin", "font.size": 9})
    figure, axes = plt.subplots(figsize=(7.5, 3.8), layout="constrained")
    for place, (_, _, ends, moves, (state, force)) in enumerate(reversed(rows)):
        for end, move, colour in zip(ends, moves, ("#8fb3d9", "#1f4e79"), strict=True):
            axes.barh(place, move, color=colour, height=0.6)
            axes.annotate(f"{end:.3g}", (move, place), fontsize=7, va="center", ha="left" if move >= 0 else "right")
        axes.annotate(
            f"{list(STATES)[state]}, {forces[force]}",
            (1.0, place),
            xycoords=("axes fraction", "data"),
            ha="right",
            va="bottom",
            fontsize=6,
            color="#666",
        )
    axes.set_yticks(range(len(rows)), [row[1] for row in reversed(rows)])
    axes.axvline(0.0, color="black", linewidth=0.8)
    axes.set_xlabel("move of the posterior mean that moves most, in prior standard deviations")
    axes.margins(x=0.15)
    figure.savefig(out, metadata={"Date": None})


if __name__ == "__main__":
    main()
