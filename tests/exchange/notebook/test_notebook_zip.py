"""The notebook runs top to bottom and gets the vectors that the session has."""

import io
import json
import zipfile
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from collection.collection import Collection, Pair
from collection.embeddings import Embeddings, Setup
from collection.items import text_item
from collection.picture import ingest_picture
from exchange.export_contents import ExportContents
from exchange.notebook.notebook_zip import ITEMS, NOTEBOOK, write_notebook
from providers import connect
from providers.brought import BROUGHT
from providers.registry import PROVIDERS
from stand_ins import STAND_INS
from tests.exchange.report.report_sessions import few_items, session_of
from tests.exchange.session_file.session_files import jpeg, unit_rows
from ui.export.contents import export_contents
from ui.export.notebook import session_notebook

ROOT = Path(__file__).parents[3]
INFOS = {name: provider.info for name, provider in PROVIDERS.items()}
KEY = "nk-0123456789abcdef"
NAMES = ("Local MiniLM", "Local Static", "Jina CLIP", "Brought: *mine* <b>")


def small_collection():
    texts = [text_item("a red square"), text_item("green grass")]
    pictures = [ingest_picture(f"{colour}.jpg", jpeg(colour)) for colour in ("red", "green")]
    pairs = [Pair(text.id, picture.id) for text, picture in zip(texts, pictures, strict=True)]
    return Collection().adding(
        [texts[0], *pictures, texts[1]], pairs, {texts[0].id: {"label": KEY}}
    )


def brought(collection):
    setup = Setup(BROUGHT, "mine", 8, "1", (("digest", "0a1b"),))
    ids = tuple(collection.items)
    return Embeddings(setup, ids, unit_rows(len(ids), 8))


def written(contents):
    file = io.BytesIO()
    write_notebook(contents, INFOS, file)
    return zipfile.ZipFile(file)


def run_in(folder):
    notebook = nbformat.read(folder / NOTEBOOK, as_version=4)
    client = NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, timeout=120)
    client.execute()
    return notebook


def words_of(notebook):
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "".join(output.get("text", "") for output in outputs)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A session of two embedded Setups, a hosted one and a brought one, and the notebook as run."""
    folder = tmp_path_factory.mktemp("notebook")
    collection = small_collection()
    items = list(collection.items.values())
    with pytest.MonkeyPatch.context() as patch, STAND_INS["jina"]() as server:
        patch.setenv("SHARED_SPACE_CHECKOUT", str(ROOT))
        patch.setenv("JINA_BASE_URL", server.address)
        patch.setenv("JINA_API_KEY", server.key)
        connections = [
            connect("local-minilm"),
            connect("local-static"),
            connect(
                "jina",
                model="jina-embeddings-v4",
                captions="document",
                dimension=512,
                picture_side=384,
            ),
        ]
        embedded = [c.embed(items, pairs=collection.pairs) for c in connections]
        results = {found.setup: found for found in (*embedded, brought(collection))}
        contents = ExportContents(
            collection,
            results,
            dict(zip(results, NAMES, strict=True)),
            lambda text: text.replace(KEY, "***"),
        )
        with written(contents) as archive:
            archive.extractall(folder)
            whole = b"".join(archive.read(name) for name in archive.namelist())
        assert server.key.encode() not in whole
        notebook = run_in(folder)
    return folder, contents, notebook


def test_the_notebook_gets_the_sessions_vectors_again(exported):
    words = words_of(exported[2])
    for name in (NAMES[0], NAMES[1], NAMES[3]):
        assert f"{name}: 4 of 4 vectors compared, the same to the last bit" in words
    assert f"{NAMES[2]}: 4 of 4 vectors compared, the same" in words
    assert "other vectors are expected" not in words


def test_every_setup_has_its_heatmap_with_the_pairs_outlined(exported):
    kind = "application/vnd.plotly.v1+json"
    outputs = [output for cell in exported[2].cells for output in cell.get("outputs", ())]
    figures = [o.data[kind] for o in outputs if kind in o.get("data", {})]
    assert len(figures) == len(NAMES)
    for figure in figures:
        assert [trace["type"] for trace in figure["data"]] == ["heatmap", *["scatter"] * 3]
    assert figures[0]["layout"]["yaxis"]["ticktext"] == ["a red square", "green grass"]


def test_recall_is_counted_as_on_the_scorecard(exported):
    from space.retrieval_measures import Measure
    from space.scorecard import Direction, scorecard

    _, contents, notebook = exported
    texts, pictures = contents.collection.texts, contents.collection.pictures
    sides = [[item.id for item in side] for side in (texts, pictures)]
    spaces = [tuple(found.of(ids) for ids in sides) for found in contents.embeddings.values()]
    card = scorecard(spaces, np.asarray([[0, 0], [1, 1]]), replicates=10)
    words = words_of(notebook)
    for name, estimates in zip(NAMES, card.estimates, strict=True):
        value = estimates[Direction.BOTH, Measure.RECALL_1].value
        assert f"{name}: recall@1 {value:.2f} " in words


def test_the_file_is_a_valid_notebook_without_outputs_and_without_keys(exported):
    folder = exported[0]
    notebook = nbformat.read(folder / NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    assert KEY not in "".join(cell.source for cell in notebook.cells)
    assert KEY not in (folder / ITEMS).read_text(encoding="utf-8")
    assert "JINA_API_KEY" in notebook.cells[0].source


def test_roles_and_sizes_of_a_setup_are_given_to_connect(exported):
    notebook = nbformat.read(exported[0] / NOTEBOOK, as_version=4)
    source = "".join(cell.source for cell in notebook.cells)
    called = "connect('jina', model={!r}, dimension=512, captions='document', picture_side=384)"
    setup = list(exported[1].embeddings)[2]
    assert called.format(setup.model) in source


def test_a_persons_name_for_a_setup_is_no_markup(exported):
    notebook = nbformat.read(exported[0] / NOTEBOOK, as_version=4)
    assert any("\\*mine\\* &lt;b&gt;" in cell.source for cell in notebook.cells)


def test_labels_and_pairs_are_in_the_items(exported):
    _, contents, _ = exported
    saved = json.loads((exported[0] / ITEMS).read_text(encoding="utf-8"))
    assert saved["items"][0]["labels"] == {"label": "***"}
    assert saved["pairs"] == [[0, 1], [3, 2]]
    assert [entry["id"] for entry in saved["items"]] == list(contents.collection.items)


def test_without_the_checkout_a_plain_sentence_says_what_to_do(exported, monkeypatch, tmp_path):
    monkeypatch.setenv("SHARED_SPACE_CHECKOUT", str(tmp_path))
    with pytest.raises(CellExecutionError, match="Set the environment variable SHARED_SPACE_CHECK"):
        run_in(exported[0])


def test_the_download_is_a_zip_with_the_pictures_as_they_are_stored():
    state = session_of(few_items(2, 1))
    with session_notebook(state, export_contents(state)) as file, zipfile.ZipFile(file) as archive:
        for number, picture in enumerate(state.collection.pictures):
            assert archive.read(f"pictures/{number:04d}.jpg") == picture.jpeg
