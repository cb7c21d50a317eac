"""The calls that would embed a collection as a folder: pictures, bodies, and a script for curl.

No name that a person gave stands in a command or in the name of a file: pictures and bodies are
numbered. The key comes from the environment.
"""

import json
import zipfile
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import BinaryIO

from collection.embeddings import Setup
from collection.items import Modality
from providers.inputs import Batch
from providers.snippets.curl import curl_command
from providers.snippets.key_variable import key_variable
from providers.snippets.pictures import pictures_as_sent
from providers.snippets.planned_call import in_the_shell, values_or_variables, without_key
from providers.snippets.shown_call import api_of
from providers.transport.request import json_body

_DAY = (1980, 1, 1, 0, 0, 0)
_RUNNABLE, _PLAIN = 0o100755, 0o100644
_HEAD = """#!/bin/sh
# Sends {calls} to {title}, one after the other, and keeps the answers in answers/.
# Set the key first: export {variable}=...
set -eu
cd -- "$(dirname -- "$0")"
{needed}
mkdir -p answers
"""


def write_folder(
    target: BinaryIO,
    setup: Setup,
    batches: Sequence[Batch],
    names: Mapping[str, str],
    base_url: str | None = None,
    values: Mapping[str, str] | None = None,
    variables: Container[str] = (),
) -> None:
    """Write the folder as a ZIP archive, one call at a time; see `planned_call`.

    In it: `run.sh`, `pictures/0001.jpg` …, `bodies/0001.json` … of the calls in JSON (one in a
    form reads the pictures), and `names.json`, which says what each picture was called.
    Raises OSError, ValueError or SyntaxError for a picture that cannot be read.
    """
    api = api_of(setup)
    known, in_its_place = values_or_variables(api, values or {})
    credentials = without_key(api, known)
    address = base_url or api.base_url_for(credentials)
    variable = key_variable(api, variables)
    files = _numbered(batches)
    commands = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        written: set[str] = set()
        for number, batch in enumerate(batches, start=1):
            sent = pictures_as_sent(api.info.model(setup.model), setup, batch)
            for item in sent:
                if item.modality is Modality.PICTURE and item.item_id not in written:
                    written.add(item.item_id)
                    _add(archive, files[item.item_id], item.jpeg, method=zipfile.ZIP_STORED)
            request = api.request_for(setup, sent, credentials)
            body = None
            if not request.parts:
                body = f"bodies/{number:04}.json"
                _add(archive, body, json_body(request))
            command = curl_command(api, request, address, files, variable, body)
            commands.append(f"{command} \\\n  -o answers/{number:04}.json\n")
        called = {file: names.get(item_id, "") for item_id, file in files.items()}
        _add(archive, "names.json", json.dumps(called, indent=1).encode())
        head = _HEAD.format(
            calls=f"{len(batches)} call{'' if len(batches) == 1 else 's'}",
            title=api.info.title,
            variable=variable,
            needed="\n".join(_needed((variable, *in_its_place.values()))),
        )
        script = in_the_shell("\n".join([head, *commands]), in_its_place)
        _add(archive, "run.sh", script.encode(), mode=_RUNNABLE)


def _needed(variables: Iterable[str]) -> list[str]:
    """Return lines that end the script with a word of explanation where a variable is not set."""
    return [f': "${{{name}:?is not set: export {name}=... first}}"' for name in variables]


def _numbered(batches: Iterable[Batch]) -> dict[str, str]:
    """Return item id → file for the pictures of all calls."""
    ids = dict.fromkeys(
        item.item_id for batch in batches for item in batch if item.modality is Modality.PICTURE
    )
    return {item_id: f"pictures/{number:04}.jpg" for number, item_id in enumerate(ids, start=1)}


def _add(
    archive: zipfile.ZipFile,
    name: str,
    data: bytes,
    *,
    mode: int = _PLAIN,
    method: int = zipfile.ZIP_DEFLATED,
) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.create_system, entry.external_attr, entry.compress_type = 3, mode << 16, method
    archive.writestr(entry, data)
