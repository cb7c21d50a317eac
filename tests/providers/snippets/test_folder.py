"""The folder of all calls: its script makes them, and holds neither a key nor a name."""

import io
import json
import shutil
import subprocess
import zipfile

import pytest

from collection.collection import Collection, Pair
from collection.items import text_item
from providers.registry import PROVIDERS
from providers.snippets.folder import write_folder
from providers.snippets.planned_call import planned_batches
from stand_ins import STAND_INS
from stand_ins.faults import Status
from tests.providers.snippets.pasting import HOSTED, HOSTILE, assert_same_request, environment
from tests.providers.snippets.planning import PLAIN, asked_by_the_app, named_picture

NAMES = (
    "$(touch gone).jpg",
    "`touch gone`.jpg",
    "new\nline; touch gone.jpg",
    "-rf.jpg",
    "../../../gone.jpg",
    "/etc/passwd",
    'it\'s "quoted" \\ !!.png',
    "\u202egpj.exe",
)
PICTURES = [named_picture(name, number) for number, name in enumerate(NAMES)]
TEXTS = [text_item(words) for words in (*HOSTILE, "$(touch gone)", "`touch gone`")]
COLLECTION = Collection().adding([*PICTURES, *TEXTS], [Pair(TEXTS[0].id, PICTURES[0].id)])
CALLED = {item.id: item.name for item in PICTURES}

needs_curl = pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("sh")), reason="needs curl and sh"
)


def folder_of(name, base_url=None, **values):
    """The ZIP archive for the collection, and what each call holds."""
    setup = PROVIDERS[name].info.setup()
    batches = planned_batches(setup, COLLECTION.items.values(), COLLECTION.pairs)
    target = io.BytesIO()
    write_folder(target, setup, batches, CALLED, base_url, values)
    return zipfile.ZipFile(target), batches


def run(folder, elsewhere, **variables):
    """Run the script from another folder, as it may be started from anywhere."""
    return subprocess.run(
        ["sh", str(folder / "run.sh")],
        capture_output=True,
        cwd=elsewhere,
        env=environment(elsewhere, **variables),
        timeout=60,
        check=False,
    )


@needs_curl
def test_the_script_makes_the_calls_that_the_app_would_make(hosted, tmp_path):
    name, stand_in = hosted
    asked = asked_by_the_app(name, stand_in, COLLECTION)
    archive, batches = folder_of(name, stand_in.address)
    folder, elsewhere = tmp_path / "-a folder", tmp_path / "elsewhere"
    elsewhere.mkdir()
    archive.extractall(folder)
    variable = next(e.variables[0] for e in PROVIDERS[name].info.key_fields if e.secret)
    done = run(folder, elsewhere, **{variable: stand_in.key, **PLAIN})
    assert (done.returncode, done.stderr) == (0, b"")
    for batch, again in zip(batches, stand_in.received, strict=True):
        first = asked[tuple(item.item_id for item in batch)].received
        assert_same_request(first, again, PROVIDERS[name].api.header)
    answers = sorted((folder / "answers").iterdir())
    assert len(answers) == len(batches) == len(asked)
    assert all(json.loads(answer.read_bytes()) for answer in answers)
    assert not list(tmp_path.rglob("gone*"))
    assert not list(elsewhere.iterdir())


@needs_curl
def test_the_script_stops_at_an_error_and_says_what_is_not_set(tmp_path):
    with STAND_INS["jina"]() as jina:
        archive, _ = folder_of("jina", jina.address)
        archive.extractall(tmp_path)
        done = run(tmp_path, tmp_path)
        assert done.returncode != 0
        assert b"JINA_API_KEY: is not set" in done.stderr
        assert jina.received == []
        jina.misbehave(Status(402, {"detail": "no money"}), times=None)
        done = run(tmp_path, tmp_path, JINA_API_KEY=jina.key)
        assert done.returncode != 0
        assert len(jina.received) == 1


@pytest.mark.parametrize("name", HOSTED)
def test_the_folder_holds_numbered_files_only_and_no_name_in_the_script(name):
    archive, batches = folder_of(name)
    for entry in archive.infolist():
        folder, _, file = entry.filename.rpartition("/")
        assert folder in ("", "pictures", "bodies")
        assert file in ("run.sh", "names.json") or file[:4].isdigit()
    assert archive.getinfo("run.sh").external_attr >> 16 == 0o100755
    pictures = [n for n in archive.namelist() if n.startswith("pictures/")]
    assert len(pictures) == len(NAMES)
    called = json.loads(archive.read("names.json"))
    assert list(called) == sorted(pictures)
    assert list(called.values()) == list(NAMES)
    script = archive.read("run.sh").decode()
    assert not [shown for shown in NAMES if shown in script]
    assert script.count("curl ") == len(batches)
    assert "touch" not in script


def test_what_the_provider_must_know_comes_from_the_environment_unless_typed():
    script = folder_of("vertex")[0].read("run.sh").decode()
    assert "/projects/${PROJECT_ID}/locations/us-central1/" in script
    assert ': "${PROJECT_ID:?' in script
    script = folder_of("vertex", project="mine")[0].read("run.sh").decode()
    assert "/projects/mine/" in script
    assert "PROJECT_ID" not in script


def test_the_same_calls_give_the_same_folder():
    first, second = folder_of("cohere")[0], folder_of("cohere")[0]
    assert [first.read(n) for n in first.namelist()] == [second.read(n) for n in second.namelist()]
