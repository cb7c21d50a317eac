"""A call from the log, shown as text that a person can paste and get the same answer with."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from collection.embeddings import Setup
from collection.short_repr import ShortRepr
from providers.errors import UnusableInput
from providers.inputs import Batch
from providers.registry import hosted, provider
from providers.snippets.curl import curl_command
from providers.snippets.key_variable import key_variable
from providers.snippets.pictures import file_names, pictures_as_sent
from providers.snippets.python import python_connect, python_requests
from providers.transport.api import HostedApi
from providers.transport.call_log import Call
from providers.transport.credentials import Credentials


@dataclass(frozen=True, slots=True, repr=False)
class ShownCall(ShortRepr):
    """A call as a curl command, as a script with `requests`, and as one with `connect`.

    `variable`: where all three find the key. `pictures`: those of the call, with the bytes that
    were sent. `file_names`: item id → the file in which each is looked for.
    """

    curl: str
    python: str
    connect: str
    variable: str
    file_names: Mapping[str, str]
    pictures: Batch


def shown_call(call: Call, names: Mapping[str, str], variables: Container[str] = ()) -> ShownCall:
    """Return a call as text; no secret can be in it, as none is known here.

    `names`: item id → the name that people see. `variables`: the environment variables that are
    set. Raises UnknownProvider where the provider is gone, UnusableInput where it makes no calls.
    """
    api = api_of(call.setup)
    sent = pictures_as_sent(api.info.model(call.setup.model), call.setup, call.batch)
    elsewhere = "" if call.own_base_url else call.base_url
    return as_text(
        api,
        call.setup,
        sent,
        file_names(sent, names),
        call.base_url,
        elsewhere,
        call.values,
        variables,
    )


def api_of(setup: Setup) -> HostedApi:
    """Return the API that a Setup's calls go to.

    Raises UnknownProvider where the provider is gone, UnusableInput where it makes no calls.
    """
    source = hosted(setup)
    if source is None:
        title = provider(setup.provider).info.title
        raise UnusableInput(f"{title} runs on this machine and makes no calls.")
    return source.api


def as_text(
    api: HostedApi,
    setup: Setup,
    batch: Batch,
    files: Mapping[str, str],
    base_url: str,
    elsewhere: str,
    values: Mapping[str, str],
    variables: Container[str] = (),
) -> ShownCall:
    """Return the call of one batch as text.

    `files`: item id → name of the picture's file. `elsewhere`: the address in place of the
    provider's own, "" for that. `values`: what the provider is told besides secrets.
    """
    request = api.request_for(setup, batch, Credentials(setup.provider, {}, values, {}))
    variable = key_variable(api, variables)
    return ShownCall(
        curl=curl_command(api, request, base_url, files, variable),
        python=python_requests(api, request, base_url, files, variable),
        connect=python_connect(api.info, setup, batch, files, elsewhere, values),
        variable=variable,
        file_names=files,
        pictures=request.pictures,
    )
