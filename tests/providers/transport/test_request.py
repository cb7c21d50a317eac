import base64
import json

import pytest

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.info import Limits, Model
from providers.transport.api import batches_within
from providers.transport.request import DATA_URI, PictureData, Request, json_body, written
from tests.providers.hosted.asking import picture, text
from tests.providers.transport.fake_api import LetterApi

RED, BLUE = picture("red"), picture("blue")


def test_a_picture_in_json_is_its_bytes_in_base64():
    body = json.loads(json_body(Request("/", json={"image": PictureData(RED)})))
    assert base64.b64decode(body["image"], validate=True) == RED.jpeg


def test_a_prefix_stands_before_the_base64():
    data = PictureData(RED, DATA_URI).base64
    head, _, payload = data.partition(",")
    assert head == "data:image/jpeg;base64"
    assert base64.b64decode(payload, validate=True) == RED.jpeg


def test_every_picture_in_a_tree_is_written_in_the_way_asked_for():
    tree = {"a": [PictureData(RED), {"b": PictureData(BLUE)}], "c": (1, None, "x")}
    assert written(tree, lambda data: data.picture.item_id) == {
        "a": [RED.item_id, {"b": BLUE.item_id}],
        "c": [1, None, "x"],
    }


def test_writing_leaves_the_request_as_it_was():
    tree = {"a": [PictureData(RED)]}
    written(tree, lambda data: "x")
    assert tree == {"a": [PictureData(RED)]}


def test_the_body_is_utf_8_and_any_text_survives_it():
    words = '猫 "quoted" \\ \u2028 🐱'
    assert json.loads(json_body(Request("/", json=[words])).decode("utf-8")) == [words]


@pytest.mark.parametrize(
    "request_",
    [
        Request("/", json=[PictureData(RED), {"x": PictureData(BLUE)}, PictureData(RED), "text"]),
        Request("/", parts=(("m", "x"), ("i", PictureData(RED)), ("i", PictureData(BLUE)))),
    ],
)
def test_the_pictures_of_a_request_are_named_in_order_each_once(request_):
    assert request_.pictures == (RED, BLUE)


def test_a_request_without_pictures_names_none():
    assert Request("/", json={"texts": ["a"]}).pictures == ()


def model_with(items, megabytes):
    return Model("m", (3,), 8, "this file", limits=Limits(items, megabytes, "this file"))


def sizes(model, inputs, items=0):
    return [len(batch) for batch in batches_within(model, inputs, items)]


def test_batches_keep_the_limit_of_items_and_the_order():
    inputs = [text(str(n)) for n in range(25)]
    batches = batches_within(model_with(10, 1.0), inputs)
    assert [len(batch) for batch in batches] == [10, 10, 5]
    assert [item for batch in batches for item in batch] == inputs


def test_batches_keep_the_limit_of_bytes_as_they_are_sent():
    weight = len(RED.jpeg) * 4 / 3  # base64
    assert sizes(model_with(10, 2.5 * weight / 1e6), [RED] * 5) == [2, 2, 1]


def test_an_item_over_the_limit_goes_alone():
    assert sizes(model_with(10, 1e-6), [text("long"), text("long")]) == [1, 1]


def test_the_weight_of_a_text_is_that_of_its_utf_8():
    assert sizes(model_with(10, 6e-6), [text("猫"), text("猫"), text("猫")]) == [2, 1]


def test_a_model_without_limits_is_asked_item_by_item():
    assert sizes(Model("m", (3,), 8, "this file"), [text("a"), text("b")]) == [1, 1]


def test_nothing_makes_no_batches():
    assert batches_within(model_with(10, 1.0), []) == []


def test_a_plan_never_mixes_kinds_or_roles():
    inputs = [
        make(name, role=role)
        for role in Role
        for name, make in (("red", picture), ("one", text), ("two", text))
    ]
    setup = Setup("letters", "letters", 3)
    batches = LetterApi().plan(setup, inputs, ())
    kinds = [{(item.modality, item.role) for item in batch} for batch in batches]
    assert all(len(kind) == 1 for kind in kinds)
    assert len(batches) == 4
    assert batches[0][0].modality is Modality.PICTURE
    assert sorted(map(id, (i for batch in batches for i in batch))) == sorted(map(id, inputs))
