"""Make the series and the order of battle of a case from the public tables they rest on.

    python studies/ukraine_2022/build_case.py --data DIR --out DIR

DIR with the data holds equipment_losses.csv, territory.csv, claimed_personnel.csv, named_dead.csv and
order_of_battle.csv. The same tables give the same bytes. What each column means, and why the rows are cut
as they are, stands in docs/reference/data-sources.md.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

Row = dict[str, str]

SERIES = (
    "known", "start", "end", "force", "indicator", "value", "of", "unit",
    "speaker", "speaker_kind", "source", "vintage",
)  # fmt: skip
UNITS = ("known", "force", "unit", "echelon", "branch", "parent", "battalion_groups")
ECHELONS = ("brigade", "regiment", "battalion")
LEFT_BEHIND = ("abandoned", "captured")
BRANCHES = {
    "Armor": "armor",
    "Artillery": "artillery",
    "Rocket Artillery": "artillery",
    "VDV": "airborne",
    "Airborne": "airborne",
    "Infantry Airborne": "airborne",
    "Naval Infantry": "naval infantry",
    "Marine": "naval infantry",
    "Motorized Rifle": "mechanized",
    "Mechanized Infantry": "mechanized",
    "Motorized Infantry": "mechanized",
    "Infantry": "infantry",
    "Light Infantry": "light infantry",
    "Recon": "reconnaissance",
    "Special Purpose": "special purpose",
}


def table(path: Path) -> Iterator[Row]:
    """Stream a table's rows."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def week_of(day: date, start: date) -> tuple[date, date]:
    """Return the week, counted from the first day of the war, that a day lies in."""
    first = start + timedelta(days=(day - start).days // 7 * 7)
    return first, first + timedelta(days=6)


def number(value: float) -> str:
    """Write a number without needless digits."""
    return str(int(value)) if value == int(value) else f"{value:.3f}".rstrip("0")


def row(span: tuple[date, date, date], force: str, indicator: str, value: float, unit: str, /, **rest: str) -> Row:
    """One row of a series; `span` is known, start, end."""
    known, start, end = span
    return {
        "known": known.isoformat(),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "force": force,
        "indicator": indicator,
        "value": number(value),
        "of": "",
        "unit": unit,
    } | rest


def losses(rows: Iterable[Row], start: date) -> Iterator[Row]:
    """Count the equipment recorded as lost by week and force, and the part of it that was left behind.

    The first day holds everything recorded until then and is one row. `end` and `known` are the last day
    of the week on which anything was recorded: no row says more than could be read by its day. A row
    starts where the one before ended; a week without records has no row, for nobody counted then, and what
    was recorded after it may have been lost in it.
    """
    days: dict[date, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for entry in rows:
        key = (entry["country"], entry["status"] in LEFT_BEHIND)
        days[date.fromisoformat(entry["date_recorded"])][key] += 1
    backlog = min(days)
    last = {None if day == backlog else week_of(day, start): day for day in sorted(days)}
    forces = sorted({force for counts in days.values() for force, _ in counts})
    by = {"speaker": "Oryx", "speaker_kind": "ngo", "source": "Oryx", "vintage": "as_published"}
    begin = start
    for end in last.values():
        counts = sum((days[day] for day in days if begin <= day <= end), Counter[tuple[str, bool]]())
        for force in forces:
            left, total = counts[force, True], counts[force, True] + counts[force, False]
            if total:
                yield row((end, begin, end), force, "losses", total, "vehicles", **by)
                share = row((end, begin, end), force, "abandonment", left, "vehicles", **by)
                yield share | {"of": number(total)}
        begin = end + timedelta(days=1)


def territory(rows: Iterable[Row], start: date, holder: str, other: str) -> Iterator[Row]:
    """Net ground lost by week, in km2: one row for the force that lost it, none where nothing moved."""
    held = {date.fromisoformat(entry["date"]): float(entry["area_km2"]) for entry in rows}
    by = {"speaker": "Liveuamap", "speaker_kind": "media", "source": "Liveuamap", "vintage": "reconstructed"}
    before = held[start - timedelta(days=1)]
    for day in sorted(held):
        first, last = week_of(day, start)
        if day < start or (day != last and day != max(held)):
            continue
        change, before = held[day] - before, held[day]
        if change:
            yield row((day, first, day), other if change > 0 else holder, "offensive_failure", abs(change), "km2", **by)


def claimed(rows: Iterable[Row], start: date, force: str) -> Iterator[Row]:
    """Give the running total of personnel that the other side claims, as it stood at the end of each week."""
    last: dict[date, tuple[date, float]] = {}
    for entry in rows:
        day = date.fromisoformat(entry["date"])
        last[week_of(day, start)[0]] = (day, float(entry["personnel"]))
    speaker = "Ukrainian General Staff"
    by = {"speaker": speaker, "speaker_kind": "military", "source": speaker, "vintage": "as_published"}
    for day, value in last.values():
        yield row((day, start, day), force, "losses", value, "soldiers", **by)


def named_dead(rows: Iterable[Row], start: date, columns: dict[str, str]) -> Iterator[Row]:
    """Dead known by name, by week and force: a later state of the lists, so vintage `final`."""
    sums: dict[date, Counter[str]] = defaultdict(Counter)
    last: dict[date, date] = {}
    for entry in rows:
        day = date.fromisoformat(entry["isoDate"])
        if day < start:
            continue
        week = week_of(day, start)[0]
        last[week] = day
        sums[week].update({force: int(entry[column]) for force, column in columns.items()})
    source = "Ukraine War Losses"
    by = {"speaker": source, "speaker_kind": "ngo", "source": source, "vintage": "final"}
    known = max(last.values())
    for week, counts in sums.items():
        for force in columns:
            yield row((known, week, last[week]), force, "losses", counts[force], "soldiers", **by)


def order_of_battle(rows: Iterable[Row], names: dict[str, str]) -> Iterator[Row]:
    """One row a fighting unit a snapshot; a unit drawn twice in a snapshot counts once, with its larger strength."""
    units: dict[tuple[str, str, str], Row] = {}
    for entry in rows:
        echelon = entry["strength"].lower()
        if entry["type"] == "Headquarters" or echelon not in ECHELONS:
            continue
        given = entry["strength_in_btg_text"] != ""
        groups = number(float(entry["strength_in_btg_number"])) if given else ""
        key = (entry["date"], entry["country"], entry["unit"])
        if key in units:
            groups = max(groups, units[key]["battalion_groups"], key=lambda text: float(text or 0))
        units[key] = {
            "known": entry["date"],
            "force": names[entry["country"]],
            "unit": entry["unit"],
            "echelon": echelon,
            "branch": BRANCHES[entry["type"].split(" (")[0]],
            "parent": entry["subordinate_to"],
            "battalion_groups": groups,
        }
    yield from (units[key] for key in sorted(units, key=lambda key: key[:2]))


def write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Write rows as CSV with plain line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def build(data: Path, out: Path) -> None:
    """Write all tables of the case."""
    start = date(2022, 2, 24)
    dead = {"Russia": "russiaDeaths", "Ukraine": "ukraineDeaths"}
    series = {
        "losses": losses(table(data / "equipment_losses.csv"), start),
        "territory": territory(table(data / "territory.csv"), start, "Russia", "Ukraine"),
        "claimed_personnel": claimed(table(data / "claimed_personnel.csv"), start, "Russia"),
        "named_dead": named_dead(table(data / "named_dead.csv"), start, dead),
    }
    for name, rows in series.items():
        write(out / "series" / f"{name}.csv", SERIES, rows)
    units = order_of_battle(table(data / "order_of_battle.csv"), {"ru": "Russia", "ua": "Ukraine"})
    write(out / "order_of_battle.csv", UNITS, units)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public tables")
    parser.add_argument("--out", type=Path, required=True, help="folder of the case")
    arguments = parser.parse_args()
    build(arguments.data, arguments.out)
