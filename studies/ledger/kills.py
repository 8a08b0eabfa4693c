"""SIGKILL at random moments of a small writer: nothing that was acknowledged is lost.

    python studies/ledger/kills.py --ledger PLACE --kills 20 --seed 1

One writer after another appends small batches to the same ledger and says which were acknowledged. Each is killed at
a moment drawn at random; then the ledger is opened, verified, and asked for all that was ever acknowledged.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import time
from datetime import UTC, date, datetime

from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

LONGEST = 0.4
"""Seconds after the first acknowledgement within which a writer is killed."""


def report(text: str) -> Report:
    return Report(source="a writer", published=date(2022, 5, 17), text=text, original="0" * 64, format="text")


def write(place: str, writer: int, told: int) -> None:
    """Append for ever, and write each acknowledged id to the pipe `told`."""
    with Ledger(place) as ledger:
        batch = 0
        while True:
            records = [report(f"writer {writer}, batch {batch}, text {n} " + "x" * 300) for n in range(3)]
            ledger.append(records, recorded=datetime.now(UTC))
            os.write(told, "".join(f"{record.id}\n" for record in records).encode())
            batch += 1


def killed(place: str, writer: int, after: float) -> list[str]:
    """Let a writer work, kill it `after` seconds, return what it was told is kept."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        write(place, writer, told)
    os.close(told)
    said = os.read(heard, 65536)  # the first acknowledgement: it is at work
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    while more := os.read(heard, 65536):
        said += more
    os.waitpid(child, 0)
    os.close(heard)
    return said.decode().splitlines()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    drawn = random.Random(asked.seed)  # noqa: S311
    acknowledged: list[str] = []
    lost = unsound = 0
    for number in range(asked.kills):
        acknowledged += killed(asked.ledger, number, drawn.uniform(0, LONGEST))
        with Ledger(asked.ledger) as ledger:
            kept = {row.id for row in ledger.records("report", as_of=date.max)}
            lost += any(name not in kept for name in acknowledged)
            unsound += not ledger.verify().sound
    result = {"kills": asked.kills, "after which something was lost": lost, "after which unsound": unsound}
    print(json.dumps({**result, "acknowledged": len(acknowledged), "kept": len(kept)}))


if __name__ == "__main__":
    main()
