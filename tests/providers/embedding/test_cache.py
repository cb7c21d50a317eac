import os
import sqlite3
import stat
import sys
import threading

import numpy as np
import pytest

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.embedding.cache import VectorCache, cache_key, cache_path
from providers.info import CAPTIONS, PIXELS
from providers.inputs import Input

SETUP = Setup("p", "m", 2)
BOTH, NONE = frozenset(Modality), frozenset()
ITEM = Input("id", Modality.TEXT, Role.QUERY, "a cat")


def unit(angle: float) -> np.ndarray:
    return np.asarray([np.cos(angle), np.sin(angle)], np.float32)


@pytest.fixture
def cache(tmp_path):
    cache = VectorCache(tmp_path / "made" / "vectors.sqlite")
    yield cache
    cache.close()


def test_a_kept_vector_comes_back_bit_for_bit(cache):
    cache.put({b"k": unit(0.3)})
    assert np.array_equal(cache.get([b"k", b"other"], 2)[b"k"], unit(0.3))


def test_what_was_never_kept_is_not_found(cache):
    assert cache.get([b"k"], 2) == {}


def test_vectors_outlive_the_process_that_made_them(tmp_path):
    first = VectorCache(tmp_path / "v.sqlite")
    first.put({b"k": unit(1.0)})
    first.close()
    second = VectorCache(tmp_path / "v.sqlite")
    assert b"k" in second.get([b"k"], 2)
    second.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
def test_only_the_owner_may_read_the_file(tmp_path):
    cache = VectorCache(tmp_path / "v.sqlite")
    cache.put({b"k": unit(0.0)})
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    cache.close()


def test_the_file_holds_neither_text_nor_picture(tmp_path):
    cache = VectorCache(tmp_path / "v.sqlite")
    item = Input("id", Modality.TEXT, Role.QUERY, "a secret caption")
    cache.put({cache_key(SETUP, item, roles=NONE): unit(0.1)})
    cache.close()
    assert b"secret" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"short",
        np.zeros(2, np.float32).tobytes(),
        unit(0).tobytes() * 2,
        np.asarray([np.nan, 1], np.float32).tobytes(),
    ],
)
def test_a_broken_entry_is_not_given_out(tmp_path, broken):
    cache = VectorCache(tmp_path / "v.sqlite")
    cache.put({b"k": unit(0.0)})
    with sqlite3.connect(tmp_path / "v.sqlite") as other:
        other.execute("UPDATE vectors SET vector = ?", (broken,))
    other.close()
    assert cache.get([b"k"], 2) == {}
    cache.close()


def test_a_damaged_file_is_started_anew(tmp_path):
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"this is no database" * 1000)
    cache = VectorCache(path)
    cache.put({b"k": unit(0.0)})
    assert b"k" in cache.get([b"k"], 2)
    assert cache.on_disk
    cache.close()


def test_without_a_disk_to_write_to_vectors_stay_in_memory(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = VectorCache(tmp_path / "file" / "v.sqlite")
    assert not cache.on_disk
    cache.put({b"k": unit(0.0)})
    assert b"k" in cache.get([b"k"], 2)
    cache.close()


def test_over_the_size_limit_the_least_recently_used_go(tmp_path):
    cache = VectorCache(tmp_path / "v.sqlite", max_bytes=200_000)
    vector = np.zeros(1000, np.float32)
    vector[0] = 1.0
    for start in range(0, 200, 10):
        cache.put({str(n).encode(): vector for n in range(start, start + 10)})
    assert 10 <= len(cache) < 100
    assert b"199" in cache.get([b"199"], 1000)
    assert cache.get([b"0"], 1000) == {}
    cache.close()


def test_many_threads_may_read_and_write_at_once(cache):
    def work(number: int) -> None:
        for step in range(30):
            cache.put({f"{number}-{step}".encode(): unit(step)})
            assert cache.get([f"{number}-{step}".encode()], 2)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache) == 180


def test_more_keys_than_one_query_takes_are_all_found(cache):
    keys = [str(n).encode() for n in range(1201)]
    cache.put(dict.fromkeys(keys, unit(0.5)))
    assert len(cache.get(keys, 2)) == 1201


@pytest.mark.parametrize(
    "other",
    [
        cache_key(Setup("p", "m2", 2), ITEM, roles=BOTH),
        cache_key(Setup("p", "m", 3), ITEM, roles=BOTH),
        cache_key(Setup("p", "m", 2, version="2"), ITEM, roles=BOTH),
        cache_key(Setup("p", "m", 2, settings=(("size", 512),)), ITEM, roles=BOTH),
        cache_key(SETUP, ITEM, roles=BOTH, base_url="https://elsewhere"),
        cache_key(SETUP, Input("id", Modality.TEXT, Role.DOCUMENT, "a cat"), roles=BOTH),
        cache_key(SETUP, Input("id", Modality.TEXT, Role.QUERY, "a dog"), roles=BOTH),
        cache_key(SETUP, Input("id", Modality.PICTURE, Role.QUERY, b"a cat"), roles=BOTH),
    ],
)
def test_whatever_can_change_a_vector_changes_its_key(other):
    assert other != cache_key(SETUP, ITEM, roles=BOTH)


def test_where_roles_make_no_difference_they_share_a_vector():
    document = Input("id", Modality.TEXT, Role.DOCUMENT, "a cat")
    assert cache_key(SETUP, ITEM, roles=NONE) == cache_key(SETUP, document, roles=NONE)


def test_roles_count_only_for_the_kind_of_item_that_they_change():
    texts_only = frozenset({Modality.TEXT})
    picture = Input("id", Modality.PICTURE, Role.QUERY, b"jpeg")
    as_document = Input("id", Modality.PICTURE, Role.DOCUMENT, b"jpeg")
    text_as_document = Input("id", Modality.TEXT, Role.DOCUMENT, "a cat")
    assert cache_key(SETUP, picture, roles=texts_only) == cache_key(
        SETUP, as_document, roles=texts_only
    )
    assert cache_key(SETUP, ITEM, roles=texts_only) != cache_key(
        SETUP, text_as_document, roles=texts_only
    )


def test_a_setting_of_pictures_leaves_the_vectors_of_texts_as_they_were():
    small = Setup("p", "m", 2, settings=((PIXELS, 224),))
    picture = Input("id", Modality.PICTURE, Role.DOCUMENT, b"jpeg")
    assert cache_key(small, ITEM, roles=BOTH) == cache_key(SETUP, ITEM, roles=BOTH)
    assert cache_key(small, picture, roles=BOTH) != cache_key(SETUP, picture, roles=BOTH)


def test_a_setting_of_captions_counts_through_the_role_alone():
    as_documents = Setup("p", "m", 2, settings=((CAPTIONS, "document"),))
    picture = Input("id", Modality.PICTURE, Role.DOCUMENT, b"jpeg")
    text_as_document = Input("id", Modality.TEXT, Role.DOCUMENT, "a cat")
    assert cache_key(as_documents, picture, roles=BOTH) == cache_key(SETUP, picture, roles=BOTH)
    assert cache_key(as_documents, text_as_document, roles=BOTH) == cache_key(
        SETUP, text_as_document, roles=BOTH
    )
    assert cache_key(as_documents, text_as_document, roles=BOTH) != cache_key(
        SETUP, ITEM, roles=BOTH
    )


def test_the_setting_moves_the_cache_or_switches_it_off(tmp_path):
    assert cache_path(str(tmp_path)) == tmp_path / "vectors.sqlite"
    assert cache_path("off") is None
    assert cache_path(None).name == "vectors.sqlite"
