"""M1 in Mesa, as its documentation would have it: an agent a soldier, a model that lets them step."""

import math
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from soldiers import army
from soldiers.army import A_BATTALION, A_BRIGADE, COMPANY, LONGEST, MEASURES, MEN, MOODS, SQUADS, TRAITS, People

LEVEL, SPITE, TREE, BOUND = (float(x) for x in (army.LEVEL, army.SPITE, army.TREE, army.BOUND))
FADE, BUMP, KEEP, GRIP, PULL = (float(x) for x in (army.FADE, army.BUMP, army.KEEP, army.GRIP, army.PULL))
WEIGHTS, AIM, LOADS, WAY = ([float(x) for x in row] for row in (army.WEIGHTS, army.AIM, army.LOADS, army.WAY))
SLOPES = [[float(x) for x in row] for row in army.SLOPES]


class Soldier(mesa.Agent):
    """One soldier with his traits, moods, friends and days."""

    def __init__(self, model: "Army", company: int, place: int, traits: list[float]) -> None:
        super().__init__(model)
        self.company, self.squad = company, company * SQUADS + place % SQUADS
        self.traits = traits
        self.moods = [0.0] * MOODS
        self.spite = self.bump = 0.0
        self.days = 0
        self.present = True
        self.friends: list[Soldier] = []

    def step(self) -> None:
        """Feel, and perhaps leave."""
        feel = self.model.mood[self.company]
        a, b, c, d = self.traits
        self.moods = [base + s[0] * a + s[1] * b + s[2] * c + s[3] * d for base, s in zip(feel, SLOPES, strict=True)]
        self.spite = FADE * (self.spite + self.bump)
        self.bump = 0.0
        random = self.random.random
        first, second, third = random(), random(), random()
        if not self.present:
            return
        self.days += 1
        x = LEVEL + SPITE * self.spite + TREE * self.model.squad_pressure[self.squad]
        for load, mood in zip(LOADS, self.moods, strict=True):
            x += load * mood
        if first < BOUND / (1.0 + math.exp(-x)):
            self.present = False
            self.model.leave(self, second, third)


class Army(mesa.Model):
    """All companies, and what goes up and down their tree."""

    def __init__(self, who: People, seed: int) -> None:
        super().__init__(seed=seed)
        self.companies = who.traits.shape[0]
        self.mood = [[0.0] * MOODS for _ in range(self.companies)]
        self.squad_pressure = [0.0] * (self.companies * SQUADS)
        self.left = [0] * (self.companies * SQUADS)
        self.away: list[tuple[Soldier, float, float]] = []
        for company in range(self.companies):
            mine = [
                Soldier(self, company, place, [float(who.traits[company, t, place]) for t in range(TRAITS)])
                for place in range(COMPANY)
            ]
            for soldier, ties in zip(mine, who.friends[company], strict=True):
                soldier.friends = [mine[tie] for tie in ties]

    def leave(self, soldier: Soldier, way: float, days: float) -> None:
        """Note who left; what follows from it comes tomorrow."""
        self.away.append((soldier, way, days))

    def step(self) -> None:
        """One day."""
        self.press()
        self.away = []
        self.agents.do("step")
        self.left = [0] * len(self.left)
        for soldier, _, _ in self.away:
            self.left[soldier.squad] += 1
            for friend in soldier.friends:
                friend.bump += BUMP

    def press(self) -> None:
        """Yesterday's leaving, up the tree and into moods."""
        lost = [sum(self.left[c * SQUADS : (c + 1) * SQUADS]) for c in range(self.companies)]
        army_share = sum(lost) / (self.companies * COMPANY)
        for c in range(self.companies):
            first, group = c // A_BATTALION * A_BATTALION, c // A_BRIGADE * A_BRIGADE
            pressed = WEIGHTS[1] * lost[c] / COMPANY + WEIGHTS[4] * army_share
            pressed += WEIGHTS[2] * sum(lost[first : first + A_BATTALION]) / (A_BATTALION * COMPANY)
            pressed += WEIGHTS[3] * sum(lost[group : group + A_BRIGADE]) / (A_BRIGADE * COMPANY)
            self.mood[c] = [
                KEEP * m + (1 - KEEP) * (aim - GRIP * pressed) for m, aim in zip(self.mood[c], AIM, strict=True)
            ]
            for squad in range(c * SQUADS, (c + 1) * SQUADS):
                self.squad_pressure[squad] = pressed + WEIGHTS[0] * self.left[squad] / MEN


def run(who: People, days: int, seed: int) -> NDArray[np.float64]:
    """(days, MEASURES) counts of one run."""
    model = Army(who, seed)
    out = np.zeros((days, len(MEASURES)))
    for today in out:
        model.step()
        today[0] = len(model.away)
        for soldier, way, days_away in model.away:
            today[1 + _chosen(way, soldier.moods[0])] += 1
            today[6] += 1 + int(days_away * LONGEST)
        today[7] = sum(count >= 2 for count in model.left)
    return out


def _chosen(uniform: float, first_mood: float) -> Any:
    total = WAY[0] + PULL * min(max(first_mood, -1.0), 1.0)
    if uniform < total:
        return 0
    total = WAY[0] + WAY[1]
    for way in range(1, 4):
        if uniform < total:
            return way
        total += WAY[way + 1]
    return 4
