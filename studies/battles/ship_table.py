"""Make the compact table that ships with Tocsin from the CDB90 source table; judgements made afterwards stay out.

Usage: python studies/battles/ship_table.py SOURCE.csv
"""

import csv
import sys
from pathlib import Path

from tocsin.inference.battles.table import COLUMNS, SHIPPED


def main(source: Path) -> None:
    with source.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    columns = [column for column in rows[0] if column in COLUMNS or column == "name"]
    with SHIPPED.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} battles in {SHIPPED.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
