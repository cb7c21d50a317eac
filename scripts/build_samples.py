"""Make the sample pictures of collection/samples/pictures from their sources.

    python scripts/build_samples.py --scikit-image scikit_image-0.26.0-….whl

takes the photographs out of the wheel of scikit-image 0.26.0 (any platform's), one more from the
installed scikit-learn, the drawings from Debian's package openclipart-png 1:0.18+dfsg-19, and
draws the cardboard box itself. `--openclipart` names the folder `png` of that package, for when
it is not installed but unpacked (`dpkg-deb -x`). Which pictures, from where, by whom and under
which licence is read from the table in collection/samples/NOTICE.md; the captions stand in the
two tables beside it.
"""

import argparse
import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import sklearn
from PIL import Image, ImageDraw, ImageFilter

SAMPLES = Path(__file__).resolve().parent.parent / "collection" / "samples"
PICTURES = SAMPLES / "pictures"
NOTICE = SAMPLES / "NOTICE.md"
COLUMNS = ("file", "title", "author", "licence", "source", "sha256")
LONGEST_SIDE = 512
JPEG_QUALITY = 85
MARGIN = 0.06  # around a drawing, as a share of its longer side

Point = tuple[float, float, float]
Brightness = tuple[float, ...]
Colour = tuple[int, int, int]

BOX_PICTURE = (512, 448)
SMOOTHING = 4  # drawn this many times larger, then shrunk
WIDTH, DEPTH, HEIGHT, FLAP, BOARD = 1.0, 0.80, 0.80, 0.31, 0.020
EYE, TARGET = np.array([2.5, -3.2, 2.55]), np.array([0.5, 0.4, 0.42])
PIXELS_PER_UNIT = 1000  # of the paper, before perspective
PAPER = np.array([205.0, 161.0, 110.0])
INK: Colour = (92, 62, 38)
TAPE: Colour = (240, 216, 168)


class Source(NamedTuple):
    """One row of NOTICE.md: a picture's name here, where it comes from, its digest."""

    file_name: str
    package: str
    path: str
    sha256: str


def sources() -> list[Source]:
    """Read the rows of NOTICE.md that name a package and a digest; the others are our own."""
    cells = [line.strip(" |").split(" | ") for line in NOTICE.read_text("utf-8").splitlines()]
    rows = [
        dict(zip(COLUMNS, (cell.strip(" `") for cell in row), strict=True))
        for row in cells
        if len(row) == len(COLUMNS)
    ]
    found = []
    for row in rows:
        package, _, path = row["source"].partition(": ")
        if len(row["sha256"]) == 64:
            found.append(Source(row["file"], package, path.strip("`"), row["sha256"]))
    return found


def checked(source: Source, content: bytes) -> Image.Image:
    """Decode a source's bytes; raises SystemExit if they are not the ones we know."""
    if hashlib.sha256(content).hexdigest() != source.sha256:
        raise SystemExit(f"{source.path} is another file than the one these samples are made of.")
    return Image.open(io.BytesIO(content))


def framed(drawing: Image.Image) -> Image.Image:
    """Cut a drawing with alpha to what is drawn, and centre that on a transparent square."""
    drawing = drawing.convert("RGBA")
    drawing = drawing.crop(drawing.getchannel("A").point(lambda a: 255 * (a > 8)).getbbox())
    side = round(max(drawing.size) * (1 + 2 * MARGIN))
    # Black under the transparency: whoever drops the alpha channel sees it at once.
    square = Image.new("RGBA", (side, side))
    square.paste(drawing, ((side - drawing.width) // 2, (side - drawing.height) // 2))
    return square


def write(picture: Image.Image, file_name: str) -> None:
    """Shrink a picture to at most 512 px and write it, alpha on white unless the file is a PNG."""
    drawn = picture.has_transparency_data
    picture = framed(picture) if drawn else picture.copy()
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    target = PICTURES / file_name
    if target.suffix == ".png":
        picture.save(target, optimize=True)
        return
    if drawn:
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture)
        picture = white
    # Full chroma keeps the hard coloured edges of drawings clean.
    picture.convert("RGB").save(
        target, quality=JPEG_QUALITY, optimize=True, subsampling="4:4:4" if drawn else "4:2:0"
    )


def projected(points: list[Point]) -> list[tuple[float, float]]:
    """Show points in space as pixels of the large drawing, in perspective."""
    forward = (TARGET - EYE) / np.linalg.norm(TARGET - EYE)
    right = np.cross(forward, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    ray = np.array(points) - EYE
    plane = np.stack([ray @ right, ray @ np.cross(forward, right)], axis=1)
    pixels = (plane / (ray @ forward)[:, None] * 1090 + (242, 232)) * SMOOTHING
    return [(float(x), float(y)) for x, y in pixels]


def lay(drawing: Image.Image, paper: Image.Image, corners: list[Point]) -> None:
    """Lay paper onto a flat face; corners from its upper left one clockwise."""
    quad, rows, known = projected(corners), [], []
    # Four pixels inside the sheet, so that no sample falls beside it.
    left, top, right, bottom = 4, 4, paper.width - 4, paper.height - 4
    sheet = [(left, top), (right, top), (right, bottom), (left, bottom)]
    for (x, y), (u, v) in zip(quad, sheet, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        known += [u, v]
    mapping = tuple(np.linalg.solve(np.array(rows), np.array(known)))
    face = paper.transform(
        drawing.size, Image.Transform.PERSPECTIVE, mapping, Image.Resampling.BICUBIC
    )
    mask = Image.new("L", drawing.size)
    ImageDraw.Draw(mask).polygon(quad, fill=255)
    drawing.paste(face, (0, 0), mask)


def kraft(
    chance: np.random.Generator, width: float, height: float, light: Brightness
) -> Image.Image:
    """Make brown paper, lit from top to bottom as told, the corrugation showing through."""
    w, h = round(width * PIXELS_PER_UNIT), round(height * PIXELS_PER_UNIT)
    coarse = Image.fromarray(chance.normal(size=(h // 60 + 2, w // 60 + 2)).astype(np.float32))
    blotches = np.asarray(coarse.resize((w, h), Image.Resampling.BICUBIC))
    flutes = np.sin(np.arange(w) * 2 * np.pi / 22)
    shade = np.interp(np.linspace(0, 1, h), np.linspace(0, 1, len(light)), light)[:, None]
    shade = shade * (1 + 0.018 * chance.normal(size=(h, w)) + 0.007 * blotches + 0.016 * flutes)
    # What lies in the shade is a warmer brown.
    colour = PAPER * np.stack([shade, shade**1.06, shade**1.18], axis=2)
    return Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8))


def cut_edge(length: float) -> Image.Image:
    """Make the cut edge of corrugated board: two liners and the wave between them."""
    w, h = round(length * PIXELS_PER_UNIT), 48
    edge = Image.new("RGB", (w, h), (150, 108, 66))
    pen = ImageDraw.Draw(edge)
    pen.line([(x, h / 2 + 14 * np.sin(x / 7)) for x in range(w)], fill=(226, 190, 142), width=11)
    pen.rectangle([0, 0, w, 11], fill=(228, 190, 140))
    pen.rectangle([0, h - 12, w, h], fill=(205, 165, 116))
    return edge


def stick_tape(paper: Image.Image) -> None:
    """Stick a glossy strip of packing tape down the middle of a side."""
    area = (round(0.38 * paper.width), 0, round(0.62 * paper.width), paper.height)
    strip = paper.crop(area)
    strip = Image.blend(strip, Image.new("RGB", strip.size, TAPE), 0.62)
    gloss = 110 * np.exp(-((np.linspace(-2.8, 7.2, strip.width)) ** 2))
    strip.paste(
        (255, 250, 238), mask=Image.fromarray(np.tile(gloss, (strip.height, 1)).astype("u1"))
    )
    ImageDraw.Draw(strip).rectangle(
        [0, -9, strip.width - 1, strip.height + 9], outline=(176, 134, 84), width=4
    )
    paper.paste(strip, area)


def print_arrows(paper: Image.Image, x: float, y: float, size: float) -> None:
    """Print the two arrows of "this side up", the first with its tip at x, y."""
    half = [(0, 0), (0.42, 0.5), (0.16, 0.5), (0.16, 1.2)]
    outline = half + [(-dx, dy) for dx, dy in reversed(half)]
    pen = ImageDraw.Draw(paper)
    for tip in (x, x + 1.1 * size):
        pen.polygon([(tip + dx * size, y + dy * size) for dx, dy in outline], fill=INK)
    pen.rectangle([x - 0.45 * size, y + 1.34 * size, x + 1.55 * size, y + 1.44 * size], fill=INK)


def add_flap(
    drawing: Image.Image, paper: Image.Image, hinge: tuple[Point, Point], out: Point, slope: float
) -> None:
    """Add a flap to a hinge (its left end first), leaning outwards `slope` degrees above level."""
    start, end, level, up = (np.array(p) for p in (*hinge, out, (0.0, 0.0, 1.0)))
    rise, run = np.sin(np.radians(slope)), np.cos(np.radians(slope))
    reach, thick = FLAP * (run * level + rise * up), BOARD * (rise * level - run * up)
    inset = 0.025 * (end - start) / np.linalg.norm(end - start)
    tips = start + reach + inset, end + reach - inset
    edge = cut_edge(float(np.linalg.norm(end - start)))
    for a, b in (tips, (start, tips[0]), (tips[1], end)):
        lay(drawing, edge, [tuple(p) for p in (a, b, b + thick, a + thick)])
    corners = (*tips, end, start) if slope > 0 else (start, end, *reversed(tips))
    lay(drawing, paper, [tuple(p) for p in corners])
    ImageDraw.Draw(drawing).line(projected(list(hinge)), fill=(140, 98, 58), width=4)


def cast_shadow(drawing: Image.Image, ground: list[Point], darkness: int, blur: float) -> None:
    """Darken a patch of the ground, with soft edges."""
    shadow = Image.new("L", drawing.size)
    ImageDraw.Draw(shadow).polygon(projected(ground), fill=darkness)
    drawing.paste((66, 55, 48), mask=shadow.filter(ImageFilter.GaussianBlur(blur * SMOOTHING)))


def cardboard_box() -> Image.Image:
    """Draw an open cardboard box on white; the same pixels every time."""
    chance = np.random.default_rng(7)
    a, b, c, d = ((x, y, HEIGHT) for x, y in ((0, 0), (WIDTH, 0), (WIDTH, DEPTH), (0, DEPTH)))
    e, f, g, h = ((x, y, 0.0) for x, y, _ in (a, b, c, d))  # the same corners, on the ground
    drawing = Image.new("RGB", (BOX_PICTURE[0] * SMOOTHING, BOX_PICTURE[1] * SMOOTHING), "white")
    away = [(x + 0.42, y + 0.3, 0.0) for x, y, _ in (f, g, h)]
    cast_shadow(drawing, [e, f, *away], darkness=95, blur=17)
    cast_shadow(drawing, [e, f, g, h], darkness=190, blur=3)

    def paper(width: float, height: float, *light: float) -> Image.Image:
        return kraft(chance, width, height, light)

    add_flap(drawing, paper(WIDTH, FLAP, 1.0, 0.98, 0.93), (d, c), (0, 1, 0), 58)
    add_flap(drawing, paper(DEPTH, FLAP, 0.92, 0.90, 0.84), (a, d), (-1, 0, 0), 52)
    lay(drawing, paper(WIDTH, HEIGHT, 0.86, 0.66, 0.48, 0.40), [d, c, g, h])
    lay(drawing, paper(DEPTH, HEIGHT, 0.70, 0.54, 0.42, 0.36), [a, d, h, e])
    front = paper(WIDTH, HEIGHT, 0.70, 0.78, 0.92, 1.0, 1.02, 1.0, 0.96)
    print_arrows(front, 700, 500, 120)
    lay(drawing, front, [a, b, f, e])
    side = paper(DEPTH, HEIGHT, 0.54, 0.60, 0.70, 0.76, 0.78, 0.77, 0.73)
    stick_tape(side)
    lay(drawing, side, [b, c, g, f])
    add_flap(drawing, paper(DEPTH, FLAP, 1.0, 1.02, 0.98), (b, c), (1, 0, 0), -34)
    add_flap(drawing, paper(WIDTH, FLAP, 1.08, 1.12, 1.10), (a, b), (0, -1, 0), -40)
    return drawing.resize(BOX_PICTURE, Image.Resampling.LANCZOS)


def main() -> None:
    """Write every picture, and say how large they are together."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--scikit-image", type=Path, required=True, metavar="WHEEL")
    parser.add_argument(
        "--openclipart", type=Path, default=Path("/usr/share/openclipart/png"), metavar="FOLDER"
    )
    options = parser.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(options.scikit_image) as wheel:
        read: dict[str, Callable[[str], bytes]] = {
            "scikit-image": wheel.read,
            "scikit-learn": lambda path: (Path(sklearn.__file__).parent / path).read_bytes(),
            "openclipart-png": lambda path: (options.openclipart / path).read_bytes(),
        }
        for source in sources():
            picture = checked(source, read[source.package.split()[0]](source.path))
            write(picture, source.file_name)
    write(cardboard_box(), "cardboard-box.jpg")
    made = sorted(PICTURES.iterdir())
    print(f"{len(made)} pictures, {sum(file.stat().st_size for file in made) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
