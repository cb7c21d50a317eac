"""Session files that somebody made up do no harm: the good comes in, the rest is named."""

import io
import json
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collection.limits import MAX_CAPTION_CHARACTERS, MAX_ITEMS
from collection.samples import load_sample
from exchange.errors import SessionFileError
from exchange.session_file.contents import MAX_DESCRIPTION_BYTES, OpenedSession
from tests.exchange.session_file.session_files import (
    MINILM,
    NOMIC,
    npy,
    opened,
    packed,
    parts_of,
    small_session,
    unit_rows,
    with_description,
    with_part,
    written,
)

FILE = written(small_session())
PARTS = parts_of(FILE)
DIMENSION = MINILM.dimension


def said(**changes):
    return with_description(FILE, lambda description: description.update(changes))


def of_setup(number, **changes):
    return with_description(FILE, lambda said: said["setups"][number].update(changes))


def of_vectors(**changes):
    return with_description(FILE, lambda said: said["setups"][0]["vectors"].update(changes))


def of_map(**changes):
    return with_description(FILE, lambda said: said["maps"][0].update(changes))


def lines(name, change):
    found = [json.loads(line) for line in PARTS[name].decode().splitlines()]
    change(found)
    return with_part(FILE, name, "\n".join(map(json.dumps, found)).encode())


def locked():
    """Set the flag of encryption in every header."""
    data = bytearray(FILE)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def claiming(name, size):
    """Let the directory claim another size of a part."""
    data = bytearray(FILE)
    at = data.rfind(name.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def bomb():
    """Return a file whose description unpacks to a gigabyte of blanks."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("session.json", "w") as entry,
    ):
        for _ in range(64):
            entry.write(b" " * 2**20)
    return file.getvalue()


def packed_otherwise():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("session.json", PARTS["session.json"])
    return file.getvalue()


def twice(name):
    file = io.BytesIO(FILE)
    with (
        zipfile.ZipFile(file, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        archive.writestr(name, b"another one")
    return file.getvalue()


def many_entries():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("session.json", PARTS["session.json"])
    return file.getvalue() + b"PK\x01\x02" * 200_000


REFUSED = {
    "empty": b"",
    "no ZIP": b"%PDF-1.7 and so on",
    "cut short": FILE[: len(FILE) // 2],
    "its end only": FILE[-200:],
    "no description": with_part(FILE, "session.json", None),
    "a description that is no JSON": with_part(FILE, "session.json", b"{'format': 1"),
    "a description that is a list": with_part(FILE, "session.json", b"[]"),
    "a description in another encoding": with_part(FILE, "session.json", b"\xff\xfe{\x00}\x00"),
    "a deeply nested description": with_part(FILE, "session.json", b"[" * 100_000),
    "a number of many digits": with_part(FILE, "session.json", b'{"format": ' + b"9" * 10_000),
    "NaN in the description": with_part(FILE, "session.json", b'{"format_version": NaN}'),
    "a description that is too long": with_part(
        FILE, "session.json", b" " * (MAX_DESCRIPTION_BYTES + 1)
    ),
    "a bomb": bomb(),
    "another format": said(format="something else"),
    "a newer version": said(format_version=2),
    "a version that is no number": said(format_version={"is": 1}),
    "a version that is true": said(format_version=True),
    "locked": locked(),
    "packed in an unusual way": packed_otherwise(),
    "two descriptions": twice("session.json"),
    "very many entries": many_entries(),
    "a size that is a lie": claiming("session.json", 12),
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_is_no_session_is_refused_in_one_line_that_names_the_file(how):
    with pytest.raises(SessionFileError, match=r"^session\.zip [^\n]+\.$"):
        opened(REFUSED[how])


NAMED = {
    "captions missing": with_part(FILE, "captions.jsonl", None),
    "pictures missing": with_part(FILE, "metadata.jsonl", None),
    "a picture missing": with_part(FILE, "pictures/0001.jpg", None),
    "a picture that is none": with_part(FILE, "pictures/0001.jpg", b"<svg onload=alert(1)>"),
    "a picture cut short": with_part(FILE, "pictures/0001.jpg", PARTS["pictures/0001.jpg"][:300]),
    "a picture there twice": twice("pictures/0001.jpg"),
    "a picture of another size than claimed": claiming("pictures/0001.jpg", 2**31),
    "a path out of the file": lines(
        "metadata.jsonl", lambda all_: all_[1].update(file_name="../../etc/passwd")
    ),
    "an absolute path": lines(
        "metadata.jsonl", lambda all_: all_[1].update(file_name="/etc/passwd")
    ),
    "a path of Windows": lines(
        "metadata.jsonl", lambda all_: all_[1].update(file_name="C:\\pictures\\0001.jpg")
    ),
    "a path that is no text": lines("metadata.jsonl", lambda all_: all_[1].update(file_name=[1])),
    "lines that are no JSON": with_part(FILE, "captions.jsonl", b"{\nnull\n[]\n"),
    "a blank caption": lines("captions.jsonl", lambda all_: all_[1].update(text=" \u200b ")),
    "a very long caption": lines(
        "captions.jsonl", lambda all_: all_[1].update(text="a" * (MAX_CAPTION_CHARACTERS + 1))
    ),
    "more captions than items": with_part(
        FILE,
        "captions.jsonl",
        b"".join(b'{"text": "%d"}\n' % n for n in range(MAX_ITEMS + 7)),
    ),
    "pairs of what is not there": said(pairs=["0 99", "99 0", "0", 7, None, "-1 0", "0 0 0"]),
    "an unknown provider": of_setup(0, provider="evil"),
    "an unknown model": of_setup(0, model="evil"),
    "a dimension that is not offered": of_setup(0, dimension=7),
    "a dimension that is no number": of_setup(0, dimension={"$": 384}),
    "another version": of_setup(0, version="999"),
    "settings that are not offered": of_setup(0, settings={"captions as": ["query"]}),
    "setups that are none": said(setups=[None, 1, "a", {}]),
    "vectors missing": with_part(FILE, "vectors/00.npy", None),
    "vectors of another shape": with_part(FILE, "vectors/00.npy", npy(unit_rows(6, DIMENSION))),
    "vectors of one axis": with_part(FILE, "vectors/00.npy", npy(np.ones(7, np.float32))),
    "vectors by columns": with_part(
        FILE, "vectors/00.npy", npy(np.asfortranarray(unit_rows(7, DIMENSION)))
    ),
    "vectors of doubles": with_part(
        FILE, "vectors/00.npy", npy(unit_rows(7, DIMENSION).astype(np.float64))
    ),
    "pickled objects": with_part(FILE, "vectors/00.npy", npy(np.array([{1: print}], object))),
    "a header that is Python": with_part(
        FILE, "vectors/00.npy", b"\x93NUMPY\x01\x00\x40\x00" + b"__import__('os').abort()".ljust(64)
    ),
    "a header that claims terabytes": with_part(
        FILE,
        "vectors/00.npy",
        npy(unit_rows(7, DIMENSION)).replace(b"(7, 384)", b"(7, 99999999999)"),
    ),
    "vectors of NaN": with_part(
        FILE, "vectors/00.npy", npy(np.full((7, DIMENSION), np.nan, np.float32))
    ),
    "infinite vectors": with_part(
        FILE, "vectors/00.npy", npy(np.full((7, DIMENSION), np.inf, np.float32))
    ),
    "vectors of zeros": with_part(FILE, "vectors/00.npy", npy(np.zeros((7, DIMENSION), "<f4"))),
    "vectors too long": with_part(FILE, "vectors/00.npy", npy(3 * unit_rows(7, DIMENSION))),
    "more rows than vectors": of_vectors(items=list(range(7)) * 3),
    "a path of vectors that is no text": of_vectors(file={"a": 1}),
    "a map of another shape": with_part(FILE, "maps/000.npy", npy(np.zeros((3, 2), "<f4"))),
    "a picture of the query that is none": with_part(FILE, "query/picture.jpg", b"GIF89a"),
}


@pytest.mark.parametrize("how", NAMED)
def test_what_is_not_good_is_named_and_the_rest_comes_in(how):
    found = opened(NAMED[how])
    assert found.remarks
    assert all(remark.text.startswith("session.zip: ") for remark in found.remarks)
    assert all("\n" not in remark.text and len(remark.text) < 600 for remark in found.remarks)
    assert len(found.contents.collection) >= 3
    assert_sound(found)


HARMLESS = {
    "an order of nonsense": said(items=["caption 99", "picture", 7, None, "picture -1"]),
    "no order": said(items=None),
    "rows of nonsense": said(rows=[{"setup": 99}, {"setup": True}, 3, {"setup": "0"}]),
    "a query of nonsense": said(query=[1, 2]),
    "a weight beyond 1": said(query={"words": 7, "like": 99, "weight": 1e308, "beside": {}}),
    "views of nonsense": said(views={"a\nb": 1, "map-method": ["umap"], "x": None, "y": 1e300}),
    "an exercise of nonsense": said(exercise={"swapped": "0 0", "candidates": 1}),
    "a selection of nonsense": said(selected=[-1, 1e9, "0", None, True]),
    "a cap of nonsense": said(spending_cap_usd="1000"),
    "a negative cap": said(spending_cap_usd=-1),
    "usage of nonsense": of_vectors(usage={"<b>": 1, "tokens": -5, "x": "y"}, seconds=-3),
    "a date of nonsense": of_vectors(made="9999-99-99"),
    "a date far away": of_vectors(made="0001-01-01T00:00:00+14:00"),
    "failures of nonsense": of_vectors(failures=[1, {"item": 99}, {"item": 0, "reason": 5}]),
    "a map of an unknown setup": of_map(setup=99),
    "a map of an unknown method": of_map(method="evil", settings={"__class__": 1}),
    "a map's parameters of nonsense": of_map(parameters={"<b>": "<script>", "metric": "a\nb"}),
    "an id of another": lines(
        "metadata.jsonl",
        lambda all_: all_[0].update(id=next(iter(load_sample("gallery").pictures)).id),
    ),
    "names to be wary of": lines(
        "metadata.jsonl", lambda all_: all_[0].update(name="<img src=x onerror=alert(1)>\u202e")
    ),
    "halves of characters": lines(
        "captions.jsonl", lambda all_: all_[0].update(text="half \ud800 of one")
    ),
    "labels of nonsense": lines("metadata.jsonl", lambda all_: all_[0].update(labels=[1], x={})),
    "no thumbnail": with_part(FILE, "thumbnails/0000.webp", None),
    "a thumbnail that is none": with_part(FILE, "thumbnails/0000.webp", b"RIFF????WEBP"),
    "entries that lead outside": packed(PARTS | {"../../evil": b"x", "/etc/evil": b"x"}),
}


@pytest.mark.parametrize("how", HARMLESS)
def test_what_means_nothing_does_nothing(how):
    found = opened(HARMLESS[how])
    assert len(found.contents.collection) == 7
    assert_sound(found)


def assert_sound(found: OpenedSession):
    """See that everything fits together, as it does in a session of one's own."""
    contents, collection = found.contents, found.contents.collection
    assert len(collection) <= MAX_ITEMS
    assert {end for pair in collection.pairs for end in pair} <= collection.items.keys()
    str(collection.labels).encode()  # what UTF-8 cannot hold, no browser gets
    "".join(item.label for item in collection.items.values()).encode()
    for setup, embeddings in contents.results.items():
        assert setup in (MINILM, NOMIC)
        assert set(embeddings.ids) <= collection.items.keys()
        assert set(embeddings.failures) <= collection.items.keys() - set(embeddings.ids)
        np.testing.assert_allclose(np.linalg.norm(embeddings.vectors, axis=1), 1, atol=1e-3)
        assert all(amount >= 0 for amount in embeddings.usage.values())
    for saved in contents.maps:
        assert saved.xy.shape == (len(contents.results[saved.setup]), 2)
        assert np.isfinite(saved.xy).all()
    assert set(contents.exercise.swapped) <= set(collection.pairs)
    assert contents.selected <= collection.items.keys()
    assert contents.query.like is None or contents.query.like in collection
    assert contents.cap is None or 0 <= contents.cap < 1e6


def assert_sound_or_refused(data):
    """See that nothing but the error of a session file is raised."""
    try:
        found = opened(data)
    except SessionFileError:
        return
    assert_sound(found)


def test_a_bomb_takes_little_memory():
    tracemalloc.start()
    try:
        with pytest.raises(SessionFileError):
            opened(REFUSED["a bomb"])
        opened(NAMED["a header that claims terabytes"])
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20_000_000


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["caption 0", "picture 1", "0 0", "umap", "vectors/00.npy", "local-minilm"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=6,
)


def places(value, path=()):
    """Yield the way to every value within JSON."""
    yield path
    if isinstance(value, dict | list):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*path, name))


JSON_PARTS = {name: part for name, part in PARTS.items() if ".json" in name}


@st.composite
def tampered(draw):
    """Return the file with one value of its JSON replaced by anything, or a part by any bytes."""
    name = draw(st.sampled_from([*JSON_PARTS, *JSON_PARTS, *PARTS]))
    if name not in JSON_PARTS:
        part = bytearray(PARTS[name])
        for _ in range(draw(st.integers(1, 8))):
            part[draw(st.integers(0, len(part) - 1))] = draw(st.integers(0, 255))
        return with_part(FILE, name, bytes(part))
    whole = (
        [json.loads(line) for line in PARTS[name].decode().splitlines()]
        if name.endswith("jsonl")
        else json.loads(PARTS[name])
    )
    path = draw(st.sampled_from([path for path in places(whole) if path]))
    within = whole
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = draw(ANYTHING)
    text = "\n".join(map(json.dumps, whole)) if name.endswith("jsonl") else json.dumps(whole)
    return with_part(FILE, name, text.encode())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tampered())
def test_whatever_is_changed_in_a_file_what_is_opened_is_sound(data):
    assert_sound_or_refused(data)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(FILE) - 1), st.integers(0, 255), st.integers(0, len(FILE)))
def test_bytes_that_fell_over_do_no_harm(at, byte, end):
    data = bytearray(FILE)
    data[at] = byte
    for damaged in (bytes(data), bytes(data[:end])):
        assert_sound_or_refused(damaged)
