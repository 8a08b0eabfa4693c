"""What a model must answer: claims as JSON of one shape; anything else is no answer."""

from __future__ import annotations

from typing import Annotated, final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tocsin.claims.claim import Echelon, Modality, Polarity
from tocsin.indicators import indicators
from tocsin.reports.report import SpeakerKind

_Words = Annotated[str, Field(min_length=1, max_length=2000)]
_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Number = Annotated[float, Field(ge=-1e12, le=1e12)]
_Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _known(value: object) -> object:
    if value not in indicators():
        raise ValueError("no indicator of the codebook")
    return value


@final
class Amount(_Strict):
    """How many, in the sentence's own words and as numbers."""

    text: _Name
    value: _Number | None
    low: _Number | None
    high: _Number | None
    unit: _Name | None


@final
class Found(_Strict):
    """One claim as the model gives it; nothing of it is believed before it is grounded."""

    sentence: _Words
    quote: _Words
    indicator: Annotated[str, BeforeValidator(_known)]
    polarity: Polarity
    modality: Modality
    force: _Name | None
    formation: _Name | None
    echelon: Echelon | None
    speaker: _Name | None
    speaker_kind: SpeakerKind
    speaker_named_here: bool
    chain: Annotated[tuple[_Name, ...], Field(max_length=6)]
    hedges: Annotated[tuple[_Name, ...], Field(max_length=12)]
    happened_from: _Day | None
    happened_to: _Day | None
    quantity: Amount | None


@final
class Answer(_Strict):
    """All claims of one part of a report."""

    claims: Annotated[tuple[Found, ...], Field(max_length=400)]
