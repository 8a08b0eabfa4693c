"""Gold: reports in which a person marked every claim, as JSON Lines. Format: docs/reference/gold-format.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from tocsin.claims.claim import Echelon, Modality, Polarity
from tocsin.dates import Interval
from tocsin.errors import UnreadableReportError
from tocsin.indicators import indicators
from tocsin.reports.formats.lines import decode_line, numbered
from tocsin.reports.report import SpeakerKind

How = Literal["explicit", "inherited", "author"]


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError("write a day as YYYY-MM-DD")
    return date.fromisoformat(value)


def _indicator(value: object) -> object:
    if value not in indicators():
        raise ValueError("no indicator of the codebook")
    return value


def _echelon(value: object) -> object:
    """A unit of another arm counts as the echelon that it matches."""
    return _SAME_ECHELON.get(value, value) if isinstance(value, str) else value


_SAME_ECHELON = {"battery": "company", "squadron": "company", "troop": "company", "section": "squad"}
_Day = Annotated[date, BeforeValidator(_day)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class _Quantity(_Strict):
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None


class _Claim(_Strict):
    sentence: str = Field(min_length=1)
    indicator: Annotated[str, BeforeValidator(_indicator)]
    polarity: Polarity
    modality: Modality
    force: str | None
    speaker: str | None
    speaker_kind: SpeakerKind
    speaker_how: How
    happened: tuple[_Day, _Day] | None = None
    echelon: Annotated[Echelon | None, BeforeValidator(_echelon)] = None
    quantity: _Quantity | None = None


class _Line(_Strict):
    id: str = Field(min_length=1)
    published: _Day
    style: str
    parties: tuple[str, ...] = ()
    text: str = Field(min_length=1)
    claims: tuple[_Claim, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How many, as a person read it; unknown is None."""

    value: float | None
    low: float | None
    high: float | None
    unit: str | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One claim as a person marked it."""

    sentence: str
    """The sentence that makes it, as it stands in the report."""
    indicator: str
    polarity: Polarity
    modality: Modality
    force: str | None
    speaker: str | None
    speaker_kind: SpeakerKind
    speaker_how: How
    happened: Interval | None
    echelon: Echelon | None
    quantity: Amount | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class GoldReport:
    """A report and all the claims that it makes; what is not marked makes none."""

    id: str
    published: date
    style: str
    parties: tuple[str, ...]
    text: str
    claims: tuple[Marked, ...]


def read_gold(path: Path) -> Iterator[GoldReport]:
    """Yield the reports of a file of gold; raise UnreadableReportError at the first line that is wrong."""
    for number, raw in numbered(path.name, path):
        place = f"{path.name}, line {number}"
        try:
            line = _Line.model_validate(json.loads(decode_line(place, raw)))
            yield _report(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise UnreadableReportError(
                place, f"{where}: {first['msg'][:200]}", "See the documentation of the gold format."
            ) from None
        except (ValueError, RecursionError):
            raise UnreadableReportError(place, "no valid JSON", "Write one JSON object a line.") from None


def _report(line: _Line) -> GoldReport:
    return GoldReport(
        id=line.id,
        published=line.published,
        style=line.style,
        parties=line.parties,
        text=line.text,
        claims=tuple(_marked(claim) for claim in line.claims),
    )


def _marked(claim: _Claim) -> Marked:
    fields = {name: getattr(claim, name) for name in _Claim.model_fields if name not in {"happened", "quantity"}}
    counted = claim.quantity
    amount = None if counted is None else Amount(**counted.model_dump())
    return Marked(
        **fields,
        happened=Interval(*claim.happened) if claim.happened else None,
        quantity=amount,
    )
