"""The vectors of one picture and five texts, as they were when the version was set.

Whoever changes a vector on purpose gives the model a new version, then writes the file anew:
python -m tests.providers.local.test_fixed_vectors
"""

import json
from pathlib import Path

import pytest
from PIL import Image

from providers.local.models import LOCAL_MODELS

FIXED = Path(__file__).with_name("fixed_vectors.json")
PICTURE = Path(__file__).parents[3] / "collection" / "samples" / "pictures" / "cat.jpg"
TEXTS = (
    "A cute cat",
    "A cardboard box",
    "two dogs run along the beach at sunset",
    "Café crème, 3.50 € a cup!",
    "antidisestablishmentarianism",
)
TOLERANCE = 1e-3


def current_vectors(model):
    with Image.open(PICTURE) as picture:
        rows = [*model.embed_texts(TEXTS), *model.embed_pictures([picture])]
    numbers = [[round(float(value), 5) for value in row] for row in rows]
    return dict(zip((*TEXTS, PICTURE.name), numbers, strict=True))


@pytest.mark.parametrize("model", LOCAL_MODELS.values(), ids=LOCAL_MODELS.keys())
def test_vectors_are_those_of_the_version(model):
    fixed = json.loads(FIXED.read_text(encoding="utf-8"))[model.id]
    assert fixed["version"] == model.version
    current = current_vectors(model)
    assert current.keys() == fixed["vectors"].keys()
    for name, row in current.items():
        assert row == pytest.approx(fixed["vectors"][name], abs=TOLERANCE), name


def write():
    table = {
        model.id: {"version": model.version, "vectors": current_vectors(model)}
        for model in LOCAL_MODELS.values()
    }
    text = json.dumps(table, ensure_ascii=False).replace('], "', '],\n"')
    FIXED.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
