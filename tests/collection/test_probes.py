"""The sample Probes: drawn as its script says, and differing in one thing only."""

from collections import Counter

import numpy as np
import pytest
from PIL import Image

from collection.probes import PROBES, all_probes
from collection.samples import load_sample
from scripts.draw_probes import SAMPLES, drawn_probes

SWAPPED = {"colour of which", "big or small", "written word"}
"""Kinds in which two words change places; in all others one word is another one."""


def words_of(text_id):
    return load_sample(PROBES).text(text_id).text.split()


def test_there_are_about_sixty_pictures_each_with_one_caption_of_its_own():
    sample = load_sample(PROBES)
    assert 50 <= len(sample.pictures) <= 70
    assert len(sample.pictures) == len(sample.texts) == len(sample.pairs) == 2 * len(all_probes())


@pytest.mark.parametrize("probe", all_probes(), ids=lambda probe: probe.kind)
def test_the_captions_of_a_minimal_pair_differ_in_one_thing(probe):
    one, other = (words_of(pair.text_id) for pair in (probe.first, probe.second))
    changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if probe.kind in SWAPPED:
        assert Counter(one) == Counter(other)
        assert len(changed) == 2
        assert changed[0] == changed[1][::-1]
    else:
        assert len(changed) == 1


@pytest.mark.parametrize("probe", all_probes(), ids=lambda probe: probe.kind)
def test_the_pictures_of_a_minimal_pair_are_not_the_same(probe):
    assert probe.first.picture_id != probe.second.picture_id


def test_the_pictures_and_the_table_are_those_that_the_script_draws():
    lines = (SAMPLES / "probes.csv").read_text("utf-8").splitlines()[1:]
    drawn = list(drawn_probes())
    assert [",".join(row.values()) for row, _ in drawn] == lines
    for row, picture in drawn:
        with Image.open(SAMPLES / "pictures" / row["file_name"]) as kept:
            apart = np.abs(_grey(kept) - _grey(picture))
        assert apart.mean() < 0.5, row["file_name"]


def test_the_pictures_are_small_files():
    files = (SAMPLES / "pictures").glob("probe-*.png")
    assert sum(file.stat().st_size for file in files) < 150_000


def _grey(picture):
    return np.asarray(picture.convert("RGB"), np.float64).mean(axis=2)
