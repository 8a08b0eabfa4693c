"""A folder with the records, tables and provenance, described as an RO-Crate with the hash of every file.

https://w3id.org/ro/crate/1.1
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tocsin import __version__
from tocsin.ids import document, sha256
from tocsin.products.exports.kept import Collection

ABOUT: Final = {
    "records.json": ("application/json", "Every record: reports, claims, grades, what follows from them"),
    "claims.csv": ("text/csv", "Claims as a table, each with the grade that counts"),
    "annotations.json": ("application/ld+json", "Claims as W3C Web Annotations"),
    "provenance.json": ("application/json", "What was derived from what, as W3C PROV-JSON"),
    "bundle.json": ("application/json", "Reports and claims as STIX 2.1"),
}


def crate(files: Mapping[str, str], records: Collection) -> dict[str, str]:
    """Return `files` with the metadata that describes them."""
    latest = max((one.recorded for one in records.records), default=None)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Records of Tocsin",
        "description": "What was reported about armed forces, word for word, and what Tocsin made of it.",
        "datePublished": f"{latest:%Y-%m-%dT%H:%M:%SZ}" if latest else "1970-01-01T00:00:00Z",
        "license": "The texts belong to their publishers; quote them with attribution.",
        "hasPart": [{"@id": name} for name in files],
        "creator": {"@id": "#tocsin"},
    }
    described = [_file(name, text) for name, text in files.items()]
    software = {"@id": "#tocsin", "@type": "SoftwareApplication", "name": "Tocsin", "version": __version__}
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    graph: list[dict[str, Any]] = [about, root, *described, software]
    metadata = {"@context": ["https://w3id.org/ro/crate/1.1/context", _SHA], "@graph": graph}
    return {**files, "ro-crate-metadata.json": document(metadata)}


_SHA: Final = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
"""The term for a file's hash, which the base context does not have."""


def _file(name: str, text: str) -> dict[str, Any]:
    form, about = ABOUT[name]
    data = text.encode()
    return {
        "@id": name,
        "@type": "File",
        "name": about,
        "encodingFormat": form,
        "contentSize": str(len(data)),
        "sha256": sha256(data),
    }
