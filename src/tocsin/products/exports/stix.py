"""Reports and claims as STIX 2.1; confidence says how credible a claim is, and nothing else.

A source and a force are identities, a report is a Report, a claim a Note. The scale of credibility is that of the
standard's appendix for the Admiralty code: 1 to 90, 2 to 70, 3 to 50, 4 to 30, 5 to 10, and nothing for 6.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from tocsin.products.exports.kept import Collection, Kept

CONFIDENCE: Final = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}
SHOWN: Final = ("indicator", "polarity", "modality", "speaker", "formation")


def bundle(records: Collection) -> dict[str, Any]:
    """Return a bundle; the same records give the same ids and bytes."""
    from stix2 import Bundle  # noqa: PLC0415  slow to load, needed only here

    begun = min((one.known for one in records.records), default=datetime.now(UTC).date())
    made = datetime.combine(begun, time(), UTC)
    identities: dict[tuple[str, str], Any] = {}
    objects: list[Any] = []
    notes: dict[str, list[Any]] = {}
    for claim in records.of("claim"):
        if str(claim.body.get("report")) in records.by_id:
            notes.setdefault(str(claim.body["report"]), []).append(_note(claim, records, identities, made))
    for report in records.of("report"):
        mine = notes.get(report.id, [])
        objects += [*mine, _report(report, mine, identities, made)]
    whole = [*identities.values(), *objects]
    if not whole:
        return {"type": "bundle", "id": _id("bundle", "empty"), "objects": []}
    name = _id("bundle", " ".join(one.id for one in records.records))
    found: dict[str, Any] = json.loads(Bundle(objects=whole, id=name).serialize())
    return found


def _id(kind: str, name: str) -> str:
    # the standard wants the form of a random UUID; ours is made from the name, so that it is the same every time
    return f"{kind}--{UUID(bytes=sha256(f'urn:tocsin:{kind}:{name}'.encode()).digest()[:16], version=4)}"


def _identity(name: str, role: str, known: dict[tuple[str, str], Any], made: datetime) -> Any:
    """The identity of a source (an organisation) or of a force (a group)."""
    from stix2 import Identity  # noqa: PLC0415  as above

    key = (role, name)
    if key not in known:
        kind = "organization" if role == "source" else "group"
        known[key] = Identity(
            id=_id("identity", f"{role}:{name}"), name=name, identity_class=kind, created=made, modified=made
        )
    return known[key]


def _note(claim: Kept, records: Collection, identities: dict[tuple[str, str], Any], made: datetime) -> Any:
    from stix2 import Note  # noqa: PLC0415  as above

    body = claim.body
    about = body.get("force")
    force = _identity(str(about), "force", identities, made) if about else None
    source = _identity(str(body["source"]), "source", identities, made)
    credibility = records.grades.get(claim.id, {}).get("credibility")
    confidence = CONFIDENCE.get(credibility) if isinstance(credibility, int) else None
    said = "; ".join(f"{name}: {body[name]}" for name in SHOWN if body.get(name))
    return Note(
        id=_id("note", claim.id),
        abstract=said,
        content=str(body["quote"]),
        object_refs=[(force or source).id],
        labels=[str(body["indicator"]).replace("_", "-")],
        external_references=[{"source_name": "tocsin", "external_id": claim.id}],
        created=_moment(claim),
        modified=_moment(claim),
        **({"confidence": confidence} if confidence is not None else {}),
    )


def _report(report: Kept, notes: list[Any], identities: dict[tuple[str, str], Any], made: datetime) -> Any:
    from stix2 import Report  # noqa: PLC0415  as above

    body = report.body
    source = _identity(str(body["source"]), "source", identities, made)
    origin = {"source_name": str(body["source"]), "external_id": report.id}
    if body.get("url"):
        origin |= {"description": str(body["url"])}  # as `url` it would need the hash of what is there now
    return Report(
        id=_id("report", report.id),
        name=str(body.get("title") or f"{body['source']}, {report.known}"),
        published=_moment(report),
        report_types=["observed-data"],
        object_refs=[note.id for note in notes] or [source.id],
        created_by_ref=source.id,
        external_references=[origin],
        created=_moment(report),
        modified=_moment(report),
    )


def _moment(one: Kept) -> datetime:
    return datetime.combine(one.known, time(), UTC)
