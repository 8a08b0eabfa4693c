"""Exports: each is sound by the rules of its own format, and says no more than the records."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from prov.model import ProvDocument
from rocrate.rocrate import ROCrate
from stix2validator import ValidationOptions, validate_string

from strategies import claim_of
from tocsin.evidence.grade import Grade
from tocsin.ids import ClaimId, document, sha256
from tocsin.products.exports.annotation import annotated, text_name
from tocsin.products.exports.crate import crate
from tocsin.products.exports.kept import Collection, Kept
from tocsin.products.exports.provenance import provenance
from tocsin.products.exports.sheet import COLUMNS, rows
from tocsin.products.exports.stix import CONFIDENCE, bundle
from tocsin.reports.report import Report
from tocsin.store.entry import Record, entry

RECORDED = datetime(2031, 5, 6, 12, tzinfo=UTC)
TEXT = 'Line one.\n"Two companies refused", a colonel said; 𐍈 <script>alert(1)</script>.'
REPORT = Report(
    source="=a paper",
    published=date(2031, 5, 5),
    text=TEXT,
    original="0" * 64,
    format="text",
    url="https://paper.example/1?a=b",
)
CLAIM = replace(claim_of(REPORT, "refusal"), force="Norland")


def grade(claim: ClaimId, credibility: int, grader: str = "tocsin") -> Grade:
    return Grade(
        claim=claim,
        reliability="B",
        accuracy=0.75,
        credibility=credibility,
        grader=grader,
        reasons=("a reason",),
        known=date(2031, 5, 5),
    )


def kept(record: Record) -> Kept:
    row = entry(record, RECORDED)
    return Kept(**{**row, "body": json.loads(row["body"])})


def collected(*records: Record) -> Collection:
    return Collection(kept(record) for record in records)


ALL = collected(REPORT, CLAIM, grade(CLAIM.id, 2))


def test_an_annotation_points_at_the_quote_by_place_and_by_words() -> None:
    (made,) = annotated(ALL)["first"]["items"]
    place, quote = made["target"]["selector"]

    assert TEXT[place["start"] : place["end"]] == quote["exact"] == CLAIM.quote
    assert TEXT.startswith(quote["prefix"], place["start"] - len(quote["prefix"]))
    assert made["target"]["source"]["id"] == text_name(TEXT)
    assert made["body"][0]["value"] == "refusal"


def test_a_claim_whose_report_is_not_exported_is_not_annotated() -> None:
    assert annotated(collected(CLAIM))["total"] == 0


def test_provenance_is_read_back_by_the_library_of_the_standard() -> None:
    made = provenance(ALL)
    back = ProvDocument.deserialize(content=json.dumps(made), format="json")

    assert json.loads(back.serialize(format="json")).keys() == made.keys()
    derived = {(one["prov:generatedEntity"], one["prov:usedEntity"]) for one in made["wasDerivedFrom"].values()}
    assert (f"tocsin:{CLAIM.id}", f"tocsin:{REPORT.id}") in derived
    assert made["entity"][f"tocsin:{REPORT.id}"]["tocsin:sha256"] == kept(REPORT).digest


@pytest.mark.parametrize("credibility", [1, 2, 3, 4, 5, 6])
def test_the_official_validator_finds_the_bundle_sound(credibility: int) -> None:
    made = bundle(collected(REPORT, CLAIM, grade(CLAIM.id, credibility)))
    found = validate_string(json.dumps(made), ValidationOptions(version="2.1", strict=True))

    assert found.is_valid, [str(error) for error in found.errors]
    (note,) = [one for one in made["objects"] if one["type"] == "note"]
    assert note.get("confidence") == CONFIDENCE.get(credibility)


def test_confidence_goes_by_the_analyst_where_there_is_one_and_never_by_reliability() -> None:
    made = bundle(collected(REPORT, CLAIM, grade(CLAIM.id, 2), grade(CLAIM.id, 5, grader="a person")))
    (note,) = [one for one in made["objects"] if one["type"] == "note"]

    assert note["confidence"] == 10


def test_an_empty_ledger_makes_an_empty_bundle() -> None:
    assert bundle(collected())["objects"] == []


def test_the_same_records_give_the_same_bytes() -> None:
    for made in (bundle, provenance, annotated):
        assert document(made(ALL)) == document(made(Collection(reversed(ALL.records))))


def test_a_row_has_every_column_and_the_grade_that_counts() -> None:
    (row,) = rows(ALL)

    assert tuple(row) == COLUMNS
    assert (row["credibility"], row["report_url"], row["quote"]) == (2, REPORT.url, CLAIM.quote)


def test_a_crate_opens_in_the_library_of_the_standard_and_its_hashes_hold(tmp_path: Path) -> None:
    files = {"records.json": "[]\n", "claims.csv": "id\n", "provenance.json": document(provenance(ALL))}
    for name, text in crate(files, ALL).items():
        (tmp_path / name).write_bytes(text.encode())
    opened: Any = ROCrate(str(tmp_path))

    hashes = {one.id: one["sha256"] for one in opened.data_entities}
    assert hashes == {name: sha256(text.encode()) for name, text in files.items()}


def test_no_export_holds_what_looks_like_a_coordinate_field() -> None:
    texts = [json.dumps(one) for one in (bundle(ALL), provenance(ALL), annotated(ALL))]

    assert not any(re.search(r'"(lat|lon|latitude|longitude|coordinates)"', text) for text in texts)
