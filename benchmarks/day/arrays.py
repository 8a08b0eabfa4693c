"""The full day in NumPy: the definition's war, with a unit's soldiers in arrays instead of objects.

Units, forces and homes live as in `engines/reference.py`, whose class this is, in plain Python (`rules`); every soldier
still has his own random numbers each day, drawn for a whole unit at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from day.rules import Stream, chance, condition, contact, exits, muster, reference, replacement
from tocsin.forces.soldiers import PARTS, STATUSES
from tocsin.forces.tree import Layout
from tocsin.simulation.desk import codes

Record = Any

_COUNTED = {"absent": codes.ABSENT, "surrendered": codes.SURRENDERED, "sick": codes.SICK, "detained": codes.DETAINED}


class Arrays(reference.War):
    """All forces of one run; of each unit an array (3, soldiers) of status, company and class."""

    soldiers: list[NDArray[np.int64]]  # type: ignore[assignment]

    def __init__(self, where: Layout, drawn: NDArray[np.void], seed: int, run: int = 0) -> None:
        self.draw, self.luck = np.random.default_rng([seed, run]), Stream(f"{seed} {run}")
        super().__init__(where, drawn, seed, run)

    @property
    def rng(self) -> Stream:  # type: ignore[override]
        """The stream of what happens to units."""
        return self.luck

    @rng.setter
    def rng(self, compiled: Any) -> None:
        """Ignore the stream made for compiled code."""

    def records(self) -> NDArray[np.void]:
        counted = self.units.copy()
        for u, (status, company, kind) in enumerate(self.soldiers):
            kept = status < codes.KEPT
            np.add.at(counted[u]["men"], (status[kept], company[kept], kind[kept]), 1)
        return counted

    def _fall(self, u: int, mean: float, captured: float, today: Record) -> int:
        p, size = self.p[self.where.force[u]], 1.0 / self.p[self.where.force[u]]["losses.correlation"] - 1.0
        share = chance.beta(mean * size, (1.0 - mean) * size, self.rng) if mean > 0.0 else 0.0
        status = self.soldiers[u][0]
        fallen = np.flatnonzero((status == codes.DUTY) & (self.draw.random(status.size) < share))
        status[fallen] = [contact.fate(p, captured, self.rng) for _ in fallen]
        today["casualties"] += fallen.size
        today["killed"] += np.count_nonzero(status[fallen] == codes.KILLED)
        today["captured"] += np.count_nonzero(status[fallen] == codes.CAPTURED)
        self._count(u)
        return fallen.size

    def _depart(self, u: int, rates: Record, today: Record) -> None:
        p, leaving = self.p[self.where.force[u]], self.makeup[self.where.force[u]]["leaving"]
        same = rates["sick"] + rates["leave"] + rates["release"]
        likely = -np.expm1(-leaving * (rates["absence"] + rates["surrender"]) - same)
        status, _, kind = self.soldiers[u]
        left = np.flatnonzero((status == codes.DUTY) & (self.draw.random(status.size) < likely[kind]))
        status[left] = [exits.whither(rates, leaving[k], p, self.rng) for k in kind[left]]
        for name, fate in _COUNTED.items():
            today[name] += np.count_nonzero(status[left] == fate)
        self._count(u)

    def _arrest(self, u: int, today: Record) -> None:
        status = self.soldiers[u][0]
        likely = self.p[self.where.force[u]]["refusal.detained"]
        taken = (status == codes.DUTY) & (self.draw.random(status.size) < likely)
        status[taken] = codes.DETAINED
        today["detained"] += np.count_nonzero(taken)
        self._count(u)

    def _refill(self, u: int, today: Record) -> None:
        unit, p, full = self.units[u], self.p[self.where.force[u]], self.where.establishment[u]
        rates = np.zeros(len(STATUSES))
        rates[codes.WOUNDED], rates[codes.SICK] = 1.0 / p["losses.return_days"], 1.0 / p["exits.sick_days"]
        rates[codes.LEAVE], rates[codes.DETAINED] = 1.0 / p["exits.leave_days"], 1.0 / p["exits.detained_days"]
        rates[codes.ABSENT] = p["exits.returning"] + 1.0 / p["exits.struck_days"]
        status = self.soldiers[u][0]
        moving = np.flatnonzero(self.draw.random(status.size) < -np.expm1(-rates)[status])
        struck = self.draw.random(moving.size) * rates[codes.ABSENT] >= p["exits.returning"]
        gone = (status[moving] == codes.ABSENT) & struck
        status[moving] = np.where(gone, codes.DESERTED, codes.DUTY)
        self._count(u)
        fresh, back = replacement.arriving(unit, full, p, self.rng), int(np.count_nonzero(~gone))
        self._join(u, fresh, full)
        condition.mingle(unit, back, fresh, unit["heads"][codes.DUTY], p)
        today["returned"] += back
        today["replaced"] += fresh

    def _join(self, u: int, fresh: int, full: int) -> None:
        """Bring replacements to a unit, one after the other, because each joins the company that is shortest then."""
        unit, companies = self.units[u], []
        for _ in range(fresh):
            companies.append(replacement.company(unit, full, self.rng))
            unit["here"][codes.DUTY, companies[-1]] += 1
        unit["heads"][codes.DUTY] += fresh
        unit["replaced"] += fresh
        if fresh:
            joined = np.stack([np.zeros(fresh, np.int64), np.array(companies), self._kinds(u, "later", fresh)])
            self.soldiers[u] = np.concatenate([self.soldiers[u], joined], axis=1)

    def _kinds(self, u: int, shares: str, number: int) -> NDArray[np.int64]:
        """Draw the classes of soldiers from shares summed up."""
        bounds = self.makeup[self.where.force[u]][shares][:-1]
        return np.searchsorted(bounds, self.draw.random(number), side="right")

    def _muster(self, u: int) -> NDArray[np.int64]:  # type: ignore[override]
        force, full = self.where.force[u], int(self.where.establishment[u])
        number = muster.begin_unit(self.units[u], full, self.p[force], self.makeup[force], self.rng)
        company = np.arange(number) % int(self.units[u]["parts"])
        self.units[u]["heads"][codes.DUTY] = number
        self.units[u]["here"][codes.DUTY] = np.bincount(company, minlength=PARTS)
        return np.stack([np.full(number, codes.DUTY), company, self._kinds(u, "first", number)])

    def _count(self, u: int) -> None:
        status, company, _ = self.soldiers[u]
        self.units[u]["heads"] = np.bincount(status, minlength=len(STATUSES))
        self.units[u]["here"][codes.DUTY] = np.bincount(company[status == codes.DUTY], minlength=PARTS)
