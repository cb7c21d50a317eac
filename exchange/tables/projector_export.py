"""Vectors, labels and thumbnails for TensorFlow's Embedding Projector, as a ZIP.

The format is that of `projector_config.proto` and of the projector's own reader: vectors without
a head, metadata with one, both tab-separated; a sprite; and the configuration, as JSON for the
projector on its own, and in the text form of protobuf, the only one that TensorBoard looks for.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from collection.embeddings import Embeddings
from exchange.export_contents import ExportContents
from exchange.tables.csv_table import safe_cell
from exchange.tables.export_size import ExportSize
from exchange.tables.export_table import ExportTable, export_table
from exchange.tables.number_text import joined_numbers
from exchange.tables.sprite import sprite_png
from exchange.tables.vector_columns import vector_columns

_QUICK = 1  # digits of vectors become hardly smaller with more
_NAME = "name"
_SPECIAL_COLUMNS = ("__next__", "__seq_next__")
"""Columns that the projector takes for the number of the next point of a line."""

_README = """\
TensorFlow Embedding Projector

In the browser: open https://projector.tensorflow.org, press Load, and choose vectors.tsv and
metadata.tsv of one folder.

In TensorBoard, with the pictures: unpack this file, run `tensorboard --logdir .` in its folder,
and choose Projector.
"""


def write_projector_zip(contents: ExportContents, file: IO[bytes]) -> None:
    """Write a ZIP into an open file: a folder a Setup, sprites, and the projector's configuration.

    Each folder holds `vectors.tsv` and `metadata.tsv` with the items that have a vector; Setups
    with the same items share a sprite.
    """
    table = export_table(contents, taken=(_NAME, *_SPECIAL_COLUMNS))
    sprites: dict[tuple[str, ...], Mapping[str, Any]] = {}
    configured = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as archive:
        archive.writestr("README.txt", _README)
        for column, embeddings in vector_columns(contents).items():
            _write_lines(archive, f"{column}/vectors.tsv", _vector_lines(embeddings))
            _write_lines(archive, f"{column}/metadata.tsv", _metadata_lines(table, embeddings))
            if embeddings.ids not in sprites:
                path = f"sprite-{len(sprites) + 1}.png"
                sprites[embeddings.ids] = _write_sprite(archive, path, contents, embeddings)
            configured.append(
                {
                    "tensorName": column,
                    "tensorShape": list(embeddings.vectors.shape),
                    "tensorPath": f"{column}/vectors.tsv",
                    "metadataPath": f"{column}/metadata.tsv",
                    "sprite": sprites[embeddings.ids],
                }
            )
        archive.writestr("projector_config.json", json.dumps({"embeddings": configured}, indent=1))
        archive.writestr("projector_config.pbtxt", "".join(map(_protobuf_text, configured)))


def expected_projector_bytes(size: ExportSize) -> float:
    """Return about how large the file will be."""
    thumbnails = 7_000 * size.pictures + 700 * (size.items - size.pictures)
    return 6 * size.numbers + 2 * size.characters + 160 * size.items + thumbnails


def _vector_lines(embeddings: Embeddings) -> Iterator[str]:
    return (joined_numbers(vector, "\t") for vector in embeddings.vectors)


def _metadata_lines(table: ExportTable, embeddings: Embeddings) -> Iterator[str]:
    # The projector writes the first column beside a point, unless all in it are numbers.
    names = (_NAME, "kind", "file_name", "caption", *table.labels, "id", "pair")
    columns = (
        *(table.names, table.item_kinds, table.file_names, table.captions),
        *(*table.labels.values(), table.ids, tuple(map(" ".join, table.pairs))),
    )
    row_of = {item_id: row for row, item_id in enumerate(table.ids)}
    yield "\t".join(map(_cell, names))
    for item_id in embeddings.ids:
        yield "\t".join(_cell(column[row_of[item_id]]) for column in columns)


def _cell(text: str | None) -> str:
    """Return the text in one line, without tabs, and harmless where it starts a formula."""
    return str(safe_cell(" ".join((text or "").split())))


def _write_sprite(
    archive: zipfile.ZipFile, path: str, contents: ExportContents, embeddings: Embeddings
) -> Mapping[str, Any]:
    items = [contents.collection.items[item_id] for item_id in embeddings.ids]
    data, side = sprite_png(items, [contents.hide(item.label) for item in items])
    archive.writestr(path, data, zipfile.ZIP_STORED)
    return {"imagePath": path, "singleImageDim": [side, side]}


def _protobuf_text(embedding: Mapping[str, Any]) -> str:
    rows, dimension = embedding["tensorShape"]
    width, height = embedding["sprite"]["singleImageDim"]
    return f"""embeddings {{
  tensor_name: "{embedding["tensorName"]}"
  tensor_path: "{embedding["tensorPath"]}"
  tensor_shape: {rows}
  tensor_shape: {dimension}
  metadata_path: "{embedding["metadataPath"]}"
  sprite {{
    image_path: "{embedding["sprite"]["imagePath"]}"
    single_image_dim: {width}
    single_image_dim: {height}
  }}
}}
"""


def _write_lines(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as entry:
        entry.writelines(f"{line}\n".encode() for line in lines)
