"""Read items from JSON Lines: one a line, every line strictly, a bad one told by its number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from tocsin.errors import UnreadableReportError
from tocsin.evidence.origins.item import Item
from tocsin.reports.formats.lines import decode_line, numbered


class Line(BaseModel):
    """One line as it must be; fields that are not here are left out before."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str
    text: str
    publisher: str | None = None
    published: datetime | None = None
    url: str | None = None
    title: str | None = None

    @field_validator("id")
    @classmethod
    def _named(cls, name: str) -> str:
        if not name.strip() or name == "unrecorded" or name.startswith("source: "):
            raise ValueError("an id may not be empty, 'unrecorded', or begin with 'source: '")
        return name

    @field_validator("published", mode="before")
    @classmethod
    def _published(cls, moment: object) -> datetime | None:
        if moment is None or moment == "":
            return None
        if not isinstance(moment, str):
            raise ValueError("write a day or moment as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ")
        try:
            read = datetime.fromisoformat(moment)
        except ValueError:
            raise ValueError("write a day or moment as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ") from None
        return read if read.tzinfo is None else read.astimezone(UTC).replace(tzinfo=None)


def item_of(fields: Mapping[str, Any]) -> Item:
    """Read one item; raise ValidationError where a field is not what it must be. Unknown fields are left out."""
    line = Line.model_validate({name: held for name, held in fields.items() if name in Line.model_fields})
    return Item(
        id=line.id,
        text=line.text,
        publisher=line.publisher or "",
        published=line.published,
        url=line.url or "",
        title=line.title or "",
    )


def item_of_report(name: str, body: Mapping[str, Any]) -> Item:
    """Turn a report's record into an item; what an analyst coded as its oldest source comes along."""
    coding = body.get("coding") or {}
    return Item(
        id=name,
        text=str(body["text"]),
        publisher=str(body.get("source") or ""),
        published=datetime.fromisoformat(str(body["published"])),
        url=str(body.get("url") or ""),
        title=str(body.get("title") or ""),
        source=str(coding.get("origin") or ""),
    )


def read_items(name: str, path: Path) -> Iterator[Item | UnreadableReportError]:
    """Yield an item or a complaint for each line; raise UnreadableReportError where the file is no text at all."""
    seen: set[str] = set()
    for number, raw in numbered(name, path):
        place = f"{name}, line {number}"
        try:
            item = _item(place, decode_line(place, raw))
            if item.id in seen:
                raise UnreadableReportError(
                    place, "an earlier line has the same id", "Give each item an id of its own."
                )
        except UnreadableReportError as error:
            yield error
        else:
            seen.add(item.id)
            yield item


def _item(place: str, text: str) -> Item:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableReportError(place, "no valid JSON", "Write one JSON object a line.") from None
    if not isinstance(found, dict):
        raise UnreadableReportError(place, "no JSON object", "Write one JSON object a line.")
    try:
        return item_of(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = str(first["loc"][0]) if first["loc"] else "the line"
        raise UnreadableReportError(
            place, f"{where}: {first['msg'][:200]}", "Mend the line; the others were read."
        ) from None
