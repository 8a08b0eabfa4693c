"""Fuzz every door in turn, one process at a time, and print what came of it: run.py --minutes 30."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from seeds import SEEDS

STATS = {
    "runs": r"stat::number_of_executed_units:\s*(\d+)",
    "slowest s": r"stat::slowest_unit_time_sec:\s*(\d+)",
    "peak MB": r"stat::peak_rss_mb:\s*(\d+)",
}


def main() -> int:
    """Fuzz the doors named (all of them by default); return 1 where one broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("doors", nargs="*", default=list(SEEDS))
    parser.add_argument("--minutes", type=float, default=30.0, help="in all, shared by the doors")
    options = parser.parse_args()
    seconds = max(1, round(options.minutes * 60 / len(options.doors)))
    broken = 0
    print("door", *STATS, "finds", sep="\t", flush=True)
    for door in options.doors:
        code, said = fuzz(door, seconds)
        found = [match[1] if (match := re.search(pattern, said)) else "?" for pattern in STATS.values()]
        finds = [path.name for path in Path(".cache/fuzz", door).glob("*-*") if path.is_file()] if code else []
        broken += code != 0
        print(door, *found, ", ".join(finds) or ("none" if code == 0 else f"code {code}"), sep="\t", flush=True)
    return int(broken > 0)


def fuzz(door: str, seconds: int) -> tuple[int, str]:
    """Fuzz one door for so long; return its exit code and what it said."""
    script = Path(__file__).with_name("fuzz.py")
    command = [sys.executable, str(script), door, f"-max_total_time={seconds}", "-print_final_stats=1", "-verbosity=0"]
    ran = subprocess.run(  # noqa: S603  our own script
        command, capture_output=True, text=True, errors="replace", check=False
    )
    Path(".cache/fuzz", door, "log.txt").write_text(ran.stdout + ran.stderr)
    return ran.returncode, ran.stderr + ran.stdout


if __name__ == "__main__":
    sys.exit(main())
