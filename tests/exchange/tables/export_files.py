"""A small collection with labels, and made-up vectors of two Setups, for every export."""

import io

import numpy as np

from collection.collection import Collection, Pair
from collection.embeddings import Embeddings, Setup
from collection.items import text_item
from collection.picture import ingest_picture
from exchange.export_contents import ExportContents
from tests.exchange.session_file.session_files import jpeg

MINILM = Setup("local-minilm", "all-MiniLM-L6-v2 + EfficientNet-Lite0", 4)
JINA = Setup("jina", "jina-clip-v2", 3, settings=(("captions", "query"),))
COLUMN = "embedding_local_minilm_all_MiniLM_L6_v2_EfficientNet_Lite0_4"
OTHER_COLUMN = "embedding_jina_jina_clip_v2_3_captions_query"
PICTURES = [ingest_picture(f"{colour}.jpg", jpeg(colour)) for colour in ("red", "green", "blue")]


def small_export(vectors=None, **changes):
    """Return contents in which a caption has two pictures, one none, and one item no vector."""
    texts = [text_item(words) for words in ("a square", "grass", "nothing to see")]
    pairs = [Pair(texts[0].id, PICTURES[0].id), Pair(texts[0].id, PICTURES[1].id)]
    pairs.append(Pair(texts[1].id, PICTURES[1].id))
    labels = {PICTURES[0].id: {"label": "warm", "Kind": "odd"}, PICTURES[1].id: {"label": "cold"}}
    collection = Collection().adding([*PICTURES, *texts], pairs, labels)
    ids = tuple(collection.items)
    if vectors is None:
        vectors = np.random.default_rng(0).normal(size=(6, 4)).astype(np.float32)
    embeddings = {
        MINILM: Embeddings(MINILM, ids, vectors),
        JINA: Embeddings(JINA, ids[:0:-1], np.eye(5, 3, dtype=np.float32)),
    }
    names = {MINILM: "Local MiniLM", JINA: "Jina"}
    return ExportContents(
        **({"collection": collection, "embeddings": embeddings, "names": names} | changes)
    )


def labelled(name, value, caption="a square"):
    """Return contents of one picture with this label and caption, and no vector."""
    text = text_item(caption)
    pairs = [Pair(text.id, PICTURES[0].id)]
    labels = {PICTURES[0].id: {name: value}}
    return ExportContents(Collection().adding([PICTURES[0], text], pairs, labels))


def written(write, contents):
    """Return the bytes of the file, at the beginning of a new one."""
    file = io.BytesIO()
    write(contents, file)
    file.seek(0)
    return file
