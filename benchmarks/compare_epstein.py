"""Epstein's civil violence beside Mesa's own example: microseconds an agent and step, and their ratio.

Usage: python benchmarks/compare_epstein.py

Both run the example's own settings, one after the other in turns, so that a busy machine slows both.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "studies" / "epstein"))

from beside import theirs
from civil_violence import Setting, run

ROUNDS = 3
SIZES = {40: (60, 6_000), 200: (3, 300)}
"""Side of the world, and steps of theirs and ours a round."""


def agents(setting: Setting) -> float:
    return (setting.citizens + setting.cops) * setting.side**2


def measure(side: int, slow_steps: int, fast_steps: int) -> tuple[float, float]:
    """Least seconds an agent and step of Mesa's example and of ours; making the world does not count."""
    setting = Setting(side=side, legitimacy=0.8, longest=1_000, cops=0.074, exact=False)
    run(setting, 1, 1)
    slow, fast = [], []
    for seed in range(1, ROUNDS + 1):
        slow.append((_timed(theirs, setting, slow_steps, seed) - _timed(theirs, setting, 0, seed)) / slow_steps)
        fast.append((_timed(run, setting, fast_steps, seed) - _timed(run, setting, 0, seed)) / fast_steps)
    return min(slow) / agents(setting), min(fast) / agents(setting)


def _timed(world, setting: Setting, steps: int, seed: int) -> float:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    world(setting, steps, seed)
    return time.perf_counter() - start


if __name__ == "__main__":
    for side, (slow_steps, fast_steps) in SIZES.items():
        slow, fast = measure(side, slow_steps, fast_steps)
        print(f"{side} x {side}, an agent and step: ", end="")
        print(f"Mesa {slow * 1e6:.1f} us, ours {fast * 1e9:.0f} ns, ratio {slow / fast:,.0f}")
