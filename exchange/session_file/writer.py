"""Writing a session file: a ZIP that other programs read, too.

Pictures are named in `metadata.jsonl`, so that `datasets.load_dataset("imagefolder", ...)` opens
the file as it is; vectors are `.npy` without pickled objects. Nothing is compressed but words.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import IO, Any

import numpy as np

from collection.collection import Collection, Pair
from collection.embeddings import Embeddings, FloatArray, Setup
from exchange.errors import SessionFileError
from exchange.session_file.contents import (
    CAPTIONS,
    COLUMNS,
    DESCRIPTION,
    FORMAT,
    FORMAT_VERSION,
    MAX_DESCRIPTION_BYTES,
    PICTURES,
    SavedMap,
    SavedQuery,
    SessionContents,
)

_ABOUT = (
    "A session of Shared Space; open it there with “Open session”. Items are numbered from 0 in "
    "the order of “items”, pictures and captions as their files list them. Vectors are float32 "
    "rows, saved by NumPy."
)
Hide = Callable[[str], str]


def write_session(contents: SessionContents, file: IO[bytes], hide: Hide = str) -> None:
    """Write a session into an open file, a part at a time.

    `hide` returns a text without the keys in it; it sees every text that is not ours. Raises
    SessionFileError where the collection is too entangled for a file.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        _Writer(archive, hide).write(contents)


class _Writer:
    """One file in the making."""

    def __init__(self, archive: zipfile.ZipFile, hide: Hide) -> None:
        self._archive, self._hide = archive, hide
        self._items: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        self._pictures: dict[str, int] = {}
        self._setups: dict[Setup, int] = {}

    def write(self, contents: SessionContents) -> None:
        collection = contents.collection
        self._items = {item_id: number for number, item_id in enumerate(collection.items)}
        self._texts = {text.id: number for number, text in enumerate(collection.texts)}
        self._pictures = {picture.id: number for number, picture in enumerate(collection.pictures)}
        of_rows = (row.setup for row in contents.rows)
        all_setups = dict.fromkeys([*of_rows, *contents.results, *contents.query_vectors])
        self._setups = {setup: number for number, setup in enumerate(all_setups)}
        description = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "about": _ABOUT,
            "saved": datetime.now(UTC).isoformat(timespec="seconds"),
            "items": [
                f"caption {self._texts[i]}" if i in self._texts else f"picture {self._pictures[i]}"
                for i in collection.items
            ],
            "pairs": self._pairs(collection.pairs),
            "setups": [self._setup(setup, contents) for setup in self._setups],
            "rows": [
                {"setup": self._setups[row.setup], "added": row.added, "ticked": row.ticked}
                for row in contents.rows
            ],
            "query": self._query(contents.query),
            "maps": [self._map(number, each) for number, each in enumerate(contents.maps)],
            "views": dict(contents.views),
            "exercise": {
                "swapped": self._pairs(contents.exercise.swapped),
                "candidates": self._pairs(contents.exercise.candidates),
                "revealed": contents.exercise.revealed,
            },
            "selected": sorted(self._items[i] for i in contents.selected if i in self._items),
            "spending_cap_usd": contents.cap,
        }
        self._write_lines(CAPTIONS, self._caption_lines(collection))
        self._write_lines(PICTURES, self._picture_lines(collection))
        text = json.dumps(description, ensure_ascii=False, indent=1)
        if len(text.encode()) > MAX_DESCRIPTION_BYTES:
            raise SessionFileError(
                "This session has too many pairs and failures for a file. Take some out and save "
                "it again."
            )
        self._write_text(DESCRIPTION, text)

    def _picture_lines(self, collection: Collection) -> Iterable[Mapping[str, Any]]:
        all_names = [self._hide(name) for name in collection.label_names]
        names = [name for name in all_names if name not in COLUMNS]
        others = [name for name in all_names if name in COLUMNS]
        for number, picture in enumerate(collection.pictures):
            path = f"pictures/{number:04d}.jpg"
            self._archive.writestr(path, picture.jpeg)
            if picture.thumbnail:
                self._archive.writestr(f"thumbnails/{number:04d}.webp", picture.thumbnail)
            captions = [
                self._hide(collection.text(text_id).text)
                for text_id in collection.captions_of.get(picture.id, ())
            ]
            labels = self._labels(collection, picture.id)
            line: dict[str, Any] = {
                "file_name": path,
                "name": self._hide(picture.name),
                "id": picture.id,
                "text": captions[0] if captions else None,
                "captions": captions,
            }
            if others:  # under names that the layout has taken for itself
                line["labels"] = {name: labels.get(name) for name in others}
            yield line | {name: labels.get(name) for name in names}

    def _caption_lines(self, collection: Collection) -> Iterable[Mapping[str, Any]]:
        for text in collection.texts:
            pictures = collection.pictures_of.get(text.id, ())
            line: dict[str, Any] = {
                "text": self._hide(text.text),
                "file_names": [f"pictures/{self._pictures[i]:04d}.jpg" for i in pictures],
            }
            labels = self._labels(collection, text.id)
            yield line | ({"labels": labels} if labels else {})

    def _labels(self, collection: Collection, item_id: str) -> dict[str, str]:
        found = collection.labels.get(item_id, {})
        return {self._hide(name): self._hide(value) for name, value in found.items()}

    def _pairs(self, pairs: Iterable[Pair]) -> list[str]:
        """Name pairs by the numbers of their ends, those that the collection has lost left out."""
        return [
            f"{self._texts[text]} {self._pictures[picture]}"
            for text, picture in pairs
            if text in self._texts and picture in self._pictures
        ]

    def _setup(self, setup: Setup, contents: SessionContents) -> Mapping[str, Any]:
        number = self._setups[setup]
        found: dict[str, Any] = {
            "provider": setup.provider,
            "model": self._hide(setup.model),
            "dimension": setup.dimension,
            "version": setup.version,
            "settings": dict(setup.settings),
        }
        embeddings = contents.results.get(setup)
        if embeddings is not None:
            found["vectors"] = self._embeddings(number, embeddings)
        of_queries = contents.query_vectors.get(setup, ())
        if of_queries:
            name = f"vectors/{number:02d}-queries.npy"
            self._write_array(name, np.stack([one.vector for one in of_queries]))
            own = contents.query.picture.id if contents.query.picture else None
            found["query_vectors"] = {
                "file": name,
                "rows": [
                    f"{one.role} {'picture' if one.item_id == own else one.item_id}"
                    for one in of_queries
                ],
            }
        return found

    def _embeddings(self, number: int, embeddings: Embeddings) -> Mapping[str, Any]:
        name = f"vectors/{number:02d}.npy"
        self._write_array(name, embeddings.vectors)
        return {
            "file": name,
            "items": [self._items[item_id] for item_id in embeddings.ids],
            "failures": [
                {
                    "item": self._items[i],
                    "reason": self._hide(failure.reason),
                    "advice": self._hide(failure.advice),
                }
                for i, failure in embeddings.failures.items()
                if i in self._items
            ],
            "usage": dict(embeddings.usage),
            "seconds": embeddings.seconds,
            "made": embeddings.made.isoformat(),
        }

    def _query(self, query: SavedQuery) -> Mapping[str, Any]:
        found: dict[str, Any] = {
            "words": self._hide(query.words),
            "like": self._items.get(query.like) if query.like is not None else None,
            "weight": query.weight,
            "beside": None if query.beside is None else self._hide(query.beside),
        }
        if query.picture is not None:
            self._archive.writestr("query/picture.jpg", query.picture.jpeg)
            self._archive.writestr("query/thumbnail.webp", query.picture.thumbnail)
            found["picture"] = self._hide(query.picture.name)
        return found

    def _map(self, number: int, saved: SavedMap) -> Mapping[str, Any]:
        name = f"maps/{number:03d}.npy"
        self._write_array(name, np.asarray(saved.xy, dtype=np.float32))
        return {
            "file": name,
            "setup": self._setups[saved.setup],
            "centred": saved.centred,
            "method": saved.method,
            "settings": dict(saved.settings),
            "parameters": dict(saved.parameters),
            "seed": saved.seed,
            "trustworthiness": saved.trustworthiness,
        }

    def _write_array(self, name: str, array: FloatArray) -> None:
        with self._archive.open(name, "w", force_zip64=True) as entry:
            np.lib.format.write_array(entry, np.ascontiguousarray(array, "<f4"), allow_pickle=False)

    def _write_lines(self, name: str, lines: Iterable[Mapping[str, Any]]) -> None:
        # Built first: an archive takes one entry at a time, and the lines write pictures.
        shown = (json.dumps(line, ensure_ascii=False) for line in lines)
        self._write_text(name, "".join(f"{line}\n" for line in shown))

    def _write_text(self, name: str, text: str) -> None:
        self._archive.writestr(name, text.encode("utf-8"), zipfile.ZIP_DEFLATED)
