"""The calls that would embed a collection, as text, before anything is asked and without a key."""

import secrets
from collections.abc import Container, Iterable, Mapping, Sequence

from collection.collection import Pair
from collection.embeddings import Setup
from collection.items import Item
from providers.inputs import Batch, input_of, role_of
from providers.snippets.pictures import own_file_names
from providers.snippets.python import python_string
from providers.snippets.shown_call import ShownCall, api_of, as_text
from providers.transport.api import HostedApi
from providers.transport.credentials import Credentials, Secret


def planned_batches(setup: Setup, items: Iterable[Item], pairs: Sequence[Pair]) -> list[Batch]:
    """Return what each call of a hosted Setup would hold, in order.

    Raises UnknownProvider and UnusableInput as `shown_call` does.
    """
    inputs = [input_of(item, role_of(item, setup)) for item in items]
    return api_of(setup).plan(setup, inputs, pairs)


def planned_call(
    setup: Setup,
    batch: Batch,
    names: Mapping[str, str],
    base_url: str | None = None,
    values: Mapping[str, str] | None = None,
    variables: Container[str] = (),
    *,
    own_base_url: bool = False,
) -> ShownCall:
    """Return the call that would embed a batch, as text.

    `names`: item id → the name that the person gave the picture, which its file has in the text.
    `base_url`: scheme and host, None for where the provider is usually asked; `own_base_url`:
    whether they are the provider's own for this kind of key. `values`: what is
    known of what the provider wants to be told besides secrets, such as a project; for the rest
    the text looks in the environment, as for the key. `variables`: those that are set.
    """
    api = api_of(setup)
    known, in_its_place = values_or_variables(api, values or {})
    shown = as_text(
        api,
        setup,
        batch,
        own_file_names(batch, names),
        base_url or api.base_url_for(without_key(api, known)),
        "" if own_base_url else base_url or "",
        known,
        variables,
    )
    return _looking_in_the_environment(shown, in_its_place)


def without_key(api: HostedApi, values: Mapping[str, str]) -> Credentials:
    """Return the credentials of who has no key yet."""
    secret = {entry.name: Secret("") for entry in api.info.key_fields if entry.secret}
    return Credentials(api.info.id, secret, values, {})


def values_or_variables(
    api: HostedApi, given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return a value for each plain field, and for those that are not known: value → variable.

    Such a value is drawn by lot: nothing that anybody wrote can be taken for it.
    """
    known: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for entry in api.info.key_fields:
        if entry.secret:
            continue
        known[entry.name] = given.get(entry.name) or entry.default
        if not known[entry.name]:
            known[entry.name] = f"x{secrets.token_hex(16)}"
            unknown[known[entry.name]] = entry.variables[0]
    return known, unknown


def in_the_shell(text: str, in_its_place: Mapping[str, str]) -> str:
    """Return a command with the variable where a value is not known; it stands in double quotes."""
    for value, variable in in_its_place.items():
        text = text.replace(value, f"${{{variable}}}")
    return text


def _looking_in_the_environment(shown: ShownCall, in_its_place: Mapping[str, str]) -> ShownCall:
    python, connect = shown.python, shown.connect
    for value, variable in in_its_place.items():
        found = f"os.environ[{python_string(variable)}]"
        python = python.replace(value, f'" + {found} + "')
        if python_string(value) in connect:
            connect = f"import os\n\n{connect.replace(python_string(value), found)}"
    return ShownCall(
        in_the_shell(shown.curl, in_its_place),
        python,
        connect,
        shown.variable,
        shown.file_names,
        shown.pictures,
    )
