"""`--by-model` at the front door: who is asked, what it may cost, and what the user is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from stub import Reply, stub

ARTICLE = "date: 2031-05-05\nTwo companies refused to advance, a colonel said.\n"
FOUND = {
    "sentence": "Two companies refused to advance, a colonel said.",
    "quote": "refused to advance",
    "indicator": "refusal",
    "polarity": "affirmed",
    "modality": "asserted",
    "force": None,
    "formation": None,
    "echelon": "company",
    "speaker": "a colonel",
    "speaker_kind": "military",
    "speaker_named_here": True,
    "chain": [],
    "hedges": [],
    "happened_from": None,
    "happened_to": None,
    "quantity": None,
}


def tocsin(folder: Path, *arguments: str, **environment: str) -> Any:
    (folder / "article.txt").write_text(ARTICLE)
    command = [sys.executable, "-m", "tocsin", "read", "article.txt", "--ledger", "l.db", *arguments]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
    return subprocess.run(
        command, cwd=folder, env=inherited | environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_model_reads_and_the_last_line_counts_what_it_did(tmp_path: Path) -> None:
    with stub([Reply(json.dumps({"claims": [FOUND]}))]) as server:
        ran = tocsin(tmp_path, "--by-model", TOCSIN_LLM_URL=server.url, TOCSIN_LLM_MODEL="stub")

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["extractor"] == "llm:stub"
    assert "1 claims kept, 1 requests" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        ((), {}, "Set TOCSIN_LLM_URL"),
        ((), {"TOCSIN_LLM_URL": "http://127.0.0.1:9/v1"}, "TOCSIN_LLM_MODEL"),
        (
            (),
            {"TOCSIN_LLM_URL": "http://127.0.0.1:9/v1", "TOCSIN_LLM_MODEL": "m", "TOCSIN_LLM_RATE": "fast"},
            "TOCSIN_LLM_RATE",
        ),
        (
            ("--up-to", "10"),
            {"TOCSIN_LLM_URL": "http://127.0.0.1:9/v1", "TOCSIN_LLM_MODEL": "m"},
            "Nothing was sent",
        ),
    ],
)
def test_what_is_missing_or_too_much_is_told_before_anything_is_sent(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    ran = tocsin(tmp_path, "--by-model", *arguments, **environment)

    assert ran.returncode == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
