"""The definition: the same day with soldiers that are objects, in plain Python.

Read this to know what the model says. It states the order of the day and, man by man, what a soldier may meet; what a
unit, a force and a home do is in the modules of `day`, which every engine calls. Small armies only: some thousand times
slower than counting. A study compares the three engines run by run (`docs/explanation/army.md`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.soldiers import PARTS, REGIONS, STATUSES
from tocsin.forces.state import COMMAND, UNIT
from tocsin.forces.tree import Layout
from tocsin.simulation.day import breaking, command, condition, contact, exits, refusal, replacement, response, society
from tocsin.simulation.day import vehicles as cars
from tocsin.simulation.desk import codes
from tocsin.simulation.desk.chance import beta, uniform
from tocsin.simulation.desk.records import GROUP, MEASURES, PAD, PLACE, RATES, SIGHT, STREAM
from tocsin.simulation.engines.counts import draw_class
from tocsin.simulation.engines.muster import begin_unit, makeup, settle
from tocsin.simulation.evening import dawn, survey, write
from tocsin.simulation.rng import keys

Record = Any
"""One record of an array of records."""

_SILENT: Final = np.zeros(1, dtype=PAD)[0]


@final
@dataclass(slots=True, kw_only=True)
class Soldier:
    """A soldier: what he is, and where he is."""

    company: int
    kind: int
    """His class: his type and his attachment, as `forces.soldiers.CLASSES` numbers them."""
    status: int = codes.DUTY


@final
class War:
    """All forces of one run, from the first day on."""

    def __init__(self, where: Layout, drawn: NDArray[np.void], seed: int, run: int = 0) -> None:
        """Muster the forces with the (forces,) parameters `drawn`."""
        self.where, self.p, self.makeup = where, drawn, makeup(drawn[None])[0]
        self.rng = np.zeros(1, dtype=STREAM)[0]
        self.rng["at"] = keys(seed, "reference", [run])[0]
        self.units, self.command = np.zeros(where.force.size, dtype=UNIT), np.zeros(drawn.shape, dtype=COMMAND)
        self.units["parts"] = where.parts
        self.soldiers: list[list[Soldier]] = [self._muster(u) for u in range(where.force.size)]
        settle(self.units[None], self.command[None], where.force, drawn[None])

    def day(self) -> NDArray[np.void]:
        """Let a day pass: what is measured of each force in the evening, (forces,) records of MEASURES."""
        today = np.zeros(self.p.shape, dtype=MEASURES)
        sight, groups = self._morning()
        dead = np.zeros((self.p.size, REGIONS), dtype=np.int64)
        for u, f in enumerate(self.where.force):
            dead[f, self.where.region[u]] += self._live(u, sight[f], groups[self.where.groups[u]], today[f])
        self._respond(sight, today)
        for u, f in enumerate(self.where.force):
            self._refill(u, today[f])
        evening, _ = self._survey()
        for f, head in enumerate(self.command):
            self._rule(head, dead[f], evening[f], self.p[f], today[f])
        return today

    def records(self) -> NDArray[np.void]:
        """Return the units with their soldiers counted by status, company and class, as the other engines keep them."""
        counted = self.units.copy()
        for u, soldiers in enumerate(self.soldiers):
            for man in soldiers:
                if man.status < codes.KEPT:
                    counted[u]["men"][man.status, man.company, man.kind] += 1
        return counted

    def _live(self, u: int, sight: Record, layers: NDArray[np.void], today: Record) -> int:
        """One unit's day, from contact to refusal; returns how many were killed."""
        unit, p, rng, head = self.units[u], self.p[self.where.force[u]], self.rng, self.command[self.where.force[u]]
        near, killed, present = layers[codes.NEAR], unit["heads"][codes.KILLED], max(1, unit["heads"][codes.DUTY])
        engaged = contact.engaged(unit, sight, near, p, rng)
        fallen = 0
        if engaged or (unit["mode"] == codes.BROKEN and sight["intensity"] > 0.0):
            fallen = self._fall(u, contact.lost(unit, sight, p, rng), contact.taken(unit, p), today)
            cars.lose(unit, fallen / present, p, self.makeup[self.where.force[u]], rng, today)
        cars.spoil(unit, p, rng, today)
        broken, aware = near["broken"] / near["units"], head["aware"][self.where.region[u]]
        condition.wear(unit, engaged, fallen / present, broken, sight, aware, p)
        breaking.stand(unit, engaged, sight, near, p, rng, today, _SILENT)
        heard, rates = refusal.hear(layers[0], layers[1], layers[2], unit, p), np.zeros(1, dtype=RATES)[0]
        exits.leaving(unit, engaged, condition.strained(unit, engaged, p), heard, head, p, rates)
        self._depart(u, rates, today)
        if unit["mode"] == codes.COMPLIANT:
            refusal.decline(unit, sight, heard, p, rng, today, _SILENT)
        return int(unit["heads"][codes.KILLED] - killed)

    def _fall(self, u: int, chance: float, captured: float, today: Record) -> int:
        """All soldiers of a unit share one chance to be lost; each meets it by himself."""
        p, size = self.p[self.where.force[u]], 1.0 / self.p[self.where.force[u]]["losses.correlation"] - 1.0
        share = beta(chance * size, (1.0 - chance) * size, self.rng) if chance > 0.0 else 0.0
        fallen = [man for man in self.soldiers[u] if man.status == codes.DUTY and uniform(self.rng) < share]
        for man in fallen:
            man.status = contact.fate(p, captured, self.rng)
        today["casualties"] += len(fallen)
        today["killed"] += sum(man.status == codes.KILLED for man in fallen)
        today["captured"] += sum(man.status == codes.CAPTURED for man in fallen)
        self._count(u)
        return len(fallen)

    def _depart(self, u: int, rates: Record, today: Record) -> None:
        """Each soldier on duty leaves at his own rate, which his class makes higher or lower."""
        force = self.where.force[u]
        ways = {
            codes.ABSENT: "absent",
            codes.SURRENDERED: "surrendered",
            codes.SICK: "sick",
            codes.DETAINED: "detained",
        }
        left = dict.fromkeys(ways, 0)
        for man in self.soldiers[u]:
            if man.status != codes.DUTY:
                continue
            factor = self.makeup[force]["leaving"][man.kind]
            rate = factor * (rates["absence"] + rates["surrender"]) + rates["sick"] + rates["leave"] + rates["release"]
            if uniform(self.rng) < -math.expm1(-rate):
                man.status = exits.whither(rates, factor, self.p[force], self.rng)
                if man.status in left:
                    left[man.status] += 1
        for status, name in ways.items():
            today[name] += left[status]
        self._count(u)

    def _respond(self, sight: NDArray[np.void], today: NDArray[np.void]) -> None:
        """Answer every unit that refuses; each soldier of a unit that is suppressed may be detained."""
        places, chosen = self._places(), np.zeros(self.units.size, dtype=np.int64)
        fresh = np.array([int(uniform(self.rng) * 2**53) for _ in self.units], dtype=np.uint64)
        response.choose(self.units, places, sight, self.p, fresh, self.rng.copy(), chosen)
        for u, f in enumerate(self.where.force):
            if self.units[u]["mode"] >= codes.REFUSING:
                response.answer(self.units[u], chosen[u], self.p[f], self.rng, today[f], _SILENT)
            if chosen[u]:
                self._arrest(u, today[f])

    def _arrest(self, u: int, today: Record) -> None:
        """Each soldier of a unit that was suppressed may be detained."""
        for man in self.soldiers[u]:
            if man.status == codes.DUTY and uniform(self.rng) < self.p[self.where.force[u]]["refusal.detained"]:
                man.status = codes.DETAINED
                today["detained"] += 1
        self._count(u)

    def _refill(self, u: int, today: Record) -> None:
        """Each soldier who is away may come back or be struck off; replacements arrive."""
        unit, p, full = self.units[u], self.p[self.where.force[u]], int(self.where.establishment[u])
        days = {codes.WOUNDED: "losses.return_days", codes.SICK: "exits.sick_days", codes.LEAVE: "exits.leave_days"}
        rates = {status: 1.0 / p[name] for status, name in days.items()}
        rates[codes.DETAINED] = 1.0 / p["exits.detained_days"]
        rates[codes.ABSENT] = p["exits.returning"] + 1.0 / p["exits.struck_days"]
        back = 0
        for man in self.soldiers[u]:
            if man.status in rates and uniform(self.rng) < -math.expm1(-rates[man.status]):
                gone = man.status == codes.ABSENT and uniform(self.rng) * rates[man.status] >= p["exits.returning"]
                man.status = codes.DESERTED if gone else codes.DUTY
                back += not gone
        self._count(u)
        fresh = replacement.arriving(unit, full, p, self.rng)
        for _ in range(fresh):
            company = replacement.company(unit, full, self.rng)
            self.soldiers[u].append(self._soldier(company, int(self.where.force[u]), "later"))
            self._count(u)
        unit["replaced"] += fresh
        condition.mingle(unit, back, fresh, unit["heads"][codes.DUTY], p)
        today["returned"] += back
        today["replaced"] += fresh

    def _rule(self, head: Record, dead: NDArray[np.int64], sight: Record, p: Record, today: Record) -> None:
        """The evening of a force: reports rise, families learn, the regime stands or falls, and all is written down."""
        command.report(head, 1.0 - sight["present"] / sight["full"], p)
        society.learn(head, society.scattered(dead, p, self.rng), sight, p)
        society.govern(head, today["killed"], sight, p, self.rng, _SILENT)
        head["yielding"] += today["surrendered"] / sight["full"] - head["yielding"] / p["condition.recent_days"]
        write(head, sight, today)

    def _muster(self, u: int) -> list[Soldier]:
        """Fill the companies of a unit evenly with soldiers of drawn classes."""
        force = self.where.force[u]
        full = int(self.where.establishment[u])
        number = begin_unit(self.units[u], full, self.p[force], self.makeup[force], self.rng)
        soldiers = [self._soldier(i % int(self.units[u]["parts"]), force, "first") for i in range(number)]
        for man in soldiers:
            self.units[u]["heads"][codes.DUTY] += 1
            self.units[u]["here"][codes.DUTY, man.company] += 1
        return soldiers

    def _soldier(self, company: int, force: int, shares: str) -> Soldier:
        return Soldier(company=company, kind=draw_class(self.makeup[force][shares], self.rng))

    def _count(self, u: int) -> None:
        """Count a unit's soldiers by status, and those on duty by company."""
        status = np.array([man.status for man in self.soldiers[u]], dtype=np.int64)
        here = [man.company for man in self.soldiers[u] if man.status == codes.DUTY]
        self.units[u]["heads"] = np.bincount(status, minlength=len(STATUSES))
        self.units[u]["here"][codes.DUTY] = np.bincount(np.array(here, dtype=np.int64), minlength=PARTS)

    def _morning(self) -> tuple[NDArray[np.void], NDArray[np.void]]:
        sight, groups = self._survey()
        command.order(sight, self.command, self.where.hostile)
        dawn(sight, self.command, self.p)
        return sight, groups

    def _survey(self) -> tuple[NDArray[np.void], NDArray[np.void]]:
        sight, groups = np.zeros(self.p.size, dtype=SIGHT), np.zeros(int(self.where.groups.max()) + 1, dtype=GROUP)
        survey(self.units, self._places(), self.p, sight, groups)
        return sight, groups

    def _places(self) -> NDArray[np.void]:
        places = np.zeros(self.units.size, dtype=PLACE)
        places["force"], places["full"] = self.where.force, self.where.establishment
        places["groups"] = self.where.groups
        return places
