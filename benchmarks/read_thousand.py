"""How long a thousand made-up reports of a thousand words take on all cores, redaction on, and how much memory.

Usage: python benchmarks/read_thousand.py [DOCUMENTS]
"""

from __future__ import annotations

import os
import resource
import sys
import time
from datetime import date

from tocsin.claims.read import read_claims
from tocsin.reports.normalise import normalise
from tocsin.reports.redact import redact
from tocsin.reports.report import Report

PAGE = """
The Norland defence ministry said on Tuesday that two battalions had refused orders to attack near the river.
Officers of the Sudland army denied that any of its units had surrendered. "We had no fuel and no bread for a
week," a soldier of the 4th Rifle Regiment said. His company had lost a third of its men since March, he
added. Mothers of conscripts gathered in front of the ministry and asked where their sons were. According to
an aid group, men who tried to leave were beaten. The talks in the capital went on without a result.
"""


def main(count: int) -> None:
    started = time.perf_counter()
    reports = []
    for number in range(count):
        text = redact(normalise(f"{number}. {PAGE * 10}"))
        reports.append(Report(source="Wire", published=date(2031, 4, 1), text=text, original="0" * 64, format="text"))
    redacted = time.perf_counter() - started
    claims = sum(1 for _ in read_claims(reports, processes=len(os.sched_getaffinity(0))))
    took = time.perf_counter() - started
    own = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    )
    words = len(reports[0].text.split())
    print(f"{count} documents of {words} words, {claims} claims: {took:.1f} s ({redacted:.1f} s of redaction)")
    print(f"{count / took:.1f} documents a second; at most {own / 1024:.0f} MB in all processes")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
