import numpy as np

from collection.embeddings import Embeddings, Setup
from collection.items import text_item
from collection.modality_vectors import vectors_among
from space.retrieval_measures import Measure
from space.scorecard import Direction, scorecard
from tests.space.vectors import unit
from ui.scorecard.common import CommonItems
from ui.scorecard.figures_table import columns_of

COUNT = 30
PAIRS = np.stack([np.arange(COUNT)] * 2, axis=1)
SIDES = [[text_item(f"{side} {n}") for n in range(COUNT)] for side in ("caption", "picture")]


def of_setups(*noises):
    """The scorecard of Setups, the noisier the worse, and what they have in common."""
    made = []
    for number, noise in enumerate(noises):
        rng = np.random.default_rng(number)
        texts = rng.normal(size=(COUNT, 16))
        pictures = texts + noise * rng.normal(size=texts.shape)
        ids = tuple(item.id for side in SIDES for item in side)
        made.append(Embeddings(Setup("x", str(number), 16), ids, unit([*texts, *pictures])))
    texts, pictures = (tuple(vectors_among(side, one) for one in made) for side in SIDES)
    common = CommonItems(tuple(one.setup for one in made), texts, pictures, PAIRS, 0)
    card = scorecard([(t.vectors, p.vectors) for t, p in zip(texts, pictures, strict=True)], PAIRS)
    return card, common


def test_the_best_has_the_highest_share_and_the_lowest_rank():
    columns = columns_of(*of_setups(8.0, 0.5, 4.0), Direction.BOTH, every=False)
    assert {column.name: column.best for column in columns} == dict.fromkeys(
        [column.name for column in columns], frozenset({1})
    )
    (rank,) = (column for column in columns if column.name == Measure.MEDIAN_RANK)
    assert rank.in_words(8.24375) == "8.2"


def test_further_figures_have_neither_chance_nor_best():
    *_, cka, gap = columns_of(*of_setups(1.0, 2.0), Direction.CAPTIONS, every=True)
    assert (cka.name, gap.name) == ("CKA", "modality gap")
    assert (cka.chance, gap.chance, cka.best, gap.best) == (None, None, frozenset(), frozenset())
    assert cka.estimates[0].value > 0.999
