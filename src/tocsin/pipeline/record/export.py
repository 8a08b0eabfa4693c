"""Export: the ledger's records to files in the formats of others, and back from our own."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from tocsin.cells import harmless
from tocsin.ids import canonical, document, sha256
from tocsin.pipeline.record.score import judged
from tocsin.products.exports.annotation import annotated
from tocsin.products.exports.crate import crate
from tocsin.products.exports.hubverse import hub
from tocsin.products.exports.kept import Collection, Kept
from tocsin.products.exports.provenance import provenance
from tocsin.products.exports.sheet import COLUMNS, rows
from tocsin.products.exports.stix import bundle
from tocsin.store.entry import KINDS, Row
from tocsin.store.ledger import Ledger
from tocsin.store.series import write_ensemble

FORM: Final = "tocsin-records-1"
"""What a file of exported records says of its own form."""


def exported(ledger: Ledger, form: str, *, as_of: date, case: str | None = None) -> dict[str, str]:
    """Return the files of an export by name: what was known by a day and not erased."""
    if form == "hubverse":
        return hub([one for _, one in judged(ledger, case=case)])
    kept = collect(ledger, as_of)
    if form == "ro-crate":
        every = {name: make(kept) for makers in MAKERS.values() for name, make in makers.items()}
        return crate(every, kept)
    return {name: make(kept) for name, make in MAKERS[form].items()}


def collect(ledger: Ledger, as_of: date) -> Collection:
    """Return the records that were known by a day, without those that were erased."""
    return Collection(_kept(row) for kind in KINDS for row in ledger.records(kind, as_of=as_of) if row.body is not None)


def write_claims(path: Path, ledger: Ledger, as_of: date) -> None:
    """Write the claims known by a day as a Parquet table."""
    found = list(rows(collect(ledger, as_of)))
    write_ensemble(path, {name: np.array([row[name] for row in found], dtype=object) for name in COLUMNS})


def _kept(row: Row) -> Kept:
    body = row.body or {}
    digest = sha256(canonical(body).encode())
    return Kept(
        id=row.id,
        kind=row.kind,
        known=row.known,
        recorded=row.recorded,
        report=row.report,
        digest=digest,
        body=body,
    )


def _records(kept: Collection) -> str:
    listed = [
        {"id": one.id, "recorded": one.recorded.isoformat(), "digest": one.digest, "body": dict(one.body)}
        for one in kept.records
    ]
    return document({"form": FORM, "records": listed})


def _claims(kept: Collection) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(kept):
        writer.writerow("" if value is None else harmless(str(value)) for value in row.values())
    return text.getvalue()


MAKERS: Final[Mapping[str, Mapping[str, Callable[[Collection], str]]]] = {
    "json": {"records.json": _records},
    "csv": {"claims.csv": _claims},
    "annotation": {"annotations.json": lambda kept: document(annotated(kept))},
    "prov": {"provenance.json": lambda kept: document(provenance(kept))},
    "stix": {"bundle.json": lambda kept: document(bundle(kept))},
}
"""What each format makes: files by name."""
