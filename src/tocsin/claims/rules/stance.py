"""Is it affirmed or denied, and how surely: polarity, modality and hedges of a match, by scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, final

from tocsin.claims.claim import Modality, Polarity
from tocsin.claims.lexicon.matching import Match
from tocsin.claims.lexicon.words import words
from tocsin.claims.rules.hedges import listed, softened
from tocsin.claims.text.grammar import ancestors

_CLIMB = frozenset(
    [
        "xcomp",
        "ccomp",
        "acl",
        "pobj",
        "prep",
        "pcomp",
        "dobj",
        "nsubj",
        "nsubjpass",
        "csubj",
        "csubjpass",
        "conj",
        "appos",
        "attr",
        "compound",
        "amod",
        "poss",
        "advmod",
        "acomp",
        "agent",
        "oprd",
        "dative",
        "npadvmod",
        "nmod",
        "parataxis",
        "aux",
        "auxpass",
        "csubj",
        "intj",
        "dep",
        "ROOT",
        "nummod",
    ]
)
_PRESUPPOSED = frozenset(
    [
        "deserter",
        "deserters",
        "mutineer",
        "mutineers",
        "arrears",
        "arrear",
        "defector",
        "defectors",
        "casualties",
        "losses",
        "absentee",
        "absentees",
        "prisoners",
        "pows",
        "refusenik",
        "refuseniks",
        "dead",
        "wounded",
        "loss",
        "casualty",
    ]
)

_THROUGH = frozenset(
    [
        "conj",
        "xcomp",
        "nsubj",
        "nsubjpass",
        "dobj",
        "attr",
        "acomp",
        "prep",
        "pobj",
        "pcomp",
        "aux",
        "agent",
        "oprd",
        "compound",
        "amod",
    ]
)
"""Dependencies through which a verb's mood reaches what hangs on it; a speech verb's does not reach its clause."""
LONGEST_QUESTION = 40
"""Words; what is longer is no single question."""
_PROMISING = frozenset({"promise", "pledge", "vow", "plan", "threaten", "offer", "agree", "ask", "call"})


@final
@dataclass(frozen=True, slots=True)
class Stance:
    """How a sentence holds a match."""

    polarity: Polarity
    modality: Modality
    hedges: tuple[str, ...]


def chain(pivot: Any) -> list[tuple[Any, str]]:
    """The words that govern `pivot`, with the dependency that leads to each, up to a clause that stands apart."""
    found = [(pivot, "self")]
    for above, dependency in ancestors(pivot):
        if dependency not in _CLIMB or (dependency == "conj" and _apart(found[-1][0], above)):
            break
        found.append((above, dependency))
    return found


def _apart(token: Any, above: Any) -> bool:
    """Whether a coordinated verb has a mood of its own: `do not want to fight and did not believe`."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    own = any(
        child.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} and child.lower_ != "to" for child in token.children
    )
    return own or (token.tag_ in {"VBD", "VBZ", "VBP"} and above.tag_ in {"VB", "VBG"})


def stance(match: Match, tokens: Sequence[Any]) -> Stance:
    """Judge `match`; words that state the opposite of the indicator start out negated."""
    negated_words = match.pattern.group is not None and match.pattern.group.negated
    above = chain(match.pivot)
    presupposed = match.pivot.lower_ in _PRESUPPOSED and len(match.taken) == 1
    turns = sum(1 for _ in _turns(match, above[:1] if presupposed else above, tokens))
    negated = (turns % 2 == 1) != negated_words
    hedges = softened(match, above, tokens)
    modality: Modality = "asserted"
    if not presupposed and _hypothetical(match, above, tokens):
        modality = "hypothetical"
    elif hedges and not (presupposed and all(dependency != "self" for _, dependency in above[1:2])):
        modality = "hedged"
    return Stance("negated" if negated else "affirmed", modality, hedges)


def _turns(match: Match, above: Sequence[tuple[Any, str]], tokens: Sequence[Any]) -> Iterator[Any]:
    """Each word that turns the claim into its opposite."""
    denied = False
    for place, (token, dependency) in enumerate(above):
        inside = dependency in {
            "self",
            "xcomp",
            "aux",
            "acomp",
            "attr",
            "advmod",
            "amod",
            "oprd",
            "prep",
            "pobj",
            "pcomp",
            "compound",
        }
        below = above[place - 1][0] if place else token
        if _shares(below, token, dependency) and (inside or _bears(token, dependency)):
            yield from (child for child in token.children if _negates(child, match))
        if (
            place
            and token.i not in match.taken
            and not denied
            and (_denies(token, below, dependency) or _no_evidence(token, below))
        ):
            denied = True
            yield token
    if not denied:
        yield from _falsified(tokens, match)


def _shares(below: Any, token: Any, dependency: str) -> bool:
    """Whether a negation of `token` reaches the word coordinated with it: `did not flee or surrender`."""
    if dependency != "conj":
        return True
    return any(child.lower_ in {"or", "nor"} for child in token.children if child.dep_ == "cc") and below.i > token.i


def _bears(token: Any, dependency: str) -> bool:
    """Whether denying the verb denies its noun: `saw no`, `did not occur`; not `did not stop the mutiny`."""
    if dependency in {"dobj", "conj"}:
        return dependency == "conj" or listed(token, "carry") or token.lemma_ == "be"
    return dependency in {"nsubj", "nsubjpass"} and (listed(token, "happen") or listed(token, "carry"))


def _negates(child: Any, match: Match) -> bool:
    if child.i in match.taken or not listed(child, "negators"):
        return False
    if child.lower_ in {"not", "n't"} and any(
        sibling.lower_ == "only" and sibling.i == child.i + 1 for sibling in child.head.children
    ):
        return False
    if (
        child.lower_ == "not" and child.nbor(1).lower_ in {"just", "only", "merely", "simply"}
        if child.i + 1 < len(child.doc)
        else False
    ):
        return False
    if (
        child.lower_ == "no"
        and child.i + 1 < len(child.doc)
        and child.nbor(1).lower_ in {"longer", "more", "doubt", "less", "fewer"}
    ):
        return child.nbor(1).lower_ == "longer"
    return (
        child.dep_ in {"neg", "det", "preconj", "advmod", "nsubj", "nsubjpass", "cc", "prep", "nmod", "dobj"}
        and child.i < match.pivot.i + 4
    )


def _denies(token: Any, below: Any, dependency: str) -> bool:
    if listed(token, "deny"):
        return dependency in {"dobj", "ccomp", "xcomp", "nsubjpass", "prep", "pobj", "conj", "pcomp", "advcl"}
    if listed(token, "deny_nouns"):
        return True
    if token.lower_ in {"without", "lack", "absence"}:
        return below.i > token.i
    return (
        listed(token, "absent")
        and dependency in {"xcomp", "dobj", "nsubj", "pobj"}
        and token.pos_ == "VERB"
        and token.i < below.i
    )


def _no_evidence(token: Any, below: Any) -> bool:
    """`no sign of`, `no reports that`."""
    if not listed(token, "evidence_nouns") or token.pos_ not in {"NOUN", "PROPN"} or below.i < token.i:
        return False
    if any(
        child.lower_ in {"no", "any", "zero", "little", "neither"} or child.dep_ == "neg" for child in token.children
    ):
        verb = token.head
        plain = any(child.lower_ in {"no", "zero", "little", "neither"} for child in token.children)
        return plain or any(listed(child, "negators") for child in verb.children) or verb.lower_ == "without"
    return False


def _falsified(tokens: Sequence[Any], match: Match) -> Iterator[Any]:
    """`reports of a mutiny are false`: a predicate that denies what its subject names."""
    for token in tokens:
        if (
            listed(token, "false_words")
            and token.i not in match.taken
            and token.dep_ in {"acomp", "attr", "oprd", "conj", "pobj"}
        ):
            verb = token.head if token.dep_ != "pobj" else token.head.head
            subject = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass", "dobj", "csubj"}]
            if any(part.i == match.pivot.i for child in subject for part in child.subtree):
                yield token
                return


def _hypothetical(match: Match, above: Sequence[tuple[Any, str]], tokens: Sequence[Any]) -> bool:
    if _asked(tokens):
        return True
    if match.pattern.indicator in {"concession", "reinforcement", "suppression"} and match.pivot.lemma_ in _PROMISING:
        return True
    if any(_suspends(place, above, match) for place in range(len(above))):
        return True
    last = above[-1][0]
    return last.dep_ == "advcl" and any(_supposes(child, match) for child in last.children)


def _asked(tokens: Sequence[Any]) -> bool:
    """Whether a sentence asks if something is so; `why did they flee?` takes it for granted."""
    if len(tokens) > LONGEST_QUESTION or not any(token.text == "?" for token in tokens[-2:]):
        return False
    return not any(token.tag_ in {"WRB", "WP", "WDT"} for token in tokens)


def _suspends(place: int, above: Sequence[tuple[Any, str]], match: Match) -> bool:
    """Whether the word at `place` of the chain leaves open that what lies below it happened."""
    token, dependency = above[place]
    below = above[place - 1][0] if place else token
    if any(_supposes(child, match) for child in token.children):
        return True
    if place and token.i not in match.taken and _projects(token, below, dependency, match):
        return True
    if place and token.lemma_ == "be" and dependency == "xcomp" and any(c.lower_ == "to" for c in below.lefts):
        return True
    predicate = [child for child in token.children if child.dep_ == "attr" and listed(child, "projecting_nouns")]
    if predicate and dependency in {"nsubj", "nsubjpass"}:
        return True
    reached = not place or dependency in _THROUGH
    return reached and any(_modal(child, token, match) for child in token.children)


def _supposes(child: Any, match: Match) -> bool:
    return (
        child.i not in match.taken
        and child.dep_ in {"mark", "advmod", "aux"}
        and child.lower_ in words("stance", "conditionals") - {"should"}
        and not (child.lower_ == "if" and child.i > 0 and child.nbor(-1).lower_ in {"as", "even"})
    )


def _modal(child: Any, verb: Any, match: Match) -> bool:
    if child.i in match.taken or child.dep_ != "aux" or not listed(child, "modals") or child.lower_ == "'d":
        return False
    if child.lower_ == "would" and verb.lower_ in {"be", "have"} and match.pivot.tag_ == "VBN":
        return True
    denied = any(listed(sibling, "negators") or sibling.lower_ == "neither" for sibling in verb.children)
    if denied and (child.lower_ in {"could", "can"} or match.pattern.indicator == "refusal"):
        return False
    perfect = any(sibling.lemma_ == "have" and sibling.dep_ == "aux" for sibling in verb.children)
    return not (perfect and listed(child, "perhaps_modals"))


def _projects(token: Any, below: Any, dependency: str, match: Match) -> bool:
    if match.pattern.indicator in {"supply_shortage", "pay_arrears", "family_protest"} and token.lemma_ in {
        "ask",
        "need",
        "call",
        "demand",
        "petition",
        "seek",
    }:
        return False
    if token.pos_ in {"NOUN", "PROPN"}:
        return (
            listed(token, "projecting_nouns")
            and dependency in {"prep", "acl", "pobj", "compound", "nmod", "relcl"}
            and token.i != below.i
        )
    if token.pos_ != "VERB" or not listed(token, "projecting") or (token.tag_ == "VBN" and dependency == "conj"):
        return False
    if token.lemma_ in {"fear", "believe"} and dependency == "xcomp":
        return False
    return dependency in {"xcomp", "ccomp", "dobj", "prep", "pcomp"} or (
        dependency == "nsubjpass" and token.lemma_ in {"order", "plan", "expect", "prevent", "avert"}
    )
