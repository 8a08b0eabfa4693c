"""One run, day by day, on plain arrays: the order of the day, for soldiers counted and soldiers drawn one by one.

What a unit sees of others is yesterday's, so that no order of units matters. Called without its compiler it is the same
in plain Python; `engines/reference.py` writes the same day with soldiers that are objects.
"""

from __future__ import annotations

from typing import Any

from tocsin.simulation.day.breaking import stand
from tocsin.simulation.day.command import order, report
from tocsin.simulation.day.condition import mingle, strained, wear
from tocsin.simulation.day.contact import engaged, lost, taken
from tocsin.simulation.day.exits import leaving
from tocsin.simulation.day.refusal import decline, hear
from tocsin.simulation.day.replacement import arriving
from tocsin.simulation.day.response import answer, choose
from tocsin.simulation.day.society import govern, learn, scattered
from tocsin.simulation.day.vehicles import lose, spoil
from tocsin.simulation.desk import codes
from tocsin.simulation.desk.chance import begin, mix, within
from tocsin.simulation.desk.codes import (
    ABSENT,
    AT_HOME,
    BROKEN,
    CAPTURED,
    COMPLIANT,
    DETAINED,
    DUTY,
    KILLED,
    NEAR,
    REFUSING,
    SECTOR,
    SICK,
    SURRENDERED,
)
from tocsin.simulation.desk.compiled import compiled
from tocsin.simulation.desk.journal import copy, note
from tocsin.simulation.engines import counts, roster
from tocsin.simulation.evening import dawn, survey, write

A = Any  # arrays of numbers and of records, as documented in `advance`


@compiled
def advance(
    units: A,
    command: A,
    men: A,
    places: A,
    hostile: A,
    p: A,
    makeup: A,
    run: A,
    first: int,
    desk: A,
    out: A,
    journal: A,
) -> None:
    """Advance one run by as many days as `out` has rows; `units`, `command`, `men`, `journal` are changed in place.

    Parameters
    ----------
    units, command : (units,), (forces,) records of `forces.state`
    men : (soldiers,) one by one, in the order of units; None where soldiers are counted
    places : (units,) records of PLACE
    hostile : (forces, forces) bool, who fights whom
    p, makeup : (forces,) records of parameters and of MAKEUP; elsewhere in this package those of one force
    run : the key of the run's random streams
    first : the number of the first day
    desk : arrays to work on: (forces,) SIGHT, (groups,) GROUP, RATES, (units,) keys, (units,) chosen,
        (forces, REGIONS) dead, (forces,) keys of the heads, STREAM, PAD
    out : (days, forces) records of MEASURES, zero on entry, filled here
    journal : records of JOURNAL
    """
    sight, groups, rates, keys, chosen, dead, heads, streams, pads = desk
    rng, pad = streams[0], pads[0]
    survey(units, places, p, sight, groups)
    for day in range(out.shape[0]):
        today, now = out[day], first + day
        dead[:] = 0
        order(sight, command, hostile)
        dawn(sight, command, p)
        for u in range(units.shape[0]):
            f, near, sector, home = _whereabouts(places[u])
            rng["key"] = keys[u] = within(mix(run ^ places[u]["key"]), now)
            killed = _live(
                _of(men, places[u]), units[u], sight[f], groups[near], groups[sector], groups[home], command[f],
                places[u]["region"], p[f], makeup[f], rng, rates[0], today[f], pad,
            )  # fmt: skip
            dead[f, places[u]["region"]] += killed
            copy(pad, journal, now, u, f)
        choose(units, places, sight, p, keys, rng, chosen)
        for u in range(units.shape[0]):
            f = places[u]["force"]
            rng["key"] = keys[u]
            _refill(_of(men, places[u]), units[u], chosen[u], places[u]["full"], p[f], makeup[f], rng, today[f], pad)
            copy(pad, journal, now, u, f)
        survey(units, places, p, sight, groups)
        _rule_all(command, dead, sight, p, heads, run, now, rng, today, pad, journal)


@compiled
def _rule_all(
    command: A, dead: A, sight: A, p: A, heads: A, run: A, now: int, rng: A, today: A, pad: A, journal: A
) -> None:
    """The evening of every force."""
    for f in range(command.shape[0]):
        rng["key"] = within(mix(run ^ heads[f]), now)
        _rule(command[f], dead[f], sight[f], p[f], rng, today[f], pad)
        copy(pad, journal, now, -1, f)


@compiled
def _whereabouts(place: A) -> tuple[int, ...]:
    groups = place["groups"]
    return place["force"], groups[NEAR], groups[SECTOR], groups[AT_HOME]


@compiled
def _of(men: A, place: A) -> A:
    """The entries of a unit's soldiers; None where soldiers are counted, which the compiler then knows."""
    if men is None:
        return None
    return men[place["first"] : place["last"]]


@compiled
def _live(
    men: A, unit: A, sight: A, near: A, sector: A, home: A, head: A, region: int, p: A, makeup: A, rng: A, rates: A,
    today: A, pad: A,
) -> int:  # fmt: skip
    """One unit's day, from contact to refusal; returns how many were killed."""
    heads = unit["heads"]
    killed, captured, present = heads[KILLED], heads[CAPTURED], max(1, heads[DUTY])
    begin(rng, codes.CONTACT)
    contact = engaged(unit, sight, near, p, rng)
    fallen = 0
    if contact or (unit["mode"] == BROKEN and sight["intensity"] > 0.0):
        chance, caught = lost(unit, sight, p, rng), taken(unit, p)
        begin(rng, codes.LOSSES)
        if men is None:
            fallen = counts.fall(unit, chance, caught, p, rng, pad)
        else:
            fallen = roster.fall(men, unit, chance, caught, p, rng, pad)
        today["casualties"] += fallen
        today["killed"] += heads[KILLED] - killed
        today["captured"] += heads[CAPTURED] - captured
        begin(rng, codes.VEHICLE_LOSSES)
        lose(unit, fallen / present, p, makeup, rng, today)
    begin(rng, codes.SABOTAGE)
    spoil(unit, p, rng, today)
    wear(unit, contact, fallen / present, near["broken"] / near["units"], sight, head["aware"][region], p)
    begin(rng, codes.BREAKING)
    stand(unit, contact, sight, near, p, rng, today, pad)
    heard = hear(near, sector, home, unit, p)
    leaving(unit, contact, strained(unit, contact, p), heard, head, p, rates)
    _exit(men, unit, rates, makeup, p, rng, today, pad)
    if unit["mode"] == COMPLIANT:
        begin(rng, codes.DECLINING)
        decline(unit, sight, heard, p, rng, today, pad)
    return heads[KILLED] - killed


@compiled
def _exit(men: A, unit: A, rates: A, makeup: A, p: A, rng: A, today: A, pad: A) -> None:
    """Soldiers leave one by one, and are counted by how."""
    heads = unit["heads"]
    absent, surrendered, sick, detained = heads[ABSENT], heads[SURRENDERED], heads[SICK], heads[DETAINED]
    present = max(1, heads[DUTY])
    begin(rng, codes.EXITS)
    if men is None:
        counts.depart(unit, rates, makeup, p, rng, pad)
    else:
        roster.depart(men, unit, rates, makeup, p, rng, pad)
    given = heads[SURRENDERED] - surrendered
    today["absent"] += heads[ABSENT] - absent
    today["surrendered"] += given
    today["sick"] += heads[SICK] - sick
    today["detained"] += heads[DETAINED] - detained
    if given > p["exits.mass"] * present:
        note(pad, codes.MASS_SURRENDER, 0, given)


@compiled
def _refill(men: A, unit: A, suppressed: int, full: int, p: A, makeup: A, rng: A, today: A, pad: A) -> None:
    """A unit that refuses is answered; men come back, replacements arrive."""
    if unit["mode"] >= REFUSING:
        begin(rng, codes.ANSWER)
        answer(unit, suppressed, p, rng, today, pad)
    before = unit["heads"][DETAINED]
    if suppressed:
        begin(rng, codes.ARREST)
        if men is None:
            counts.arrest(unit, p, rng, pad)
        else:
            roster.arrest(men, unit, p, rng, pad)
    today["detained"] += unit["heads"][DETAINED] - before
    begin(rng, codes.RETURNS)
    back = counts.come_back(unit, p, rng, pad) if men is None else roster.come_back(men, unit, p, rng, pad)
    begin(rng, codes.REPLACEMENT)
    fresh = arriving(unit, full, p, rng)
    if men is None:
        counts.join(unit, fresh, full, makeup, rng, pad)
    else:
        roster.join(men, unit, fresh, full, makeup, rng, pad)
    mingle(unit, back, fresh, unit["heads"][DUTY], p)
    today["returned"] += back
    today["replaced"] += fresh


@compiled
def _rule(head: A, dead: A, sight: A, p: A, rng: A, today: A, pad: A) -> None:
    """The evening of a force: reports rise, families learn, the regime stands or falls, and all is written down."""
    report(head, 1.0 - sight["present"] / sight["full"], p)
    begin(rng, codes.REGIME)
    learn(head, scattered(dead, p, rng), sight, p)
    govern(head, today["killed"], sight, p, rng, pad)
    window = p["condition.recent_days"]
    head["yielding"] += today["surrendered"] / sight["full"] - head["yielding"] / window
    write(head, sight, today)
