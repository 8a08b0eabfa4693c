"""M1 exactly, at the price of those who may leave: a thinned process, each state worked out when it is needed.

A hazard never exceeds BOUND, so candidates are a Bernoulli(BOUND) choice among all places, found by geometric
jumps; a candidate leaves with probability hazard / BOUND. His moods are linear in his company's and his traits:
their weighted sum is a number of the company plus a number of his own that never changes. Spite is known from
the days on which it grew. So all that is counted has the distribution that the plain program gives it.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from soldiers.army import (
    A_BATTALION,
    A_BRIGADE,
    AIM,
    BOUND,
    BUMP,
    COMPANY,
    FADE,
    FRIENDS,
    GRIP,
    KEEP,
    LEVEL,
    LOADS,
    LONGEST,
    MEASURES,
    MEN,
    MOODS,
    SLOPES,
    SPITE,
    SQUADS,
    TREE,
    WEIGHTS,
    People,
)
from soldiers.plain import chosen, mix

OWN, FIRST, GREW, GROWN = range(4)
"""What is kept of a soldier: his own share of the sum, his first mood's, his spite and the day on which it was so."""
AWAY = np.float32(-1e9)
"""The own share of one who has left: nobody leaves twice."""


def run(who: People, days: int, seed: int) -> NDArray[np.float64]:
    """(days, MEASURES) counts of one run."""
    soldiers = np.zeros((who.traits.shape[0] * COMPANY, 4), dtype=np.float32)
    soldiers[:, OWN] = np.einsum("k,kt,ctm->cm", LOADS, SLOPES, who.traits).ravel()
    soldiers[:, FIRST] = np.einsum("t,ctm->cm", SLOPES[0], who.traits).ravel()
    out = np.zeros((days, len(MEASURES)))
    live(soldiers, who.friends.reshape(-1, FRIENDS), np.uint64(seed), out)
    return out


@njit(cache=True, nogil=True)
def live(soldiers, friends, seed, out):  # type: ignore[no-untyped-def]
    """Let all companies live for as many days as `out` has rows."""
    companies = soldiers.shape[0] // COMPANY
    mood = np.zeros((companies, MOODS), dtype=np.float32)
    pressure = np.zeros(companies, dtype=np.float32)
    level = np.zeros(companies, dtype=np.float32)
    squads = np.zeros(companies * SQUADS, dtype=np.float32)
    faded = FADE ** np.arange(out.shape[0] + 1).astype(np.float32)
    left = np.empty(0, dtype=np.int64)
    for day in range(out.shape[0]):
        settle(left, mood, pressure, level)
        key = mix(seed ^ mix(np.uint64(day) + np.uint64(1)))
        found = candidates(key, soldiers.shape[0])
        words = np.empty(found.size, dtype=np.uint64)
        for index in range(found.size):
            words[index] = mix(key - np.uint64(index) * np.uint64(0x9E3779B97F4A7C15))
        gone = thin(found, words, soldiers, level, squads, faded, day)
        for index in range(left.size):
            squads[squad_of(left[index])] = 0
        left = found[gone]
        tally(left, words[gone], soldiers, mood, out[day])
        out[day, 7] = remember(left, squads, soldiers, friends, faded, day)


@njit(cache=True, nogil=True)
def candidates(key, soldiers):  # type: ignore[no-untyped-def]
    """Places chosen with probability BOUND each, by geometric jumps."""
    jump = 1.0 / np.log1p(-np.float64(BOUND))
    most = int(soldiers * BOUND + 12 * np.sqrt(soldiers * BOUND) + 64)
    found = np.empty(most, dtype=np.int64)
    at, number = -1, 0
    while number < most:
        key += np.uint64(0x9E3779B97F4A7C15)
        at += 1 + int(np.log((mix(key) >> np.uint64(11)) * 2.0**-53 + 2.0**-54) * jump)
        if at >= soldiers:
            return found[:number]
        found[number] = at
        number += 1
    raise AssertionError("more candidates than twelve standard deviations allow")


@njit(cache=True, nogil=True)
def thin(found, words, soldiers, level, squads, faded, day):  # type: ignore[no-untyped-def]
    """Who of the candidates leaves: with probability hazard / BOUND; without a branch, so that loads overlap."""
    gone = np.empty(found.size, dtype=np.bool_)
    for index in range(found.size):
        at = found[index]
        spite = soldiers[at, GREW] * faded[day - int(soldiers[at, GROWN])]
        x = level[at // COMPANY] + soldiers[at, OWN] + SPITE * spite + TREE * squads[squad_of(at)]
        accept = np.float32(words[index] >> np.uint64(40)) * np.float32(2.0**-24)
        gone[index] = accept * (np.float32(1) + np.exp(-x)) < np.float32(1)
    return gone


@njit(cache=True, nogil=True)
def tally(left, words, soldiers, mood, today):  # type: ignore[no-untyped-def]
    """Count who left, which way and for how long."""
    today[0] = left.size
    for index in range(left.size):
        at, word = left[index], words[index]
        part = np.float32(word & np.uint64(0xFFFFF)) / np.float32(2**20)
        today[1 + chosen(part, mood[at // COMPANY, 0] + soldiers[at, FIRST])] += 1
        today[6] += 1 + (word >> np.uint64(20) & np.uint64(0xFFFFF)) % np.uint64(LONGEST)


@njit(cache=True, inline="always")
def squad_of(at):  # type: ignore[no-untyped-def]
    """The squad of a place, counted over the army."""
    return at // COMPANY * SQUADS + at % SQUADS


@njit(cache=True, nogil=True)
def settle(left, mood, pressure, level):  # type: ignore[no-untyped-def]
    """Carry yesterday's leaving up the tree and into the moods of every company."""
    companies = level.size
    battalion = np.zeros((companies - 1) // A_BATTALION + 1, dtype=np.float32)
    brigade = np.zeros((companies - 1) // A_BRIGADE + 1, dtype=np.float32)
    pressure[:] = WEIGHTS[4] * left.size / (companies * COMPANY)
    for index in range(left.size):
        company = left[index] // COMPANY
        pressure[company] += WEIGHTS[1] / np.float32(COMPANY)
        battalion[company // A_BATTALION] += WEIGHTS[2] / np.float32(COMPANY * A_BATTALION)
        brigade[company // A_BRIGADE] += WEIGHTS[3] / np.float32(COMPANY * A_BRIGADE)
    for company in range(companies):
        pressed = pressure[company] + battalion[company // A_BATTALION] + brigade[company // A_BRIGADE]
        total = LEVEL + TREE * pressed
        for k in range(MOODS):
            felt = KEEP * mood[company, k] + (np.float32(1) - KEEP) * (AIM[k] - GRIP * pressed)
            mood[company, k] = felt
            total += LOADS[k] * felt
        level[company] = total


@njit(cache=True, nogil=True)
def remember(left, squads, soldiers, friends, faded, day):  # type: ignore[no-untyped-def]
    """Leave the traces of those who left, with their squads and friends; return how many squads lost a second one."""
    step = WEIGHTS[0] / np.float32(MEN)
    twice = 0
    for index in range(left.size):
        at = left[index]
        soldiers[at, OWN] = AWAY
        squad = squad_of(at)
        squads[squad] += step
        twice += abs(squads[squad] - 2 * step) < np.float32(0.5) * step
        base = at // COMPANY * COMPANY
        for tie in range(FRIENDS):
            friend = base + friends[at, tie]
            soldiers[friend, GREW] = soldiers[friend, GREW] * faded[day - int(soldiers[friend, GROWN])] + BUMP
            soldiers[friend, GROWN] = day
    return twice
