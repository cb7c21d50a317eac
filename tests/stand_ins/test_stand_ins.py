"""Every stand-in accepts what is documented, refuses what is not, and keeps its limits."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import requests

from stand_ins import STAND_INS
from stand_ins.faults import Held
from stand_ins.gemini import gemini_request
from stand_ins.right_request import post, vectors
from stand_ins.vectors import vector_of
from stand_ins.voyage import voyage_input

each = pytest.mark.parametrize("stand_in", list(STAND_INS), indirect=True)


@each
def test_a_right_request_gets_its_vectors(stand_in):
    response = post(stand_in)
    assert response.status_code == 200
    assert np.shape(vectors(stand_in, response)) == (2, stand_in.right_request.dimension)
    assert vectors(stand_in, response) == vectors(stand_in, post(stand_in))


@each
def test_a_wrong_key_is_refused_in_the_shape_of_the_api(stand_in):
    response = post(stand_in, key="another-key")
    assert response.status_code == (400 if stand_in.provider == "gemini" else 401)
    assert set(response.json()) & {"detail", "error", "message"}
    assert stand_in.received[0].status == response.status_code


@each
def test_each_field_that_is_unknown_or_missing_is_refused(stand_in):
    right = stand_in.right_request.body
    assert post(stand_in, {**right, "nonsense": 1}).status_code in (400, 422)
    optional = {"task_type", "normalized", "dimensions", "parameters", "embedding_types"}
    optional |= {"input_type"} if stand_in.provider == "voyage" else set()
    # Nomic has a default for it, and another one than its clients.
    optional |= {"model"} if stand_in.provider == "nomic" else set()
    for name in right:
        shorter = {other: value for other, value in right.items() if other != name}
        expected = (200,) if name in optional else (400, 422)
        assert post(stand_in, shorter).status_code in expected, name


@pytest.mark.parametrize(
    ("stand_in", "field", "most", "entry", "status"),
    [
        ("nomic", "texts", 10, "a", 422),
        ("jina", "input", 512, "a", 422),
        ("vertex", "instances", 1, {"text": "a"}, 400),
        ("gemini", "requests", 100, gemini_request({"text": "a"}), 400),
        ("cohere", "inputs", 96, {"content": [{"type": "text", "text": "a"}]}, 400),
        ("voyage", "inputs", 1000, voyage_input("a"), 400),
    ],
    indirect=["stand_in"],
)
def test_one_more_than_the_limit_is_refused(stand_in, field, most, entry, status):
    right = {**stand_in.right_request.body, field: [entry] * most}
    assert post(stand_in, right).status_code == 200
    right[field] = [entry] * (most + 1)
    assert post(stand_in, right).status_code == status


@each
def test_another_path_and_another_method_are_refused(stand_in):
    assert post(stand_in, path="/v9/elsewhere").status_code == 404
    path = stand_in.right_request.path
    assert requests.get(stand_in.address + path, timeout=30).status_code == 405


@each
def test_a_body_that_is_not_json_is_refused(stand_in):
    assert post(stand_in, data=b"{", path=None).status_code >= 400
    response = requests.post(
        stand_in.address + stand_in.right_request.path,
        data=b'{"texts": [NaN]}',
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {stand_in.key}",
            "x-goog-api-key": stand_in.key,
        },
        timeout=30,
    )
    assert response.status_code == 400


def test_documented_limits_are_enforced_on_request():
    with STAND_INS["jina"](limits=True) as stand_in:
        held = stand_in.misbehave(Held(threading.Event()), times=2)
        with ThreadPoolExecutor(2) as threads:
            first = [threads.submit(post, stand_in) for _ in range(2)]
            stand_in.wait_for(lambda stand_in: stand_in.most_concurrent == 2)
            assert post(stand_in).json()["code"] == "RATE_CONCURRENCY_LIMIT_EXCEEDED"
            held.released.set()
            assert [answer.result().status_code for answer in first] == [200, 200]
        codes = [post(stand_in).status_code for _ in range(99)]
    assert codes == [200] * 98 + [429]


def test_a_shorter_vector_is_the_beginning_of_the_longer():
    long, short = (np.array(vector_of("text", "a", None, "m", size)) for size in (512, 64))
    assert np.allclose(long[:64] / np.linalg.norm(long[:64]), short, atol=1e-6)
    assert vector_of("text", "a", "query", "m", 64) != vector_of("text", "a", None, "m", 64)


def test_a_process_of_its_own_serves_until_its_input_ends():
    command = [sys.executable, "-m", "stand_ins", "nomic", "jina", "--latency", "0.01"]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        addresses = json.loads(process.stdout.readline())
        assert list(addresses) == ["nomic", "jina"]
        counts = requests.get(addresses["jina"] + "/__calls", timeout=30).json()
        assert counts == {"count": 0, "most_concurrent": 0}
        process.stdin.close()
        assert process.wait(30) == 0
