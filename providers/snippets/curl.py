"""A call as a curl command for bash, zsh and dash, on Linux, on macOS and in Git Bash.

JSON goes through a here-document, so that neither its length nor a picture's meets the limit of
128 KiB that Linux sets to an argument. Pasted at a prompt it means the same as in a script: no
comment, no tab, and no exclamation mark, which would recall an old command.
"""

import json
import re
import shlex
from collections.abc import Mapping
from typing import Any

from providers.snippets.key_variable import key_variable
from providers.snippets.layout import json_string, laid_out
from providers.transport.api import HostedApi
from providers.transport.request import PictureData, Request

_MEANS_SOMETHING_IN_A_HEREDOC = re.compile(r"[\\$`]")
_MEANS_SOMETHING_IN_DOUBLE_QUOTES = re.compile(r"[\"\\$`!]")
_PLAIN_FORM_VALUE = re.compile(r"[\w.+/-]+", re.ASCII)
_NEXT_LINE = " \\\n  "


def curl_command(
    api: HostedApi,
    request: Request,
    base_url: str,
    file_names: Mapping[str, str],
    variable: str = "",
    body_file: str | None = None,
) -> str:
    """Return a command that makes the call, with the key from the environment.

    `base_url`: scheme and host. `file_names`: item id → name of the picture's file, in the folder
    where the command is run. `variable`: where it finds the key, unless in the usual one.
    `body_file`: the file that holds the JSON, which stands in the command otherwise.
    """
    words = [
        f"curl --fail-with-body -sS -X POST {_quoted(base_url + request.path)}",
        f'-H "{api.header}: {api.prefix}${variable or key_variable(api)}"',
    ]
    if not request.parts:
        words.append('-H "Content-Type: application/json"')
    words += [f"-H {_quoted(f'{name}: {value}')}" for name, value in request.headers.items()]
    if request.parts:
        words += [_form_part(name, value, file_names) for name, value in request.parts]
        return _NEXT_LINE.join(words)
    if body_file is not None:
        return _NEXT_LINE.join([*words, f"--data-binary {_quoted(f'@{body_file}')}"])
    body = laid_out(request.json, lambda value: _in_heredoc(value, file_names))
    return f"{_NEXT_LINE.join([*words, '--data-binary @- <<JSON'])}\n{body}\nJSON"


def _form_part(name: str, value: str | PictureData, file_names: Mapping[str, str]) -> str:
    if isinstance(value, PictureData):
        file_name = file_names[value.picture.item_id]
        if not _PLAIN_FORM_VALUE.fullmatch(file_name):  # a comma or a semicolon would end it
            file_name = f'"{file_name}"'
        return f"-F {_quoted(f'{name}=@{file_name};type=image/jpeg')}"
    # In a value of -F, a leading @ or < and everything after a ; would have a meaning.
    option = "-F" if _PLAIN_FORM_VALUE.fullmatch(value) else "--form-string"
    return f"{option} {_quoted(f'{name}={value}')}"


def _in_heredoc(value: Any, file_names: Mapping[str, str]) -> str:
    """Return what stands in the here-document for a value that is neither dict nor list."""
    if isinstance(value, PictureData):
        file_name = shlex.quote(file_names[value.picture.item_id])
        return f"\"{_escaped(value.prefix)}$(base64 < {file_name} | tr -d '\\n')\""
    return _escaped(json_string(value, never="!") if isinstance(value, str) else json.dumps(value))


def _escaped(text: str) -> str:
    return _MEANS_SOMETHING_IN_A_HEREDOC.sub(r"\\\g<0>", text)


def _quoted(text: str) -> str:
    """Return a word of the command, in double quotes where these are enough."""
    return shlex.quote(text) if _MEANS_SOMETHING_IN_DOUBLE_QUOTES.search(text) else f'"{text}"'
