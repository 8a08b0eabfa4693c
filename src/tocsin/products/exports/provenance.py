"""Where every record comes from, as W3C PROV-JSON: which was derived from which, by whom it was said or made."""

from __future__ import annotations

import json
from typing import Any

from tocsin import __version__
from tocsin.products.exports.kept import Collection, Kept

NAMESPACE = "urn:tocsin:"
STEPS = {
    "claim": "reading",
    "grade": "grading",
    "assertion": "joining",
    "observation": "weighing",
    "forecast": "forecasting",
    "assessment": "assessing",
    "resolution": "resolving",
}
"""What makes a record of each kind; a report is made outside."""


def provenance(records: Collection) -> dict[str, Any]:
    """Return a PROV-JSON document of all records."""
    from prov.model import ProvDocument  # noqa: PLC0415  slow to load, needed only here

    document = ProvDocument()
    document.add_namespace("tocsin", NAMESPACE)
    software = document.agent("tocsin:software", {"prov:type": "prov:SoftwareAgent", "tocsin:version": __version__})
    for kind in sorted({one.kind for one in records.records if one.kind in STEPS}):
        activity = document.activity(f"tocsin:{STEPS[kind]}")
        document.wasAssociatedWith(activity, software, identifier=f"tocsin:by-software-{STEPS[kind]}")
    sources: dict[str, Any] = {}
    for one in records.records:
        entity = document.entity(f"tocsin:{one.id}", _shown(one))
        if one.kind == "report":
            _attribute(document, sources, entity, one)
        elif one.kind in STEPS:
            name = f"tocsin:made-{one.id}"
            document.wasGeneratedBy(entity, f"tocsin:{STEPS[one.kind]}", time=one.recorded, identifier=name)
        for number, other in enumerate(records.refers(one)):
            document.wasDerivedFrom(entity, f"tocsin:{other}", identifier=f"tocsin:from-{one.id}-{number}")
    found: dict[str, Any] = json.loads(str(document.serialize(format="json")))
    return found


def _shown(one: Kept) -> dict[str, str]:
    return {
        "prov:type": f"tocsin:{one.kind}",
        "tocsin:known": one.known.isoformat(),
        "tocsin:sha256": one.digest,
    }


def _attribute(document: Any, sources: dict[str, Any], entity: Any, report: Kept) -> None:
    """A report is its publisher's; publishers are numbered in the order of their first report."""
    name = str(report.body.get("source"))
    if name not in sources:
        number = f"tocsin:source-{len(sources) + 1}"
        sources[name] = document.agent(number, {"prov:type": "prov:Organization", "prov:label": name})
    document.wasAttributedTo(entity, sources[name], identifier=f"tocsin:issued-{report.id}")
