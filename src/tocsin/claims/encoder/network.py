"""The encoder as a network: six layers of a transformer, whole numbers of eight bits where they carry the load."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, final

import numpy as np

from tocsin.claims.encoder.weights import LAYERS, Array, Weights, moved, published, taught

HEADS = 12
FEATURES = 384
LEVELS = 127
"""Steps on each side of nought to which a weight is rounded."""
_TINY = 1e-12
_OWN = "com.microsoft"
"""Where the runtime keeps its fused operations."""


@final
class Network:
    """Turns word pieces into states, one window at a time, on one thread: the same numbers in whatever company."""

    def __init__(self, weights: Weights) -> None:
        import onnxruntime  # noqa: PLC0415 (only reading needs it)

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        content = _Graph(weights).model().SerializeToString()
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self._weights = weights

    def __call__(self, pieces: Sequence[int]) -> Array:
        """Return the states of a window, shape (pieces, FEATURES)."""
        found: Array = self._session.run(None, {"x0": self._embedded(pieces)[None]})[0][0]
        return found

    def _embedded(self, pieces: Sequence[int]) -> Array:
        base = self._weights
        at = np.asarray(pieces)
        scale = base.word_scale if base.word_scale.shape[0] == 1 else base.word_scale[at]
        summed = base.words[at].astype(np.float32) * scale + base.places[: len(at)]
        summed += base.vectors["embeddings.token_type_embeddings.weight"][0]
        centred = summed - summed.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + _TINY)
        gain, shift = (base.vectors[f"embeddings.LayerNorm.{name}"] for name in ("weight", "bias"))
        return (centred / spread * gain + shift).astype(np.float32)


@cache
def network() -> Network:
    """Load the taught encoder, once."""
    return Network(moved(published(), taught()))


@final
class _Graph:
    """Writes the network down as an ONNX graph."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[Any] = []
        self._stored: list[Any] = []

    def model(self) -> Any:
        """Return the whole graph; its input `x0` and output `x6` have the shape (1, pieces, FEATURES)."""
        from onnx import TensorProto, helper  # noqa: PLC0415 (only reading needs it)

        self._store("thirds", np.full(3, FEATURES, np.int64))
        for layer in range(LAYERS):
            self._layer(layer)
        ends = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "pieces", FEATURES])
            for name in ("x0", f"x{LAYERS}")
        ]
        graph = helper.make_graph(self._nodes, "encoder", ends[:1], ends[1:], self._stored)
        operations = [helper.make_opsetid("", 17), helper.make_opsetid(_OWN, 1)]
        return helper.make_model(graph, opset_imports=operations, ir_version=9)

    def _layer(self, layer: int) -> None:
        matrices = {part: matrix for (at, part), matrix in self._weights.matrices.items() if at == layer}
        name = f"encoder.layer.{layer}"
        three = ("query", "key", "value")
        biases = [self._weights.vectors[f"{name}.attention.self.{part}.bias"] for part in three]
        self._product(
            f"x{layer}", np.hstack([matrices[part] for part in three]), f"three{layer}", bias=np.hstack(biases)
        )
        parts = [f"{part}{layer}" for part in three]
        self._node("Split", [f"three{layer}", "thirds"], parts, axis=-1)
        self._node("MultiHeadAttention", parts, [f"heard{layer}"], own=True, num_heads=HEADS)
        self._product(f"heard{layer}", matrices["mixed"], f"mixed{layer}")
        self._rest(f"{name}.attention.output", f"mixed{layer}", f"x{layer}", f"y{layer}")
        self._product(f"y{layer}", matrices["wide"], f"wide{layer}")
        bias = self._store(f"bent{layer}_b", self._weights.vectors[f"{name}.intermediate.dense.bias"])
        self._node("BiasGelu", [f"wide{layer}", bias], [f"bent{layer}"], own=True)
        self._product(f"bent{layer}", matrices["narrow"], f"narrow{layer}")
        self._rest(f"{name}.output", f"narrow{layer}", f"y{layer}", f"x{layer + 1}")

    def _product(self, left: str, matrix: Array, out: str, bias: Array | None = None) -> None:
        """A matrix product; the matrix in whole numbers with a scale a column, the left side rounded on the way."""
        scale = (np.abs(matrix).max(axis=0) / LEVELS).astype(np.float32)
        whole = np.rint(matrix / scale).astype(np.int8)
        inputs = [left, self._store(f"{out}_w", whole), self._store(f"{out}_s", scale), ""]
        if bias is not None:
            inputs.append(self._store(f"{out}_b", bias))
        self._node("DynamicQuantizeMatMul", inputs, [out], own=True)

    def _rest(self, name: str, found: str, before: str, out: str) -> None:
        """What came in is added to what was found, and the sum is normalised."""
        vectors = self._weights.vectors
        inputs = [found, before]
        kinds = ("LayerNorm.weight", "LayerNorm.bias", "dense.bias")
        inputs += [self._store(f"{out}_{kind}", vectors[f"{name}.{kind}"]) for kind in kinds]
        self._node("SkipLayerNormalization", inputs, [out], own=True, epsilon=_TINY)

    def _store(self, name: str, value: Any) -> str:
        from onnx import numpy_helper  # noqa: PLC0415 (only reading needs it)

        self._stored.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _node(self, kind: str, inputs: list[str], outputs: list[str], *, own: bool = False, **settings: Any) -> None:
        from onnx import helper  # noqa: PLC0415 (only reading needs it)

        self._nodes.append(helper.make_node(kind, inputs, outputs, domain=_OWN if own else "", **settings))
