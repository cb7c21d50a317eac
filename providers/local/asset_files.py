"""The committed files of the embedded models: found, checked, opened.

Each file's SHA-256 is compared with `SHA256SUMS` whenever it is read, so that a damaged or
half-downloaded file is a clear message and never a slightly different vector.
"""

import hashlib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from providers.errors import ProviderFailed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

ASSETS = Path(__file__).parent / "assets"
SUMS = "SHA256SUMS"
_ERRORS_ONLY = 3  # onnxruntime's log level


def committed_sums() -> dict[str, str]:
    """Return file name → SHA-256 of the committed files, as `SHA256SUMS` lists them.

    The list also names the inputs the files were built from (under `inputs/`); these are left out.
    """
    lines = (ASSETS / SUMS).read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {name: digest for digest, name in pairs if "/" not in name}


def damaged_assets() -> list[str]:
    """Return the names of the listed files that are missing or differ from their SHA-256."""
    return [name for name, digest in committed_sums().items() if not _sound(name, digest)]


def read_asset(name: str) -> bytes:
    """Return one committed file; raises ProviderFailed if it is missing or damaged."""
    try:
        content = (ASSETS / name).read_bytes()
        expected = committed_sums()[name]
    except OSError as error:
        raise _broken(name, f"cannot be read ({error.strerror})") from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise _broken(name, "is damaged: its SHA-256 is not the listed one")
    return content


def read_arrays(name: str) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of a committed `.npz` file by name; raises ProviderFailed."""
    with np.load(io.BytesIO(read_asset(name)), allow_pickle=False) as arrays:
        return dict(arrays)


def open_session(name: str) -> "InferenceSession":
    """Return an ONNX session on the processor, one thread a core; raises ProviderFailed.

    Its `run` may be called from several threads at once.
    """
    import onnxruntime  # heavy, and not needed before the first embedding

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = usable_cores()
    options.log_severity_level = _ERRORS_ONLY
    # Waiting threads sleep: spinning ones would starve the other session, and the pages.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        read_asset(name), options, providers=["CPUExecutionProvider"]
    )


def usable_cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _sound(name: str, digest: str) -> bool:
    path = ASSETS / name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _broken(name: str, what: str) -> ProviderFailed:
    return ProviderFailed(
        "local",
        f"The model file {name} {what}.",
        "Get the folder providers/local/assets again, whole, and restart.",
    )
