"""The encoder and its heads as they are taught; `stored()` gives what the product loads."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from texts import NAMES
from torch import Tensor, nn
from torch.nn import functional

from tocsin.claims.encoder.heads import KINDS, MODALITIES, POINTING, POLARITIES
from tocsin.claims.encoder.network import FEATURES, HEADS
from tocsin.claims.encoder.understanding import SIGNS
from tocsin.claims.encoder.weights import LAYERS, PARTS, Weights

OWN = 256
"""Features of a sentence from the point of view of one indicator."""
POINTERS = ("force", "speaker", "amount", "echelon", "time")
LOOKING = 128
"""Features by which an indicator finds its words."""


class Moved(nn.Module):
    """A published matrix that stays as it is, and a change of low rank that is learnt."""

    def __init__(self, matrix: np.ndarray, rank: int) -> None:
        super().__init__()
        self.register_buffer("kept", torch.tensor(matrix.T.copy()).bfloat16(), persistent=False)
        self.a = nn.Parameter(torch.randn(rank, matrix.shape[0]) / math.sqrt(matrix.shape[0]))
        self.b = nn.Parameter(torch.zeros(matrix.shape[1], rank))

    def forward(self, value: Tensor) -> Tensor:
        low = functional.linear(value, self.a.to(value.dtype))
        return functional.linear(value, self.kept) + functional.linear(low, self.b.to(value.dtype))


class Encoder(nn.Module):
    """all-MiniLM-L6-v2, in half precision, with changes of low rank."""

    def __init__(self, weights: Weights, rank: int, drop: float) -> None:
        super().__init__()
        self.moved = nn.ModuleDict(
            {f"{layer}{part}": Moved(weights.matrices[layer, part], rank) for layer in range(LAYERS) for part in PARTS}
        )
        for name, value in weights.vectors.items():
            self.register_buffer(name.replace(".", "_"), torch.tensor(value).bfloat16(), persistent=False)
        scaled = torch.tensor(weights.words.astype(np.float32) * weights.word_scale)
        self.register_buffer("words", scaled.bfloat16(), persistent=False)
        self.register_buffer("places", torch.tensor(weights.places).bfloat16(), persistent=False)
        self.drop = nn.Dropout(drop)

    def forward(self, pieces: Tensor, there: Tensor) -> Tensor:
        """Return the states, shape (windows, pieces, features); `there` is False where a window has ended."""
        value = self.words[pieces] + self.places[: pieces.shape[1]] + self.embeddings_token_type_embeddings_weight[0]
        value = self.drop(self._normal(value, "embeddings_LayerNorm"))
        wall = torch.zeros(there.shape, dtype=value.dtype).masked_fill(~there, -1e4)[:, None, None]
        for layer in range(LAYERS):
            name = f"encoder_layer_{layer}"
            mixed = self._attention(value, wall, layer)
            value = self._normal(value + self.drop(mixed), f"{name}_attention_output_LayerNorm")
            wide = self.moved[f"{layer}wide"](value) + getattr(self, f"{name}_intermediate_dense_bias")
            narrow = self.moved[f"{layer}narrow"](functional.gelu(wide)) + getattr(self, f"{name}_output_dense_bias")
            value = self._normal(value + self.drop(narrow), f"{name}_output_LayerNorm")
        return value.float()

    def _attention(self, value: Tensor, wall: Tensor, layer: int) -> Tensor:
        name = f"encoder_layer_{layer}_attention"
        parts = []
        for part in ("query", "key", "value"):
            found = self.moved[f"{layer}{part}"](value) + getattr(self, f"{name}_self_{part}_bias")
            parts.append(found.view(*value.shape[:2], HEADS, FEATURES // HEADS).transpose(1, 2))
        query, key, held = parts
        shares = (query @ key.transpose(-1, -2) / math.sqrt(FEATURES // HEADS) + wall).softmax(-1)
        heard = (shares @ held).transpose(1, 2).reshape(value.shape)
        return self.moved[f"{layer}mixed"](heard) + getattr(self, f"{name}_output_dense_bias")

    def _normal(self, value: Tensor, name: str) -> Tensor:
        gain, shift = getattr(self, f"{name}_weight"), getattr(self, f"{name}_bias")
        return functional.layer_norm(value, (FEATURES,), gain, shift, 1e-12)


class Net(nn.Module):
    """The encoder with the heads that read claims off its states."""

    def __init__(self, weights: Weights, rank: int = 48, drop: float = 0.1) -> None:
        super().__init__()
        count = len(NAMES)
        self.encoder = Encoder(weights, rank, drop)
        self.key = nn.Linear(FEATURES, LOOKING)
        self.query = nn.Parameter(torch.randn(count, LOOKING) * 0.1)
        self.seen_norm, self.whole_norm = nn.LayerNorm(FEATURES), nn.LayerNorm(FEATURES)
        self.seen, self.whole = nn.Linear(FEATURES, OWN), nn.Linear(FEATURES, OWN)
        self.own = nn.Parameter(torch.randn(count, OWN) * 0.1)
        self.toward = nn.Parameter(torch.randn(count, OWN) * 0.05)
        self.start = nn.Parameter(torch.full((count,), -3.0))
        self.lexicon = nn.Parameter(torch.full((count,), 1.5))
        self.signs = nn.Parameter(torch.zeros(SIGNS))
        self.drop = nn.Dropout(2 * drop)
        self.polarity, self.modality = nn.Linear(OWN, len(POLARITIES)), nn.Linear(OWN, len(MODALITIES))
        self.kind = nn.Linear(OWN, len(KINDS))
        for name in POINTERS:
            setattr(self, f"{name}_claim", nn.Linear(OWN, POINTING))
            setattr(self, f"{name}_place", nn.Linear(FEATURES, POINTING))
            setattr(self, f"{name}_none", nn.Linear(OWN, 1))

    def sense(self, states: Tensor, there: Tensor, fired: Tensor) -> tuple[Tensor, Tensor]:
        """Sentences of shape (sentences, pieces, features): what each indicator sees in them, and its log odds."""
        near = torch.einsum("npk,ik->nip", self.key(states), self.query) / math.sqrt(8)
        weight = near.masked_fill(~there[:, None], -1e9).softmax(-1)
        mean = (states * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        seen = self.seen(self.seen_norm(weight @ states)) + self.whole(self.whole_norm(mean))[:, None]
        meant = self.drop(functional.gelu(seen + self.own))
        return meant, (meant * self.toward).sum(-1) + self.start + self.lexicon * fired

    def aim(self, head: str, meant: Tensor) -> Tensor:
        """What claims, shape (claims, features), look for: shape (claims, 1 + POINTING), nothing's odds first."""
        return torch.cat([getattr(self, f"{head}_none")(meant), getattr(self, f"{head}_claim")(meant)], 1)

    def point(self, aim: Tensor, near: Tensor, bonus: Tensor | float = 0.0) -> Tensor:
        """Log odds of each place, those of none of them first."""
        return torch.cat([aim[:1], near @ aim[1:] / math.sqrt(POINTING) + bonus])

    def recall(self, path: Path) -> None:
        """Go on from what was stored before."""
        with np.load(path, allow_pickle=False) as stored:
            known = {name: torch.tensor(stored[name]).float() for name in stored.files if name not in {"base", "names"}}
        whole = {
            f"encoder.moved.{name[0]}{name[2:]}" if name[0].isdigit() else name: value for name, value in known.items()
        }
        self.load_state_dict(whole, strict=False)  # heads that came later start anew

    def stored(self) -> dict[str, np.ndarray]:
        """What is learnt, in half precision, by the names under which the product looks it up."""
        found = {}
        for name, value in self.state_dict().items():
            layer = name.removeprefix("encoder.moved.")
            short = f"{layer[0]}.{layer[1:]}" if layer != name else name
            found[short] = value.detach().float().numpy().astype(np.float16)
        return found
