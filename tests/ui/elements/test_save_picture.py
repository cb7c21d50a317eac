from dataclasses import replace

import pytest

from charts.scatter_map import WEBGL_FROM
from tests.charts.test_scatter_map import scatter
from ui.elements.save_picture import plain_name
from ui.map.map_picture import MARKS_ARE_A_BITMAP, map_picture


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("similarity", "Local MiniLM"), "similarity-local-minilm"),
        (("map", "Größe: <b>/../x"), "map-groe-b-x"),
        (("模型",), "chart"),
    ],
)
def test_a_file_is_named_by_plain_letters_only(parts, name):
    assert plain_name(*parts) == name


def test_a_file_name_is_not_endless():
    assert len(plain_name("a long name " * 50)) <= 60


def test_of_a_map_drawn_as_a_bitmap_the_svg_is_said_to_hold_one():
    many, few = scatter(WEBGL_FROM), scatter(WEBGL_FROM - 1)
    assert map_picture("MiniLM", "PCA", many, {}).bitmap == MARKS_ARE_A_BITMAP
    assert map_picture("MiniLM", "PCA", few, {}).bitmap == ""
    kinds = [
        {trace.type for trace in map_picture("A", "PCA", m, {}).draw().data} for m in (many, few)
    ]
    assert "scattergl" in kinds[0]
    assert "scattergl" not in kinds[1]


def test_a_map_with_groups_says_so_in_its_file_name():
    grouped = map_picture(
        "MiniLM", "UMAP", replace(scatter(3), groups=[0, 1, 0]), {0: "cats", 1: "dogs"}
    )
    assert grouped.file_name == "map-with-groups-minilm"
