"""One world of civil violence on plain arrays, compiled."""

import numpy as np
from numba import njit

from tocsin.simulation.day.refusal import punishment

PRINTED, NEAREST, FLOOR = 0, 1, 2
"""How the ratio of cops to actives is rounded: not at all, as in the paper's formula; to the nearest; down."""
QUIET, ACTIVE, JAILED = 0, 1, 2
SURE = 2.3
"""How sure an arrest is for each cop to an active: Epstein's k."""
TRIES = 64
"""Random cells tried before the free ones are listed."""


@njit(cache=True)
def live(side, offsets, cell, cop, grievance, risk, threshold, longest, rounding, leaves, rng, out):  # type: ignore[no-untyped-def]
    """Let everybody live for as many steps as `out` has entries, and write how many are active after each.

    `leaves`: agents move and then decide, the arrested leave the grid and come back to a free cell anywhere.
    Otherwise agents decide and then move, and the arrested keep their cell.
    """
    at = np.full(side * side, -1, dtype=np.int32)
    state = np.zeros(cell.size, dtype=np.int8)
    sentence = np.zeros(cell.size, dtype=np.int32)
    actives = np.zeros(side * side, dtype=np.int16)
    cops = np.zeros(side * side, dtype=np.int16)
    order = np.arange(cell.size)
    for agent in range(cell.size):
        at[cell[agent]] = agent
        if cop[agent]:
            stamp(cops, cell[agent], 1, side, offsets)
    active = 0
    for step in range(out.size):
        shuffle(order, rng)
        for agent in order:
            if sentence[agent] > 0:
                sentence[agent] -= 1
                if leaves and sentence[agent] == 0:
                    come_back(agent, cell, at, rng)
                continue
            if leaves:
                move(agent, cell, at, cop, state, actives, cops, side, offsets, rng)
            if cop[agent]:
                active -= arrest(cell[agent], side, offsets, at, cop, state, sentence, actives, longest, leaves, rng)
            else:
                active += decide(
                    agent, cell[agent], grievance, risk, threshold, state, actives, cops, rounding, side, offsets
                )
            if not leaves:
                move(agent, cell, at, cop, state, actives, cops, side, offsets, rng)
        out[step] = active


@njit(cache=True)
def decide(agent, here, grievance, risk, threshold, state, actives, cops, rounding, side, offsets):  # type: ignore[no-untyped-def]
    """Rebel where grievance outweighs the risk; return the change in how many are active."""
    fear = deterrence(cops[here], actives[here], rounding)
    now = ACTIVE if grievance[agent] - risk[agent] * fear > threshold else QUIET
    change = (now == ACTIVE) - (state[agent] == ACTIVE)
    if change != 0:
        stamp(actives, here, change, side, offsets)
    state[agent] = now
    return change


@njit(cache=True)
def move(agent, cell, at, cop, state, actives, cops, side, offsets, rng):  # type: ignore[no-untyped-def]
    """Go to a free cell in sight, if there is one."""
    here = cell[agent]
    there = free(here, side, offsets, at, rng)
    if there < 0:
        return
    at[here], at[there], cell[agent] = -1, agent, there
    if cop[agent]:
        stamp(cops, here, -1, side, offsets)
        stamp(cops, there, 1, side, offsets)
    elif state[agent] == ACTIVE:
        stamp(actives, here, -1, side, offsets)
        stamp(actives, there, 1, side, offsets)


@njit(cache=True)
def come_back(agent, cell, at, rng):  # type: ignore[no-untyped-def]
    """Stand, once free, at a random free cell; there is one, for the agent left one behind."""
    while True:
        there = int(rng.random() * at.size)
        if at[there] < 0:
            at[there], cell[agent] = agent, there
            return


@njit(cache=True)
def deterrence(cops, actives, rounding):  # type: ignore[no-untyped-def]
    """Perceived probability of arrest: 1 - exp(-2.3 · cops / actives), oneself counted among the actives."""
    if rounding == FLOOR:
        return punishment(cops, actives, SURE)
    ratio = cops / (1.0 + actives)
    # round() goes to the even number at a half, as in the example
    return 1.0 - np.exp(-2.3 * (ratio if rounding == PRINTED else np.round(ratio)))


@njit(cache=True, inline="always")
def seen_cell(x, y, offset, side, offsets):  # type: ignore[no-untyped-def]
    """The cell at an offset from (x, y), around the torus."""
    x += offsets[offset, 0]
    y += offsets[offset, 1]
    x += side * ((x < 0) - (x >= side))
    y += side * ((y < 0) - (y >= side))
    return x * side + y


@njit(cache=True)
def stamp(counts, here, change, side, offsets):  # type: ignore[no-untyped-def]
    """Change the count of all cells that see `here`."""
    x, y = here // side, here % side
    for offset in range(offsets.shape[0]):
        counts[seen_cell(x, y, offset, side, offsets)] += change


@njit(cache=True)
def shuffle(order, rng):  # type: ignore[no-untyped-def]
    """Put agents into random order."""
    for last in range(order.size - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        order[last], order[other] = order[other], order[last]


@njit(cache=True)
def free(here, side, offsets, at, rng):  # type: ignore[no-untyped-def]
    """A random free cell in sight, each as likely as any other; -1 where there is none."""
    x, y = here // side, here % side
    number = offsets.shape[0]
    for _ in range(TRIES):
        there = seen_cell(x, y, int(rng.random() * number), side, offsets)
        if at[there] < 0:
            return there
    listed = np.empty(number, dtype=np.int64)
    count = 0
    for offset in range(number):
        there = seen_cell(x, y, offset, side, offsets)
        if at[there] < 0:
            listed[count] = there
            count += 1
    return listed[int(rng.random() * count)] if count else -1


@njit(cache=True)
def arrest(here, side, offsets, at, cop, state, sentence, actives, longest, leaves, rng):  # type: ignore[no-untyped-def]
    """Arrest one active citizen in sight of a cop, each as likely as any other; return how many were arrested."""
    if actives[here] == 0:
        return 0
    x, y = here // side, here % side
    chosen = int(rng.random() * actives[here])
    for offset in range(offsets.shape[0]):
        there = seen_cell(x, y, offset, side, offsets)
        who = at[there]
        if who >= 0 and not cop[who] and state[who] == ACTIVE:
            if chosen == 0:
                state[who] = JAILED
                stamp(actives, there, -1, side, offsets)
                if leaves:
                    at[there] = -1
                    sentence[who] = 1 + int(rng.random() * longest)
                else:
                    sentence[who] = int(rng.random() * (longest + 1))
                return 1
            chosen -= 1
    return 0
