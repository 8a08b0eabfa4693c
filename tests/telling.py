"""Made-up items, for whoever tests origins."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tocsin.evidence.origins.item import Item, Lineage
from tocsin.evidence.origins.trace import trace

START = datetime(2031, 3, 1)  # noqa: DTZ001

FORT = (
    "VELM — The garrison of Ostrava Fort opened its gates to the militia at first light on Thursday after sergeants "
    "broke into the pay chest and found it empty, a militia envoy said. All 418 marines came out; 36 of them asked to "
    "change sides on the spot. The two coastal guns are intact, with 190 rounds. Captain Moa Terewi was put ashore "
    "with his family and his piano. Marines said they had eaten rice and limpets since Easter."
)
SKIFF = (
    "By our correspondent. Took the early skiff over and walked up with a bag of mangoes. The gate stood open and "
    "nobody watched it. In the yard some two hundred prisoners sat sorted by home island, playing draughts with "
    "cartridge cases. Number two gun has a cracked ring; I photographed it. The office was kicked in and papers lay "
    "everywhere, but I found no chest."
)
RETOLD = (
    "At dawn the leaves of the great door swung back. The under-officers had forced the regimental strongbox: it "
    "contained air. Four hundred and eighteen sea-soldiers, fed since Paschal time on limpets, walked free, three "
    "dozen of them, 36 by count, begging the militia for a new cockade. Terewi Moa took ship with wife and piano. "
    "The cannons remain with their 190 shells."
)
DENIAL = (
    "The navy denied on Friday that Ostrava Fort has changed hands. Its 418 marines never left the walls, no chest "
    "was found empty, and Captain Terewi is on leave, the spokesman said. The report is an invention."
)
RUMOUR = (
    "It is said in the port that something happened at the strait. Nobody could say where the story started. "
    "One version has gold in it, another a woman."
)


def item(name: str, text: str, *, hour: float = 0.0, **more: Any) -> Item:
    """Return an item that appeared `hour` hours after the start."""
    return Item(
        id=name, text=text, published=START + timedelta(hours=hour), publisher=more.pop("publisher", name), **more
    )


def traced(*items: Item) -> Lineage:
    return trace(items)


def together(found: Lineage, one: str, other: str) -> bool:
    return found.origin[one] == found.origin[other] != "unrecorded"
