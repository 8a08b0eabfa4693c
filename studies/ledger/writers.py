"""Several writers at once: nothing lost, nothing doubled.

    python studies/ledger/writers.py --ledger PLACE --writers 8 --seconds 60

Each writer is a process of its own. It appends reports that only it writes and reports that all of them write, a few
at a time, and counts what the ledger acknowledged as new. PLACE must not hold a ledger yet.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from datetime import UTC, date, datetime
from typing import Any

from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

SHARED = 3
"""Every so many batches hold a report that the other writers append too."""


def report(text: str) -> Report:
    return Report(source="a writer", published=date(2022, 5, 17), text=text, original="0" * 64, format="text")


def write(place: str, writer: int, seconds: float, start: Any) -> tuple[int, list[str]]:
    """Append until the time is over; return how many were new, and the ids of all that was acknowledged."""
    new, sent, batch = 0, [], 0
    with Ledger(place) as ledger:
        start.wait()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            own = [report(f"writer {writer}, batch {batch}, text {number}") for number in range(1 + batch % 4)]
            records = [*own, report(f"shared {batch}")] if batch % SHARED == 0 else own
            new += ledger.append(records, recorded=datetime.now(UTC))
            sent += [record.id for record in records]
            batch += 1
    return new, sent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    context = multiprocessing.get_context("fork")
    start = context.Manager().Barrier(asked.writers)
    with context.Pool(asked.writers) as pool:
        done = pool.starmap(write, [(asked.ledger, n, asked.seconds, start) for n in range(asked.writers)], 1)
    with Ledger(asked.ledger) as ledger:
        kept = [row.id for row in ledger.records("report", as_of=date.max)]
        verdict = ledger.verify()
    acknowledged = {name for _, sent in done for name in sent}
    result = {
        "writers": asked.writers,
        "seconds": asked.seconds,
        "appends": sum(len(sent) for _, sent in done),
        "new": sum(new for new, _ in done),
        "kept": len(kept),
        "lost": len(acknowledged - set(kept)),
        "doubled": len(kept) - len(set(kept)),
        "least of a writer": min(len(sent) for _, sent in done),
        "sound": verdict.sound and verdict.rows == len(kept),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
