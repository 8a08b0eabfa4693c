"""Read reports with a model: ask, check, ask once more, keep what is grounded and count the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import final

from pydantic import ValidationError

from tocsin.claims.claim import Claim
from tocsin.claims.llm.answer import Answer
from tocsin.claims.llm.endpoint import Ask
from tocsin.claims.llm.ground import ground
from tocsin.claims.llm.prompt import Part, again, parts, question, tokens
from tocsin.claims.parties import Party
from tocsin.reports.report import Report


@final
@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the answers: requests, repairs, and claims kept and dropped, by kind."""

    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        said = ", ".join(f"{number} {what}" for what, number in sorted(self.counts.items()))
        return f"Read by a language model: {said or 'nothing'}."


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReader:
    """Reads claims by asking a model; its claims are the same records as those of the rules."""

    ask: Ask
    name: str
    """The model's name; claims carry it as their extractor."""
    tally: Tally = field(default_factory=Tally)

    def __call__(self, report: Report, parties: Sequence[Party] = ()) -> Iterator[Claim]:
        """Yield the grounded claims of `report`, each once, in the order of its parts.

        Raises TocsinError where the endpoint gives no answer.
        """
        seen: set[tuple[object, ...]] = set()
        for part in parts(report.text):
            for claim in self._claims(report, part, parties):
                key = (claim.sentence, claim.indicator, claim.force)
                if key not in seen:
                    seen.add(key)
                    self.tally.counts["claims kept"] += 1
                    yield claim

    def _claims(self, report: Report, part: Part, parties: Sequence[Party]) -> list[Claim]:
        """Ask about one part, and once more where the first answer has faults."""
        messages = question(report, part, parties)
        answered = self._asked(messages)
        kept, faults = self._checked(answered, report, part, parties)
        if faults:
            self.tally.counts["answers repaired"] += 1
            mended, left = self._checked(self._asked(again(messages, answered, faults)), report, part, parties)
            known = {claim.id for claim in kept}
            kept += [claim for claim in mended if claim.id not in known]
            self.tally.counts["claims or answers dropped"] += len(left)
        return kept

    def _asked(self, messages: Sequence[dict[str, str]]) -> str:
        self.tally.counts["requests"] += 1
        return self.ask(messages)

    def _checked(
        self, answered: str, report: Report, part: Part, parties: Sequence[Party]
    ) -> tuple[list[Claim], list[str]]:
        """Return the grounded claims of an answer and what is wrong with the others."""
        try:
            answer = Answer.model_validate_json(answered)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            return [], [f"{'.'.join(str(step) for step in first['loc'])}: {first['msg'][:200]}"]
        held = [ground(found, report, part, parties, f"llm:{self.name}") for found in answer.claims]
        return [one for one in held if isinstance(one, Claim)], [one for one in held if isinstance(one, str)]


def cost(reports: Sequence[Report], parties: Sequence[Party] = ()) -> tuple[int, int]:
    """Return how many requests the reports need, and about how many tokens these send."""
    asked = [question(report, part, parties) for report in reports for part in parts(report.text)]
    return len(asked), sum(tokens(messages) for messages in asked)
