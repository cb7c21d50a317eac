"""What the tests of the snippets share: shells to paste into, and calls to show."""

import io
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from collection.embeddings import Role
from collection.items import Modality
from providers.inputs import Input
from providers.registry import PROVIDERS
from providers.transport.call_log import Call
from providers.transport.hosted import HostedProvider
from stand_ins.received import Received
from tests.providers.hosted.asking import embedder_at, parts_of

ROOT = Path(__file__).parents[3]

HOSTED = [name for name, provider in PROVIDERS.items() if isinstance(provider, HostedProvider)]

SHELLS = {
    "bash": ["bash", "--noprofile", "--norc", "-s"],
    "bash at a prompt": ["bash", "--noprofile", "--norc", "-i"],
    "dash": ["dash", "-s"],
    "zsh": ["zsh", "-f", "-s"],
    "zsh at a prompt": ["zsh", "-f", "-i"],
}

HOSTILE = (
    'She said "miaow", and \'purr\', and "',
    "$HOME ${HOME} $(echo gone) `echo gone` $$ $1 $",
    r"back\slash \n \$HOME \\ \"quoted\" \u0041 C:\new" + "\\",
    "Look! A cat!! !$ !-1 wow!",
    "first line\nsecond\tline\r\nthird\n",
    "\U0001f408\u200d\u2b1b caf\u00e9 \u732b \u202eturned\u202c \x1b[31mred\x7f \U000e0041",
    "JSON",
    "EOF\nJSON\n}",
    "# no comment; rm -rf . & | > < * ? ~ ^a^b %s %",
    "-d @secret '; echo gone; '",
    "cat " * 30,
)


def shells():
    """Return a parameter for each shell; what is not on this machine is skipped and told."""
    curl = shutil.which("curl") is not None
    return [
        pytest.param(
            command,
            id=name,
            marks=pytest.mark.skipif(
                not curl or shutil.which(command[0]) is None,
                reason=f"curl or {command[0]} is not on this machine",
            ),
        )
        for name, command in SHELLS.items()
    ]


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return an environment in which no file and no proxy of the machine plays a part."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PS1": "",
        "PS2": "",
        "SHARED_SPACE_CACHE": "off",
        **variables,
    }


def pasted(shell: list[str], text: str, folder: Path, **variables: str) -> str:
    """Paste a text into a shell and return what it printed; it must have succeeded."""
    done = subprocess.run(
        shell,
        input=f"{text}\n".encode(),
        capture_output=True,
        cwd=folder,
        env=environment(folder, **variables),
        timeout=60,
        start_new_session=True,  # a prompt would take the terminal away from the tests
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def run_script(text: str, folder: Path, **variables: str) -> subprocess.CompletedProcess:
    """Run a Python script with this interpreter, in a folder of its own."""
    script = folder / "snippet.py"
    script.write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-X", "utf8", script.name],
        capture_output=True,
        cwd=folder,
        env=environment(folder, **variables),
        timeout=120,
        check=False,
        text=True,
    )


def noise(name: str, side: int, quality: int = 95) -> Input:
    """A picture that does not compress: with 400 pixels a side beyond 200 kB."""
    seed = sum(name.encode())
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality, subsampling="4:4:4")
    return Input(name, Modality.PICTURE, Role.DOCUMENT, buffer.getvalue())


@dataclass
class Asked:
    """A call, how a stand-in received it, and its vectors, of length 1, by item id."""

    call: Call
    received: Received
    vectors: dict[str, np.ndarray]


def credentials_for(provider: HostedProvider, key: str) -> dict[str, str]:
    """Return credentials that a stand-in accepts, by field."""
    plain = {"project": "a-project"}
    return {
        entry.name: key if entry.secret else entry.default or plain[entry.name]
        for entry in provider.info.key_fields
    }


def ask(provider_id: str, stand_in, *inputs: Input, pairs=()) -> list[Asked]:
    """Ask a stand-in for the vectors of the inputs; return the calls that it took."""
    provider = PROVIDERS[provider_id]
    credentials = credentials_for(provider, stand_in.key)
    embedder, log = embedder_at(stand_in.address, provider, **credentials)
    parts = parts_of(embedder, *inputs, pairs=pairs)
    vectors = {
        item.item_id: answer / np.linalg.norm(answer)
        for part in parts
        for item, answer in zip(part.inputs, part.answers, strict=True)
    }
    assert len(log.calls) == len(stand_in.received)
    return [
        Asked(call, received, {i.item_id: vectors[i.item_id] for i in call.batch})
        for call, received in zip(log.calls, stand_in.received, strict=True)
    ]


def save(pictures, file_names, folder: Path) -> None:
    for picture in pictures:
        (folder / file_names[picture.item_id]).write_bytes(picture.jpeg)


def assert_same_request(first: Received, again: Received, header: str = "Authorization") -> None:
    """The same call, to the byte of every part; only file names and white space may differ."""
    assert (again.method, again.path, again.query) == (first.method, first.path, first.query)
    assert again.headers[header] == first.headers[header]
    assert again.content_type == first.content_type
    assert again.problem is None
    assert again.json == first.json
    assert _plain(again.parts) == _plain(first.parts)


def _plain(parts):
    return parts and [(p.name, p.data, p.content_type, p.filename is None) for p in parts]
