"""The same world in Mesa's published example and in ours, compared in distribution."""

import numpy as np
from civil_violence import Setting, run
from mesa.examples.advanced.epstein_civil_violence.model import EpsteinCivilViolence
from numpy.typing import NDArray
from scipy.stats import ks_2samp

SIDE, STEPS, DROPPED = 20, 300, 50
SETTING = Setting(side=SIDE, exact=False)


def theirs(setting: Setting, steps: int, seed: int) -> NDArray[np.int32]:
    """(steps,) numbers of active citizens in Mesa's example, without what it collects for display."""
    model = EpsteinCivilViolence(
        width=setting.side,
        height=setting.side,
        citizen_density=setting.citizens,
        cop_density=setting.cops,
        citizen_vision=setting.vision,
        cop_vision=setting.vision,
        legitimacy=setting.legitimacy,
        max_jail_term=setting.longest,
        active_threshold=setting.threshold,
        seed=seed,
    )
    active = np.zeros(steps, dtype=np.int32)
    for step in range(steps):
        model.agents.shuffle_do("step")
        model._update_counts()  # noqa: SLF001  its own way of counting
        active[step] = model.ACTIVE
    return active


def statistics(active: NDArray[np.int32]) -> dict[str, float]:
    """What one world is summed up by."""
    kept = active[DROPPED:].astype(float)
    return {
        "mean active": kept.mean(),
        "most active": kept.max(),
        "standard deviation": kept.std(),
        "share of steps without any": float((kept == 0).mean()),
        "share of steps above 20": float((kept > 20).mean()),
        "change from step to step": float(np.abs(np.diff(kept)).mean()),
    }


def compared(runs: int) -> str:
    """Return a table of means and of the Kolmogorov-Smirnov test of each statistic."""
    ours = [statistics(run(SETTING, STEPS, seed)) for seed in range(1, 20 * runs + 1)]
    mesa = [statistics(theirs(SETTING, STEPS, seed)) for seed in range(1, runs + 1)]
    lines = [f"| statistic of a world | ours ({len(ours)}) | Mesa ({runs}) | p |", "|---|---|---|---|"]
    for name in ours[0]:
        mine, other = [one[name] for one in ours], [one[name] for one in mesa]
        p = ks_2samp(mine, other).pvalue
        lines.append(f"| {name} | {_spread(mine)} | {_spread(other)} | {p:.2f} |")
    return "\n".join(lines)


def _spread(values: list[float]) -> str:
    return f"{np.mean(values):.3g} ± {np.std(values):.2g}"
