import shutil

import pytest

from providers.errors import ProviderFailed
from providers.local import asset_files
from providers.local.asset_files import (
    ASSETS,
    SUMS,
    committed_sums,
    damaged_assets,
    read_arrays,
    read_asset,
)


@pytest.fixture
def copied_assets(tmp_path, monkeypatch):
    folder = tmp_path / "assets"
    folder.mkdir()
    for name in (SUMS, "vocab.txt", "static_labels.npz"):
        shutil.copyfile(ASSETS / name, folder / name)  # which may be written, whoever owns it
    monkeypatch.setattr(asset_files, "ASSETS", folder)
    return folder


def test_no_committed_file_differs_from_its_sha256():
    assert damaged_assets() == []


def test_every_file_of_the_folder_is_listed_with_its_sha256():
    in_folder = {path.name for path in ASSETS.iterdir()} - {SUMS}
    assert set(committed_sums()) == in_folder


def test_the_inputs_are_listed_but_not_looked_for():
    text = (ASSETS / SUMS).read_text(encoding="utf-8")
    assert "inputs/model.safetensors" in text
    assert not any("safetensors" in name for name in committed_sums())


def test_all_files_together_stay_under_40_megabytes():
    assert sum(path.stat().st_size for path in ASSETS.iterdir()) < 40e6


@pytest.mark.parametrize("words", ["Apache License 2.0", "WordNet 3.0 Copyright 2006", "ImageNet"])
def test_the_notice_names_every_source(words):
    assert words in read_asset("NOTICE").decode("utf-8")


def test_a_changed_byte_is_an_error_that_names_the_file(copied_assets):
    path = copied_assets / "vocab.txt"
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    with pytest.raises(ProviderFailed, match=r"vocab\.txt is damaged.*Get the folder"):
        read_asset("vocab.txt")
    assert "vocab.txt" in damaged_assets()


def test_a_missing_file_is_an_error_that_names_it(copied_assets):
    (copied_assets / "static_labels.npz").unlink()
    with pytest.raises(ProviderFailed, match=r"static_labels\.npz cannot be read"):
        read_arrays("static_labels.npz")
    assert "static_labels.npz" in damaged_assets()


def test_the_vocabulary_is_that_of_uncased_bert():
    pieces = read_asset("vocab.txt").decode("utf-8").split("\n")[:-1]
    assert len(pieces) == len(set(pieces)) == 30522
    known = {0: "[PAD]", 100: "[UNK]", 101: "[CLS]", 102: "[SEP]", 1037: "a", 4937: "cat"}
    assert {i: pieces[i] for i in known} == known
