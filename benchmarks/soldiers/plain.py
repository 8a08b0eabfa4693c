"""M1 with every soldier every day: one buffer a company, squads as lanes, three random words a soldier-day."""

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
    PULL,
    SLOPES,
    SPITE,
    SQUADS,
    TRAITS,
    TREE,
    WAY,
    WEIGHTS,
    People,
)

SPITES, GONE, DAYS, FIELDS = MOODS + TRAITS, MOODS + TRAITS + 1, MOODS + TRAITS + 2, MOODS + TRAITS + 3
U32 = np.uint32
RARE = U32(round(float(BOUND) * 2**32))
"""A first word below this makes a candidate: a hazard never exceeds BOUND."""
FLAGS = {"fastmath": {"contract", "reassoc", "nnan", "ninf", "nsz", "arcp"}, "cache": True, "nogil": True}


def run(who: People, days: int, seed: int) -> NDArray[np.float64]:
    """(days, MEASURES) counts of one run."""
    companies = who.traits.shape[0]
    field = np.zeros((companies, FIELDS, COMPANY), dtype=np.float32)
    field[:, MOODS : MOODS + TRAITS] = who.traits
    out = np.zeros((days, len(MEASURES)))
    live(field, who.friends, seed, out)
    return out


@njit(**FLAGS)
def live(field, friends, seed, out):  # type: ignore[no-untyped-def]
    """Let all companies live for as many days as `out` has rows."""
    companies = field.shape[0]
    mood = np.zeros((companies, MOODS), dtype=np.float32)
    left = np.zeros((companies, SQUADS), dtype=np.float32)
    gone = np.zeros((companies, SQUADS), dtype=np.float32)
    pressure = np.zeros(companies, dtype=np.float32)
    spites = np.zeros(COMPANY, dtype=np.float32)
    words = np.zeros((3, COMPANY), dtype=np.uint32)
    for day in range(out.shape[0]):
        press(left, pressure)
        gone[:] = 0
        for company in range(companies):
            for k in range(MOODS):
                mood[company, k] = KEEP * mood[company, k] + (1 - KEEP) * (AIM[k] - GRIP * pressure[company])
            draw(words, seed, company, day)
            spites[:] = 0
            feel(
                field[company],
                mood[company],
                words[0],
                words[1],
                words[2],
                left[company],
                pressure[company],
                gone[company],
                friends[company],
                spites,
                out[day],
            )
            for who in range(COMPANY):
                field[company, SPITES, who] += spites[who]
        left[:] = gone


@njit(**FLAGS)
def press(left, pressure):  # type: ignore[no-untyped-def]
    """Pressure of every company from who left yesterday: its own, its battalion's, its brigade's, the army's."""
    companies = left.shape[0]
    lost = np.zeros(companies, dtype=np.float32)
    battalion = np.zeros(companies // A_BATTALION + 1, dtype=np.float32)
    brigade = np.zeros(companies // A_BRIGADE + 1, dtype=np.float32)
    army = np.float32(0)
    for c in range(companies):
        for squad in range(SQUADS):
            lost[c] += left[c, squad]
        battalion[c // A_BATTALION] += lost[c]
        brigade[c // A_BRIGADE] += lost[c]
        army += lost[c]
    for c in range(companies):
        pressure[c] = (
            WEIGHTS[1] * lost[c] / np.float32(COMPANY)
            + WEIGHTS[2] * battalion[c // A_BATTALION] / np.float32(A_BATTALION * COMPANY)
            + WEIGHTS[3] * brigade[c // A_BRIGADE] / np.float32(A_BRIGADE * COMPANY)
            + WEIGHTS[4] * army / np.float32(companies * COMPANY)
        )


@njit(**FLAGS)
def draw(words, seed, company, day):  # type: ignore[no-untyped-def]
    """Fill (3, COMPANY) words from sixteen xoshiro128++ streams seeded by run, company and day."""
    s0 = np.empty(SQUADS, dtype=np.uint32)
    s1 = np.empty(SQUADS, dtype=np.uint32)
    s2 = np.empty(SQUADS, dtype=np.uint32)
    s3 = np.empty(SQUADS, dtype=np.uint32)
    key = mix(np.uint64(seed) ^ mix(np.uint64(company) ^ mix(np.uint64(day))))
    for lane in range(SQUADS):
        one, two = mix(key + np.uint64(2 * lane)), mix(key + np.uint64(2 * lane + 1))
        s0[lane], s1[lane] = U32(one), U32(one >> np.uint64(32))
        s2[lane], s3[lane] = U32(two), U32(two >> np.uint64(32)) | U32(1)
    for which in range(3):
        for man in range(MEN):
            row = words[which, man * SQUADS : (man + 1) * SQUADS]
            for lane in range(SQUADS):
                a, b, c, d = s0[lane], s1[lane], s2[lane], s3[lane]
                total = U32(a + d)
                row[lane] = U32(U32(total << U32(7)) | U32(total >> U32(25))) + a
                shifted = U32(b << U32(9))
                c = U32(c ^ a)
                d = U32(d ^ b)
                s1[lane] = U32(b ^ c)
                s0[lane] = U32(a ^ d)
                s2[lane] = U32(c ^ shifted)
                s3[lane] = U32(d << U32(11)) | U32(d >> U32(21))


@njit(cache=True, inline="always")
def mix(x):  # type: ignore[no-untyped-def]
    """splitmix64."""
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@njit(**FLAGS)
def feel(field, mood, first, second, third, left, pressure, gone, friends, spites, today):  # type: ignore[no-untyped-def]
    """A company's day: everybody's moods, spite and days; then those who may leave, one by one."""
    t0, t1, t2, t3 = field[MOODS], field[MOODS + 1], field[MOODS + 2], field[MOODS + 3]
    for k in range(MOODS):
        line(field[k], t0, t1, t2, t3, mood[k], SLOPES[k, 0], SLOPES[k, 1], SLOPES[k, 2], SLOPES[k, 3])
    if age(field[SPITES], field[DAYS], field[GONE], first) == 0:
        return
    for who in range(COMPANY):
        if first[who] < RARE and field[GONE, who] == 0:
            leave(field, who, first[who], second[who], third[who], left, pressure, gone, friends, spites, today)


@njit(**FLAGS)
def line(row, t0, t1, t2, t3, base, a, b, c, d):  # type: ignore[no-untyped-def]
    """One mood of everybody, linear in his traits."""
    for who in range(COMPANY):
        row[who] = base + a * t0[who] + b * t1[who] + c * t2[who] + d * t3[who]


@njit(**FLAGS)
def age(spite, days, away, word):  # type: ignore[no-untyped-def]
    """Spite fades, those present serve another day; return how many may leave."""
    rare = 0
    for who in range(COMPANY):
        spite[who] = FADE * spite[who]
        days[who] += np.float32(1) - away[who]
        rare += word[who] < RARE
    return rare


@njit(**FLAGS)
def leave(field, who, word, way, days, left, pressure, gone, friends, spites, today):  # type: ignore[no-untyped-def]
    """Decide whether a candidate leaves, and how."""
    lane = who % SQUADS
    x = LEVEL + SPITE * field[SPITES, who] + TREE * (pressure + WEIGHTS[0] * left[lane] / np.float32(MEN))
    for k in range(MOODS):
        x += LOADS[k] * field[k, who]
    if np.float32(word) / np.float32(RARE) >= np.float32(1) / (np.float32(1) + np.exp(-x)):
        return
    field[GONE, who] = 1
    today[6] += 1 + days % U32(LONGEST)
    today[7] += gone[lane] == 1
    gone[lane] += 1
    today[0] += 1
    today[1 + chosen(np.float32(way) / np.float32(2**32), field[0, who])] += 1
    for tie in range(FRIENDS):
        spites[friends[who, tie]] += BUMP


@njit(cache=True)
def chosen(uniform, first_mood):  # type: ignore[no-untyped-def]
    """The way out: the first mood shifts weight between the first two."""
    shift = PULL * min(max(first_mood, np.float32(-1)), np.float32(1))
    if uniform < WAY[0] + shift:
        return 0
    total = WAY[0] + WAY[1]
    for way in range(1, 5):
        if uniform < total:
            return way
        total += WAY[way + 1] if way < 4 else np.float32(1)
    return 4
