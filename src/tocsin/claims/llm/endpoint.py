"""Ask any endpoint that speaks the OpenAI protocol; bounded in time, size and rate."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol, final

from tocsin.claims.llm.prompt import schema
from tocsin.errors import MissingExtraError, TocsinError

LONGEST = 400_000
"""Characters of an answer; what goes on longer is cut off and so no valid answer."""


class Ask(Protocol):
    """Anything that answers messages with a text."""

    def __call__(self, messages: Sequence[dict[str, str]]) -> str:
        """Return the answer, or raise TocsinError where there is none to be had."""
        ...


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model is asked, and how patiently."""

    url: str
    """The address up to and including `/v1`."""
    model: str
    key: str = field(repr=False)
    timeout: float
    """Seconds without a word after which a request is given up."""
    retries: int
    """How often a request is repeated after a refusal for haste, a fault of the server or a broken answer."""
    per_minute: int
    """Most requests begun in a minute."""


def connect(endpoint: Endpoint) -> Ask:
    """Return a way to ask `endpoint`; raise MissingExtraError where its client is not installed."""
    try:
        import openai  # noqa: PLC0415 (only those who ask a model need its client)
    except ImportError as error:
        raise MissingExtraError("llm", "Reading with a language model") from error
    client = openai.OpenAI(
        base_url=endpoint.url, api_key=endpoint.key, timeout=endpoint.timeout, max_retries=endpoint.retries
    )
    pace = _Pace(60.0 / endpoint.per_minute)

    def ask(messages: Sequence[dict[str, str]]) -> str:
        try:
            for left in reversed(range(endpoint.retries + 1)):
                pace.wait()
                stream = _begin(client, endpoint.model, messages)  # the client itself repeats what fails here
                try:
                    return _drain(stream)
                except openai.APIConnectionError:
                    if not left:
                        raise
        except openai.OpenAIError as error:
            raise TocsinError(_explained(endpoint, error)) from error
        raise AssertionError("the last try returns or raises")

    return ask


def _begin(client: Any, model: str, messages: Sequence[dict[str, str]]) -> Any:
    form = {"type": "json_schema", "json_schema": {"name": "claims", "schema": schema(), "strict": True}}
    return client.chat.completions.create(
        model=model, messages=list(messages), response_format=form, temperature=0, seed=1, stream=True
    )


def _drain(stream: Any) -> str:
    """Read the stream of an answer, up to LONGEST."""
    pieces: list[str] = []
    length = 0
    with stream:
        for chunk in stream:
            piece = chunk.choices[0].delta.content if chunk.choices else None
            if not piece:
                continue
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST:
                break
    return "".join(pieces)


def _explained(endpoint: Endpoint, error: Exception) -> str:
    status = getattr(error, "status_code", None)
    cause = f"it answered {status}" if status else f"it gave no answer ({type(error).__name__})"
    remedy = {
        401: "Set TOCSIN_LLM_KEY to a key that it accepts.",
        403: "Set TOCSIN_LLM_KEY to a key that it accepts.",
        404: "Check TOCSIN_LLM_URL (it ends in /v1) and TOCSIN_LLM_MODEL.",
        429: "Wait, or lower requests a minute with TOCSIN_LLM_RATE.",
    }.get(status or 0, "Check that it runs and TOCSIN_LLM_URL is right; read without --by-model meanwhile.")
    return f"The model {endpoint.model} at {endpoint.url} could not be asked: {cause}. {remedy}"


@final
class _Pace:
    """Keeps requests apart, whichever thread makes them."""

    def __init__(self, apart: float) -> None:
        self._apart, self._next, self._lock = apart, 0.0, Lock()

    def wait(self) -> None:
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + self._apart
        time.sleep(at - now)
