"""The full day in Mesa, as its documentation would have it: an agent a soldier, an agent a unit, sets that `do`.

The same day as `engines/reference.py`. What units, forces and homes do are the functions of `simulation.day`, in plain
Python (`rules`), so that the rules are the same; what soldiers meet is Mesa's work. A soldier who is gone for good is
removed from the model. A unit's counts are kept when somebody moves, which is faster than to count agents anew.
"""

from __future__ import annotations

import math
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet
from numpy.typing import NDArray

from day.rules import (
    Stream,
    breaking,
    chance,
    command,
    condition,
    contact,
    counts,
    evening,
    exits,
    muster,
    refusal,
    replacement,
    response,
    society,
    vehicles,
)
from tocsin.forces.soldiers import REGIONS
from tocsin.forces.state import COMMAND, UNIT
from tocsin.forces.tree import Layout
from tocsin.simulation.desk import codes
from tocsin.simulation.desk.records import GROUP, MEASURES, PLACE, RATES, SIGHT

Record = dict[str, Any]


class Rows(list[Record]):
    """Records in plain Python, much faster there than NumPy's; also seen by column, as the rules may ask."""

    @property
    def shape(self) -> tuple[int]:
        return (len(self),)

    def __getitem__(self, at: Any) -> Any:
        return np.array([row[at] for row in self]) if isinstance(at, str) else super().__getitem__(at)


def rows(records: NDArray[np.void]) -> Rows:
    """Turn an array of records into plain ones."""
    names = records.dtype.names or ()
    return Rows({n: one[n].copy() if one[n].ndim else one[n].item() for n in names} for one in records)


_SILENT: Any = {"level": 0}
_COUNTED = {
    codes.ABSENT: "absent",
    codes.SURRENDERED: "surrendered",
    codes.SICK: "sick",
    codes.DETAINED: "detained",
}


class Soldier(mesa.Agent):
    """A soldier: what he is, and where he is."""

    def __init__(self, model: Army, unit: Battalion, company: int, kind: int) -> None:
        super().__init__(model)
        self.unit, self.company, self.kind, self.status = unit, company, kind, codes.DUTY
        self.factor = unit.leaving[kind]
        unit.soldiers.add(self)
        unit.count(self, 1)

    def fall(self) -> None:
        """Perhaps be lost to the enemy."""
        unit = self.unit
        if self.status == codes.DUTY and self.random.random() < unit.share:
            self.go(contact.fate(unit.p, unit.caught, self.model.stream))
            unit.fallen.append(self.status)

    def depart(self) -> None:
        """Perhaps leave, at a rate of one's own."""
        if self.status != codes.DUTY:
            return
        unit = self.unit
        rate = self.factor * unit.drawn + unit.same
        if self.random.random() < -math.expm1(-rate):
            self.go(exits.whither(unit.rates, self.factor, unit.p, self.model.stream))
            if self.status in _COUNTED:
                unit.today[_COUNTED[self.status]] += 1

    def be_arrested(self) -> None:
        """Perhaps be detained, in a unit that was suppressed."""
        if self.status == codes.DUTY and self.random.random() < self.unit.arrested:
            self.go(codes.DETAINED)
            self.unit.today["detained"] += 1

    def come_back(self) -> None:
        """Perhaps return, or be struck off the roll."""
        if self.status == codes.DUTY:
            return
        unit = self.unit
        rate = unit.returning[self.status]
        if self.random.random() < -math.expm1(-rate):
            gone = self.status == codes.ABSENT and self.random.random() * rate >= unit.absent_back
            self.go(codes.DESERTED if gone else codes.DUTY)
            unit.back += not gone

    def go(self, status: int) -> None:
        """Change status; who is gone for good leaves the model."""
        self.unit.count(self, -1)
        self.status = status
        self.unit.count(self, 1)
        if status >= codes.KEPT:
            self.unit.soldiers.discard(self)
            self.remove()


class Battalion(mesa.Agent):
    """A unit and its soldiers; its record is the one that the rules change."""

    def __init__(self, model: Army, number: int, record: Any) -> None:
        super().__init__(model)
        self.force, self.region = int(model.where.force[number]), int(model.where.region[number])
        self.number, self.full, self.groups = (
            number,
            int(model.where.establishment[number]),
            model.places[number]["groups"],
        )
        self.record, self.p = record, model.p[self.force]
        self.head: Record = {}
        self.makeup, self.leaving = model.makeup[self.force], model.makeup[self.force]["leaving"].tolist()
        self.rates: Record = dict.fromkeys(RATES.names or (), 0.0)
        self.soldiers = AgentSet([], random=model.random)
        self.arrested = float(self.p["refusal.detained"])
        days = {codes.WOUNDED: "losses.return_days", codes.SICK: "exits.sick_days", codes.LEAVE: "exits.leave_days"}
        self.returning = {status: 1.0 / float(self.p[name]) for status, name in days.items()}
        self.returning[codes.DETAINED] = 1.0 / float(self.p["exits.detained_days"])
        self.absent_back = float(self.p["exits.returning"])
        self.returning[codes.ABSENT] = self.absent_back + 1.0 / float(self.p["exits.struck_days"])
        self.share = self.caught = self.drawn = self.same = 0.0
        self.fallen: list[int] = []
        self.suppressed = self.back = 0
        present = muster.begin_unit(self.record, self.full, self.p, self.makeup, model.stream)
        for i in range(present):
            Soldier(model, self, i % int(self.record["parts"]), counts.draw_class(self.makeup["first"], model.stream))

    @property
    def today(self) -> Record:
        """What is measured of its force today."""
        return self.model.today[self.force]

    def count(self, soldier: Soldier, by: int) -> None:
        """Count a soldier in or out."""
        self.record["heads"][soldier.status] += by
        if soldier.status < codes.KEPT:
            self.record["men"][soldier.status, soldier.company, soldier.kind] += by
            self.record["here"][soldier.status, soldier.company] += by

    def live(self) -> None:
        """From contact to refusal."""
        unit, p, rng, today = self.record, self.p, self.model.stream, self.today
        sight, (near, sector, home) = self.model.sight[self.force], (self.model.groups[g] for g in self.groups)
        killed, present = int(unit["heads"][codes.KILLED]), max(1, int(unit["heads"][codes.DUTY]))
        engaged = contact.engaged(unit, sight, near, p, rng)
        self.fallen = []
        if engaged or (unit["mode"] == codes.BROKEN and sight["intensity"] > 0.0):
            self.suffer(contact.lost(unit, sight, p, rng))
            vehicles.lose(unit, len(self.fallen) / present, p, self.makeup, rng, today)
        vehicles.spoil(unit, p, rng, today)
        aware = self.head["aware"][self.region]
        condition.wear(unit, engaged, len(self.fallen) / present, near["broken"] / near["units"], sight, aware, p)
        breaking.stand(unit, engaged, sight, near, p, rng, today, _SILENT)
        heard = refusal.hear(near, sector, home, unit, p)
        exits.leaving(unit, engaged, condition.strained(unit, engaged, p), heard, self.head, p, self.rates)
        absence, surrender, sick, leave, release = self.rates.values()
        self.drawn, self.same = absence + surrender, sick + leave + release
        self.soldiers.do("depart")
        if unit["mode"] == codes.COMPLIANT:
            refusal.decline(unit, sight, heard, p, rng, today, _SILENT)
        self.model.dead[self.force, self.region] += int(unit["heads"][codes.KILLED]) - killed

    def suffer(self, mean: float) -> None:
        """All soldiers share one chance to be lost; each meets it by himself."""
        size = 1.0 / self.p["losses.correlation"] - 1.0
        self.share = chance.beta(mean * size, (1.0 - mean) * size, self.model.stream) if mean > 0.0 else 0.0
        self.caught = contact.taken(self.record, self.p)
        self.soldiers.do("fall")
        self.today["casualties"] += len(self.fallen)
        self.today["killed"] += self.fallen.count(codes.KILLED)
        self.today["captured"] += self.fallen.count(codes.CAPTURED)

    def refill(self) -> None:
        """A unit that refuses is answered; men come back, replacements arrive."""
        unit, p, rng, today = self.record, self.p, self.model.stream, self.today
        if unit["mode"] >= codes.REFUSING:
            response.answer(unit, self.suppressed, p, rng, today, _SILENT)
        if self.suppressed:
            self.soldiers.do("be_arrested")
        self.back = 0
        self.soldiers.do("come_back")
        fresh = replacement.arriving(unit, self.full, p, rng)
        for _ in range(fresh):
            company = replacement.company(unit, self.full, rng)
            Soldier(self.model, self, company, counts.draw_class(self.makeup["later"], rng))
        unit["replaced"] += fresh
        condition.mingle(unit, self.back, fresh, unit["heads"][codes.DUTY], p)
        today["returned"] += self.back
        today["replaced"] += fresh


class Army(mesa.Model):
    """All forces of one run."""

    def __init__(self, where: Layout, drawn: NDArray[np.void], seed: int) -> None:
        super().__init__(seed=seed)
        self.where, self.stream, self.p, self.makeup = where, Stream(seed), rows(drawn), muster.makeup(drawn[None])[0]
        self.sight, self.groups = rows(np.zeros(drawn.size, SIGHT)), rows(np.zeros(int(where.groups.max()) + 1, GROUP))
        places = np.zeros(where.force.size, dtype=PLACE)
        places["force"], places["full"], places["groups"] = where.force, where.establishment, where.groups
        self.places = rows(places)
        units, heads = np.zeros(where.force.size, dtype=UNIT), np.zeros(drawn.shape, dtype=COMMAND)
        units["parts"] = where.parts
        battalions = [Battalion(self, number, unit) for number, unit in enumerate(units)]
        muster.settle(units[None], heads[None], where.force, drawn[None])
        self.units, self.command = rows(units), rows(heads)
        for battalion, unit in zip(battalions, self.units, strict=True):
            battalion.record, battalion.head = unit, self.command[battalion.force]
        self.today, self.dead = Rows(), np.zeros((drawn.size, REGIONS), dtype=np.int64)

    def step(self) -> None:
        """One day."""
        self.today, self.dead = Rows(dict.fromkeys(MEASURES.names or (), 0.0) for _ in self.p), np.zeros_like(self.dead)
        evening.survey(self.units, self.places, self.p, self.sight, self.groups)
        command.order(self.sight, self.command, self.where.hostile)
        evening.dawn(self.sight, self.command, self.p)
        battalions = self.agents_by_type[Battalion]
        battalions.do("live")
        self.choose(battalions)
        battalions.do("refill")
        evening.survey(self.units, self.places, self.p, self.sight, self.groups)
        for force in range(len(self.p)):
            self.rule(self.command[force], self.dead[force], self.sight[force], self.p[force], self.today[force])

    def choose(self, battalions: AgentSet) -> None:
        """Choose which of the units that refuse are suppressed."""
        chosen = np.zeros(len(self.units), dtype=np.int64)
        response.choose(self.units, self.places, self.sight, self.p, chosen, self.stream, chosen)
        for battalion in battalions:
            battalion.suppressed = int(chosen[battalion.number])

    def rule(self, head: Record, dead: NDArray[np.int64], sight: Record, p: Record, today: Record) -> None:
        """The evening of a force."""
        command.report(head, 1.0 - sight["present"] / sight["full"], p)
        society.learn(head, society.scattered(dead, p, self.stream), sight, p)
        society.govern(head, today["killed"], sight, p, self.stream, _SILENT)
        head["yielding"] += today["surrendered"] / sight["full"] - head["yielding"] / p["condition.recent_days"]
        evening.write(head, sight, today)

    def records(self) -> NDArray[np.void]:
        """The units as the engines keep them."""
        return np.array([tuple(unit.values()) for unit in self.units], dtype=UNIT)

    def measures(self) -> NDArray[np.void]:
        """What was measured today, as the engines write it."""
        return np.array([tuple(today.values()) for today in self.today], dtype=MEASURES)
