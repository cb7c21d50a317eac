import json
import zipfile

import numpy as np
import pytest

from scripts.local_assets.inputs import INPUTS, read_inputs
from scripts.local_assets.label_space import class_texts, label_space
from scripts.local_assets.safetensors_file import read_safetensors
from scripts.local_assets.static_table import DIMENSION, principal_components


def test_safetensors_are_read_by_name_type_and_shape():
    first, second = np.arange(6, dtype="<f4"), np.array([7], dtype="<i8")
    header = json.dumps(
        {
            "__metadata__": {"format": "pt"},
            "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
            "b": {"dtype": "I64", "shape": [1], "data_offsets": [24, 32]},
        }
    ).encode()
    content = len(header).to_bytes(8, "little") + header + first.tobytes() + second.tobytes()
    tensors = read_safetensors(content)
    assert tensors.keys() == {"a", "b"}
    assert tensors["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert tensors["b"].tolist() == [7]


def test_a_wheel_with_other_content_is_refused(tmp_path):
    first = INPUTS[0]
    wheel = tmp_path / f"{first.package.replace('-', '_').replace('==', '-')}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(first.members[0], b"something else")
    with pytest.raises(SystemExit, match="SHA-256"):
        read_inputs(tmp_path)


def test_a_missing_wheel_is_named(tmp_path):
    with pytest.raises(SystemExit, match=INPUTS[0].package):
        read_inputs(tmp_path)


def test_a_class_is_read_by_its_names_and_by_its_definition():
    names, defined = class_texts(
        {
            "imagenet_synsets.txt": b"n2\nn1\n",
            "imagenet_synset_to_lemma.txt": b"n1\tcat, true cat\nn2\tbox\nn3\tcar\n",
            "imagenet_synset_to_definition.txt": b"n1\ta pet\nn2\ta container\nn3\ta machine\n",
        }
    )
    assert names == ["box", "cat, true cat"]
    assert defined == ["box: a container", "cat: a pet"]


def test_the_label_space_is_centred_on_the_mean_of_its_classes():
    vectors = {"a": [1, 0], "a: x": [0, 2], "b": [0, 1], "b: y": [0, 1]}
    space = label_space(
        ["a", "b"], ["a: x", "b: y"], lambda texts: np.array([vectors[t] for t in texts], float)
    )
    first = np.array([1, 0.5]) / np.hypot(1, 0.5)
    centre = (first + np.array([0, 1])) / 2
    assert space["centre"] == pytest.approx(centre)
    assert space["labels"][0] == pytest.approx(
        (first - centre) / np.linalg.norm(first - centre), abs=1e-3
    )
    assert (space["labels"].dtype, space["centre"].dtype) == (np.float16, np.float32)


def test_principal_components_come_largest_first_and_do_not_depend_on_the_sign():
    vectors = np.random.default_rng(0).normal(size=(500, 300)) * np.linspace(3, 1, 300)
    components = principal_components(vectors)
    spread = components.std(axis=0)
    assert components.shape == (500, DIMENSION)
    assert np.all(np.diff(spread) <= 1e-9)
    assert components.mean(axis=0) == pytest.approx(0, abs=1e-9)
    assert np.abs(principal_components(-vectors)) == pytest.approx(np.abs(components), abs=1e-6)
