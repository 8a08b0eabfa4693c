"""Claims as W3C Web Annotations: the quote, its place, and the text it stands in, named by its hash.

Model: https://www.w3.org/TR/annotation-model/. A text's name is a `ni` URI (RFC 6920), the SHA-256 of its UTF-8.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, Final

from tocsin.products.exports.kept import Collection, Kept

AROUND: Final = 32
"""Characters before and after a quote that help to find it again."""
SHOWN: Final = ("polarity", "modality", "force", "formation", "speaker", "speaker_kind")


def annotated(records: Collection) -> dict[str, Any]:
    """Return a collection of annotations, one a claim whose report is exported too."""
    made = []
    for claim in records.of("claim"):
        report = records.by_id.get(str(claim.body.get("report")))
        if report is not None:
            made.append(_annotation(claim, report))
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:tocsin:claims",
        "type": "AnnotationCollection",
        "label": "Claims about armed forces",
        "total": len(made),
        "first": {"id": "urn:tocsin:claims:1", "type": "AnnotationPage", "startIndex": 0, "items": made},
    }


def text_name(text: str) -> str:
    """Return the `ni` URI of a text.

    >>> text_name("")
    'ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'
    """
    digest = urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _annotation(claim: Kept, report: Kept) -> dict[str, Any]:
    body, text = claim.body, str(report.body["text"])
    start, end = int(body["start"]), int(body["end"])
    described = [f"{name}: {body[name]}" for name in SHOWN if body.get(name)]
    return {
        "id": f"urn:tocsin:{claim.id}",
        "type": "Annotation",
        "motivation": ["tagging", "describing"],
        "created": f"{claim.recorded:%Y-%m-%dT%H:%M:%SZ}",
        "generator": {"id": "urn:tocsin:software", "type": "Software", "name": f"Tocsin, {body.get('extractor')}"},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": body["indicator"], "format": "text/plain"},
            {"type": "TextualBody", "purpose": "describing", "value": "; ".join(described), "format": "text/plain"},
        ],
        "target": {
            "type": "SpecificResource",
            "source": {"id": text_name(text), "type": "Text", "format": "text/plain", **_where(report)},
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - AROUND) : start],
                    "suffix": text[end : end + AROUND],
                },
            ],
        },
    }


def _where(report: Kept) -> dict[str, Any]:
    """Where the text was published, and which report of the ledger it is."""
    url = report.body.get("url")
    return {"label": f"urn:tocsin:{report.id}", **({"canonical": url} if url else {})}
