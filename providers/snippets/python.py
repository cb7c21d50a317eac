"""A call as a Python script: with `requests`, and with this project's own `connect`."""

from collections.abc import Mapping
from typing import Any

from collection.embeddings import Role, Setup
from collection.items import Modality
from providers.info import CAPTIONS, PIXELS, ProviderInfo
from providers.inputs import Batch, Input
from providers.snippets.key_variable import key_variable
from providers.snippets.layout import laid_out, python_string
from providers.transport.api import HostedApi
from providers.transport.request import PictureData, Request

_INDENT = 4
_LONGEST_LINE = 88

_PICTURE = '''def picture(path):
    """Return the bytes of a picture in base64."""
    return base64.b64encode(Path(path).read_bytes()).decode()


'''
_VECTORS = '''def vectors(answer):
    """Return every list of numbers in an answer, sorted by index where there is one."""
    if isinstance(answer, dict):
        return [found for value in answer.values() for found in vectors(value)]
    if not isinstance(answer, list) or not answer:
        return []
    if isinstance(answer[0], (int, float)):
        return [answer]
    if isinstance(answer[0], dict) and "index" in answer[0]:
        answer = sorted(answer, key=lambda entry: entry["index"])
    return [found for entry in answer for found in vectors(entry)]


'''
_ENDING = """if not response.ok:
    raise SystemExit(f"{response.status_code}: {response.text}")
found = vectors(response.json())
print(len(found), "vectors, each of", len(found[0]), "numbers")
"""


def python_requests(
    api: HostedApi,
    request: Request,
    base_url: str,
    file_names: Mapping[str, str],
    variable: str = "",
) -> str:
    """Return a script that makes the call, with the key from the environment, and needs `requests`.

    `base_url`: scheme and host. `file_names`: item id → name of the picture's file, in the folder
    where the script is run. `variable`: where it finds the key, unless in the usual one.
    """

    def word(value: Any) -> str:
        return _word(value, file_names)

    body, content = "", ["json=body"]
    if request.parts:
        content = _form(request, file_names)
    else:
        body = f"body = {laid_out(request.json, word, _INDENT)}\n"
    in_json = bool(request.pictures) and not request.parts
    arguments = [
        python_string(base_url + request.path),
        f"headers={_headers(api, request, variable or key_variable(api))}",
        *content,
        "timeout=(5, 90)",
    ]
    return "".join(
        [
            "import base64\n" if in_json else "",
            "import os\n",
            "from pathlib import Path\n" if request.pictures else "",
            "\nimport requests\n\n\n",
            _PICTURE if in_json else "",
            _VECTORS,
            body,
            _assigned("response", "requests.post", arguments) + "\n",
            _ENDING,
        ]
    )


def python_connect(
    info: ProviderInfo,
    setup: Setup,
    batch: Batch,
    file_names: Mapping[str, str],
    base_url: str = "",
    values: Mapping[str, str] | None = None,
) -> str:
    """Return a script that gives the vectors of a batch again, run in the project's folder.

    `base_url`: where the provider is asked, "" for its own address. `values`: what a provider
    wants to know besides secrets, such as a project and a region.
    """
    settings = dict(setup.settings)
    chosen: dict[str, Any] = {"model": setup.model, "dimension": setup.dimension}
    if CAPTIONS in settings:
        chosen["captions"] = settings[CAPTIONS]
    if PIXELS in settings:
        chosen["picture_side"] = settings[PIXELS]
    plain = {entry.name for entry in info.key_fields if not entry.secret}
    chosen |= {name: value for name, value in (values or {}).items() if name in plain}
    if base_url:
        chosen["base_url"] = base_url
    arguments = [python_string(info.id)]
    arguments += [f"{name}={_word(value, file_names)}" for name, value in chosen.items()]
    lines = ["from providers import connect", ""]
    lines.append(_assigned("connection", "connect", arguments))
    for (modality, role), inputs in _groups(batch).items():
        method = "embed_images" if modality is Modality.PICTURE else "embed_texts"
        given = [
            file_names[i.item_id] if i.modality is Modality.PICTURE else i.text for i in inputs
        ]
        found = f"{role}_{method.removeprefix('embed_')}"
        listed = laid_out(given, python_string, _INDENT, _INDENT)
        asked = [listed, f"role={python_string(role)}"]
        lines += [_assigned(found, f"connection.{method}", asked), f"print({found}.shape)"]
    return "\n".join([*lines, ""])


def _groups(batch: Batch) -> dict[tuple[Modality, Role], list[Input]]:
    groups: dict[tuple[Modality, Role], list[Input]] = {}
    for item in batch:
        groups.setdefault((item.modality, item.role), []).append(item)
    return groups


def _form(request: Request, file_names: Mapping[str, str]) -> list[str]:
    """Return the arguments of a form; `requests` sets the content type with its boundary."""
    fields = [(name, value) for name, value in request.parts if isinstance(value, str)]
    files = [(name, value) for name, value in request.parts if isinstance(value, PictureData)]
    data = [f"({python_string(name)}, {python_string(value)})" for name, value in fields]
    pictures = []
    for name, value in files:
        file_name = python_string(file_names[value.picture.item_id])
        read = f'({file_name}, Path({file_name}).read_bytes(), "image/jpeg")'
        pictures.append(f"({python_string(name)}, {read})")
    return [f"{name}={_list(entries)}" for name, entries in (("data", data), ("files", pictures))]


def _list(entries: list[str]) -> str:
    """Return a list of words that stand in an argument of a call."""
    return laid_out(entries, str, _INDENT, _INDENT)


def _headers(api: HostedApi, request: Request, variable: str) -> str:
    key = f"f\"{api.prefix}{{os.environ['{variable}']}}\""
    if not api.prefix:
        key = f'os.environ["{variable}"]'
    entries = [f"{python_string(api.header)}: {key}"]
    entries += [f"{python_string(n)}: {python_string(v)}" for n, v in request.headers.items()]
    return f"{{{', '.join(entries)}}}"


def _assigned(name: str, function: str, arguments: list[str]) -> str:
    """Return a line that calls a function and names the result, on more lines where it is long."""
    short = f"{name} = {function}({', '.join(arguments)})"
    if len(short) <= _LONGEST_LINE and "\n" not in short:
        return short
    return f"{name} = {function}(\n" + "".join(f"    {argument},\n" for argument in arguments) + ")"


def _word(value: Any, file_names: Mapping[str, str]) -> str:
    """Return the Python source of a value that is neither dict nor list."""
    if isinstance(value, PictureData):
        read = f"picture({python_string(file_names[value.picture.item_id])})"
        return f"{python_string(value.prefix)} + {read}" if value.prefix else read
    return python_string(value) if isinstance(value, str) else repr(value)
