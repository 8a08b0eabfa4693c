"""One run, day by day, on plain arrays: the order of the day, for soldiers counted and soldiers drawn one by one.

What a unit sees of others is yesterday's, so that no order of units matters. Called without its compiler it is the same
in plain Python; `engines/reference.py` writes the same day with soldiers that are objects.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from tocsin.simulation import codes
from tocsin.simulation.chance import begin, below, mix, uniform, within
from tocsin.simulation.codes import ABSENT, BROKEN, CAPTURED, COMPLIANT, DETAINED, DUTY, KILLED, NEAR, SICK, SURRENDERED
from tocsin.simulation.day.breaking import stand
from tocsin.simulation.day.command import order, report
from tocsin.simulation.day.condition import mingle, strained, wear
from tocsin.simulation.day.contact import engaged, lost, taken
from tocsin.simulation.day.exits import leaving
from tocsin.simulation.day.refusal import decline, hear
from tocsin.simulation.day.replacement import arriving
from tocsin.simulation.day.response import respond
from tocsin.simulation.day.society import govern, learn
from tocsin.simulation.day.vehicles import lose, spoil
from tocsin.simulation.engines import counts, roster
from tocsin.simulation.evening import dawn, survey, write
from tocsin.simulation.journal import note, turn

A = Any  # arrays of numbers and of records, as documented in `advance`


@njit(cache=True, nogil=True)
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
    men : (soldiers,) one by one, in the order of units; of size 0 where soldiers are counted
    places : (units,) records of PLACE
    hostile : (forces, forces) bool, who fights whom
    p, makeup : (forces,) records of parameters and of MAKEUP; elsewhere in this package those of one force
    run : the key of the run's random streams
    first : the number of the first day
    desk : arrays to work on: (forces,) SIGHT, (groups,) GROUP, RATES, (units,) keys, (units,) chosen,
        (forces, REGIONS) dead, (forces,) keys of the heads, the random stream
    out : (days, forces) records of MEASURES, zero on entry, filled here
    journal : records of JOURNAL; of size 0 where nothing is to be written down
    """
    sight, groups, rates, keys, chosen, dead, heads, rng = desk
    survey(units, places, p, sight, groups)
    for day in range(out.shape[0]):
        today = out[day]
        now = first + day
        dead[:] = 0
        order(sight, command, hostile)
        dawn(sight, command, p)
        for u in range(units.shape[0]):
            place = places[u]
            f = place["force"]
            rng[0] = keys[u] = within(mix(run ^ place["key"]), now)
            turn(journal, now, u, f)
            mine, head = men[place["first"] : place["last"]], command[f]
            killed = _live(
                mine, units[u], place, sight[f], groups, head, p[f], makeup[f], rng, rates[0], today[f], journal
            )
            dead[f, place["region"]] += killed
        respond(units, places, sight, p, rng, keys, today, journal, chosen)
        for u in range(units.shape[0]):
            place = places[u]
            f = place["force"]
            rng[0] = keys[u]
            turn(journal, now, u, f)
            mine = men[place["first"] : place["last"]]
            _refill(mine, units[u], chosen[u], place["full"], p[f], makeup[f], rng, today[f], journal)
        survey(units, places, p, sight, groups)
        for f in range(command.shape[0]):
            rng[0] = within(mix(run ^ heads[f]), now)
            turn(journal, now, -1, f)
            _rule(command[f], dead[f], sight[f], p[f], rng, today[f], journal)


@njit(cache=True, nogil=True)
def _live(
    men: A, unit: A, place: A, sight: A, groups: A, head: A, p: A, makeup: A, rng: A, rates: A, today: A, journal: A
) -> int:
    """One unit's day, from contact to refusal; returns how many were killed."""
    near, heads = groups[place["groups"][NEAR]], unit["heads"]
    killed, captured = heads[KILLED], heads[CAPTURED]
    present = max(1, heads[DUTY])
    begin(rng, codes.CONTACT)
    contact = engaged(unit, sight, near, p, rng)
    fallen = 0
    if contact or (unit["mode"] == BROKEN and sight["intensity"] > 0.0):
        chance, caught = lost(unit, sight, p, rng), taken(unit, p)
        begin(rng, codes.LOSSES)
        if men.size > 0:
            fallen = roster.fall(men, unit, chance, caught, p, rng, journal)
        else:
            fallen = counts.fall(unit, chance, caught, p, rng, journal)
        today["casualties"] += fallen
        today["killed"] += heads[KILLED] - killed
        today["captured"] += heads[CAPTURED] - captured
        begin(rng, codes.VEHICLE_LOSSES)
        lose(unit, fallen / present, p, makeup, rng, today)
    begin(rng, codes.SABOTAGE)
    spoil(unit, p, rng, today)
    wear(unit, contact, fallen / present, near["broken"] / near["units"], sight, head["aware"][place["region"]], p)
    begin(rng, codes.BREAKING)
    stand(unit, contact, sight, near, p, rng, today, journal)
    heard = hear(groups, place["groups"], unit, p)
    leaving(unit, contact, strained(unit, contact, p), heard, head, p, rates)
    _exit(men, unit, rates, makeup, p, rng, today, journal)
    if unit["mode"] == COMPLIANT:
        begin(rng, codes.DECLINING)
        decline(unit, sight, heard, p, rng, today, journal)
    return heads[KILLED] - killed


@njit(cache=True, nogil=True)
def _exit(men: A, unit: A, rates: A, makeup: A, p: A, rng: A, today: A, journal: A) -> None:
    """Soldiers leave one by one, and are counted by how."""
    heads = unit["heads"]
    absent, surrendered, sick, detained = heads[ABSENT], heads[SURRENDERED], heads[SICK], heads[DETAINED]
    present = max(1, heads[DUTY])
    begin(rng, codes.EXITS)
    if men.size > 0:
        roster.depart(men, unit, rates, makeup, p, rng, journal)
    else:
        counts.depart(unit, rates, makeup, p, rng, journal)
    given = heads[SURRENDERED] - surrendered
    today["absent"] += heads[ABSENT] - absent
    today["surrendered"] += given
    today["sick"] += heads[SICK] - sick
    today["detained"] += heads[DETAINED] - detained
    if given > p["exits.mass"] * present:
        note(journal, codes.MASS_SURRENDER, 0, given)


@njit(cache=True, nogil=True)
def _refill(men: A, unit: A, suppressed: bool, full: int, p: A, makeup: A, rng: A, today: A, journal: A) -> None:
    """Arrests in a unit that was suppressed; men come back, replacements arrive."""
    one_by_one = men.size > 0
    if suppressed:
        before = unit["heads"][DETAINED]
        begin(rng, codes.ARREST)
        if one_by_one:
            roster.arrest(men, unit, p, rng, journal)
        else:
            counts.arrest(unit, p, rng, journal)
        today["detained"] += unit["heads"][DETAINED] - before
    begin(rng, codes.RETURNS)
    back = roster.come_back(men, unit, p, rng, journal) if one_by_one else counts.come_back(unit, p, rng, journal)
    begin(rng, codes.REPLACEMENT)
    fresh = arriving(unit, full, p, rng)
    if one_by_one:
        roster.join(men, unit, fresh, full, makeup, rng, journal)
    else:
        counts.join(unit, fresh, full, makeup, rng, journal)
    mingle(unit, back, fresh, unit["heads"][DUTY], p)
    today["returned"] += back
    today["replaced"] += fresh


@njit(cache=True, nogil=True)
def _rule(head: A, dead: A, sight: A, p: A, rng: A, today: A, journal: A) -> None:
    """The evening of a force: reports rise, families learn, the regime stands or falls, and all is written down."""
    report(head, 1.0 - sight["present"] / sight["full"], p)
    begin(rng, codes.REGIME)
    learn(head, scattered(dead, p, rng), sight, p)
    govern(head, today["killed"], sight, p, rng, journal)
    window = p["condition.recent_days"]
    head["yielding"] += today["surrendered"] / sight["full"] - head["yielding"] / window
    write(head, sight, today)


@njit(cache=True, nogil=True)
def scattered(dead: A, p: A, rng: A) -> A:
    """Turn the dead by the home regions of their units into the dead by their own, man by man.

    A soldier's own region enters no rate, so it need only be drawn once he is dead; `dead` is changed in place.
    """
    strangers = 0
    for r in range(dead.size):
        away = 0
        for _ in range(dead[r]):
            away += uniform(rng) >= p["soldiers.local"]
        dead[r] -= away
        strangers += away
    for _ in range(strangers):
        dead[below(dead.size, rng)] += 1
    return dead
