"""Draw the pictures of the sample Probes, and write its table.

    python scripts/draw_probes.py

draws every picture of collection/samples/probes.csv by a fixed seed, so that they come out the
same every time. Two pictures make a minimal pair: they, and their captions, differ in one thing.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SAMPLES = Path(__file__).resolve().parent.parent / "collection" / "samples"
SEED = 14
SIDE = 256
SMOOTHING = 4  # drawn this many times larger, then shrunk
SHADES = 32  # of a file's palette: flat colours and their soft edges need no more
COLUMNS = ("file_name", "text", "note", "kind", "pair")

COLOURS = {
    "red": "#d62020", "blue": "#1f4fd6", "green": "#1d9a3c", "yellow": "#f2c500",
    "black": "#111111", "pink": "#f06fb0", "purple": "#7a2fb5", "brown": "#7b4a1e",
}  # fmt: skip

Point = tuple[float, float]


class Mark(NamedTuple):
    """One shape of a picture: where its middle lies and how large it is, as shares of the side."""

    shape: str
    x: float = 0.5
    y: float = 0.5
    size: float = 0.5
    colour: str = "black"
    word: str = ""


class Drawn(NamedTuple):
    """A picture to draw, and its caption."""

    caption: str
    marks: tuple[Mark, ...]


class MinimalPair(NamedTuple):
    """Two pictures and their captions, which differ in one thing."""

    kind: str
    first: Drawn
    second: Drawn


def minimal_pairs() -> Iterator[MinimalPair]:
    """Yield all pairs, kind by kind."""
    for one, other in (("circle", "triangle"), ("square", "star"), ("heart", "diamond"),
                       ("cross", "ring")):  # fmt: skip
        both = (Drawn(f"a drawing of a {shape}", (Mark(shape),)) for shape in (one, other))
        yield MinimalPair("shape", *both)
    for shape, *colours in (("circle", "red", "blue"), ("star", "green", "yellow"),
                            ("heart", "black", "pink"), ("square", "purple", "brown")):  # fmt: skip
        both = (Drawn(f"a {c} {shape}", (Mark(shape, colour=c),)) for c in colours)
        yield MinimalPair("colour", *both)
    for shape, *counts in (("circle", 2, 5), ("square", 3, 4), ("heart", 2, 3), ("star", 4, 6)):
        yield MinimalPair("count", *(_counted(shape, count) for count in counts))
    for (one, other), (first, second) in (
        (("circle", "square"), ("red", "blue")), (("star", "heart"), ("green", "purple")),
        (("triangle", "circle"), ("yellow", "black")), (("square", "diamond"), ("pink", "blue")),
    ):  # fmt: skip
        orders = ((first, second), (second, first))
        yield MinimalPair("colour of which", *(_coloured(one, other, *c) for c in orders))
    for one, other in (("circle", "square"), ("triangle", "star"), ("heart", "ring"),
                       ("diamond", "cross")):  # fmt: skip
        yield MinimalPair("left or right", *(_beside(one, other, w) for w in ("left", "right")))
    for one, other in (("square", "heart"), ("star", "circle"), ("ring", "triangle"),
                       ("cross", "diamond")):  # fmt: skip
        yield MinimalPair("above or below", *(_over(one, other, w) for w in ("above", "below")))
    for one, other in (("circle", "square"), ("heart", "triangle"), ("star", "diamond"),
                       ("ring", "cross")):  # fmt: skip
        sizes = (("big", "small"), ("small", "big"))
        yield MinimalPair("big or small", *(_sized(one, other, *size) for size in sizes))
    for one, other in (("star", "heart"), ("circle", "square"), ("triangle", "cross"),
                       ("diamond", "ring")):  # fmt: skip
        orders = ((one, other), (other, one))
        yield MinimalPair("written word", *(_written(*order) for order in orders))


def _counted(shape: str, count: int) -> Drawn:
    words = ("no", "one", "two", "three", "four", "five", "six")
    places = [(column, row) for row in (0.3, 0.7) for column in (0.2, 0.5, 0.8)]
    some = [places[at] for at in {2: (0, 5), 3: (0, 4, 2)}.get(count, range(count))]
    return Drawn(f"{words[count]} {shape}s", tuple(Mark(shape, x, y, 0.22) for x, y in some))


def _coloured(one: str, other: str, first: str, second: str) -> Drawn:
    marks = Mark(one, 0.28, 0.5, 0.4, first), Mark(other, 0.72, 0.5, 0.4, second)
    return Drawn(f"a {first} {one} and a {second} {other}", marks)


def _beside(one: str, other: str, word: str) -> Drawn:
    x = 0.28 if word == "left" else 0.72
    marks = Mark(one, x, 0.5, 0.36), Mark(other, 1 - x, 0.5, 0.36)
    return Drawn(f"a {one} to the {word} of a {other}", marks)


def _over(one: str, other: str, word: str) -> Drawn:
    y = 0.27 if word == "above" else 0.73
    marks = Mark(one, 0.5, y, 0.36), Mark(other, 0.5, 1 - y, 0.36)
    return Drawn(f"a {one} {word} a {other}", marks)


def _sized(one: str, other: str, first: str, second: str) -> Drawn:
    sizes = {"big": 0.52, "small": 0.18}
    x = (0.3, 0.78) if first == "big" else (0.22, 0.7)
    marks = Mark(one, x[0], 0.5, sizes[first]), Mark(other, x[1], 0.5, sizes[second])
    return Drawn(f"a {first} {one} and a {second} {other}", marks)


def _written(shape: str, word: str) -> Drawn:
    colour = "yellow"  # on which black letters can be read
    marks = (Mark(shape, size=0.84, colour=colour, word=word),)
    return Drawn(f"a {shape} with the word {word} written on it", marks)


def picture_of(drawn: Drawn, shift: np.ndarray) -> Image.Image:
    """Draw a picture; shift: (2,) how far all of it is moved, as a share of the side."""
    side = SIDE * SMOOTHING
    image = Image.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(image)
    for mark in drawn.marks:
        middle = (mark.x + float(shift[0])) * side, (mark.y + float(shift[1])) * side
        _draw(pen, mark, middle, mark.size * side / 2)
    return image.reduce(SMOOTHING).quantize(SHADES)


def _draw(pen: ImageDraw.ImageDraw, mark: Mark, middle: Point, radius: float) -> None:
    (x, y), colour = middle, COLOURS[mark.colour]
    box = (x - radius, y - radius, x + radius, y + radius)
    if mark.shape == "circle":
        pen.ellipse(box, fill=colour)
    elif mark.shape == "ring":
        pen.ellipse(box, outline=colour, width=round(radius / 3))
    else:
        outline = _OUTLINES[mark.shape]
        pen.polygon([(x + radius * px, y + radius * py) for px, py in outline], fill=colour)
    if mark.word:
        font = ImageFont.load_default(size=radius * 0.42)
        pen.text(middle, mark.word, fill="#111111", font=font, anchor="mm", stroke_width=4)


def _heart() -> list[Point]:
    turns = [2 * math.pi * step / 120 for step in range(120)]
    return [
        (
            math.sin(t) ** 3,
            -(13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)) / 16,
        )
        for t in turns
    ]


def _star() -> list[Point]:
    corners = [(1.0 if n % 2 == 0 else 0.4, math.pi * (n / 5 - 0.5)) for n in range(10)]
    return [(length * math.cos(turn), length * math.sin(turn)) for length, turn in corners]


_THIN = 0.3
_OUTLINES: Mapping[str, list[Point]] = {
    "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    "triangle": [(0, -0.95), (1, 0.85), (-1, 0.85)],
    "diamond": [(0, -1), (0.75, 0), (0, 1), (-0.75, 0)],
    "cross": [
        (-_THIN, -1), (_THIN, -1), (_THIN, -_THIN), (1, -_THIN), (1, _THIN), (_THIN, _THIN),
        (_THIN, 1), (-_THIN, 1), (-_THIN, _THIN), (-1, _THIN), (-1, -_THIN), (-_THIN, -_THIN),
    ],
    "heart": _heart(),
    "star": _star(),
}  # fmt: skip


def drawn_probes() -> Iterator[tuple[dict[str, str], Image.Image]]:
    """Yield each row of the table with its picture, two for each pair, the same every time."""
    chance = np.random.default_rng(SEED)
    numbers: dict[str, int] = {}
    for pair in minimal_pairs():
        numbers[pair.kind] = number = numbers.get(pair.kind, 0) + 1
        shift = chance.uniform(-0.02, 0.02, 2)  # the same for both: only one thing differs
        for letter, drawn in zip("ab", (pair.first, pair.second), strict=True):
            name = f"probe-{pair.kind.replace(' ', '-')}-{number}{letter}.png"
            cells = (name, drawn.caption, "", pair.kind, str(number))
            yield dict(zip(COLUMNS, cells, strict=True)), picture_of(drawn, shift)


def main() -> None:
    """Write every picture and the table, and say how large they are together."""
    table, written = io.StringIO(newline=""), 0
    writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row, picture in drawn_probes():
        target = SAMPLES / "pictures" / row["file_name"]
        picture.save(target, optimize=True)
        writer.writerow(row)
        written += target.stat().st_size
    (SAMPLES / "probes.csv").write_text(table.getvalue(), "utf-8")
    print(f"{written / 1000:.0f} kB")


if __name__ == "__main__":
    main()
