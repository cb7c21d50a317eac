import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto

from scripts.local_assets.graph import Graph, quantised
from scripts.local_assets.lite0_graph import lite0_graph, same_padding
from scripts.local_assets.minilm_graph import minilm_graph


def random(*shape):
    return np.random.default_rng(0).normal(size=shape).astype(np.float32)


def test_int8_codes_are_off_by_half_a_step_at_most():
    weight = random(40, 30) * np.geomspace(1, 1000, 40, dtype=np.float32)[:, None]
    codes, steps = quantised(weight, channel_axis=0)
    assert steps.shape == (40, 1)
    assert np.abs(codes).max() == 127
    assert np.all(np.abs(codes * steps - weight) <= steps * 0.501)


def test_a_channel_of_zeros_stays_zero():
    codes, steps = quantised(np.zeros((2, 3), np.float32), channel_axis=0)
    assert not codes.any()
    assert np.isfinite(steps).all()


@pytest.mark.parametrize(("size", "kept_exactly"), [((9, 9), True), ((50, 50), False)])
def test_a_small_weight_is_kept_and_a_large_one_expanded_in_the_graph(size, kept_exactly):
    weight = random(*size)
    graph = Graph()
    product = graph.add("MatMul", "x", graph.weight(weight, channel_axis=1))
    model = graph.model(
        {"x": (TensorProto.FLOAT, ["n", size[0]])}, {"y": (product, ["n", size[1]])}
    )
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    (got,) = session.run(None, {"x": np.eye(size[0], dtype=np.float32)})
    assert np.array_equal(got, weight) == kept_exactly
    assert got == pytest.approx(weight, abs=float(np.abs(weight).max() / 127))


@pytest.mark.parametrize(
    ("side", "kernel", "stride", "expected"),
    [
        (224, 3, 2, (0, 1)),
        (56, 5, 2, (1, 2)),
        (15, 3, 2, (1, 1)),
        (28, 5, 1, (2, 2)),
        (7, 1, 1, (0, 0)),
    ],
)
def test_same_padding_puts_the_smaller_half_first(side, kernel, stride, expected):
    assert same_padding(side, kernel, stride) == expected


def test_a_checkpoint_of_another_network_is_refused():
    with pytest.raises(KeyError, match="_bn0"):
        lite0_graph({"other.weight": random(3, 3)})
    with pytest.raises(KeyError, match="word_embeddings"):
        minilm_graph({"other.weight": random(3, 3)})
