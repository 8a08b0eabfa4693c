"""By what function each pattern is looked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from tocsin.inference.patterns import battles, fronts, leaving, refusing, wars
from tocsin.inference.patterns.bench import Bench

SHOWN: Final[Mapping[str, Callable[[Bench], dict[str, float]]]] = MappingProxyType(
    {
        "V1": battles.losers,
        "V2": battles.winners,
        "V3": battles.larger_share,
        "V4": battles.thirty_per_cent,
        "V5": fronts.causes,
        "V6": battles.loss_ratio,
        "V7": fronts.abandoned,
        "V8": refusing.whole_or_nothing,
        "V9": refusing.concession,
        "V10": refusing.garrison,
        "V12": wars.surrenders,
        "V13": leaving.without_collapse,
        "V14": leaving.bombing,
        "V15": fronts.exhaustion,
        "V16": leaving.diversity,
        "V17": leaving.blocking,
        "V18": refusing.grievances,
        "V19": leaving.false_picture,
        "V20": wars.removals,
        "V21": wars.desertion,
        "V22": refusing.timing,
    }
)
"""How each pattern of the army is looked for; those that a study shows are not here."""
