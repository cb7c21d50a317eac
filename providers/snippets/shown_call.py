"""A call from the log, shown as text that a person can paste and get the same answer with."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from collection.short_repr import ShortRepr
from providers.errors import UnusableInput
from providers.inputs import Batch
from providers.registry import hosted, provider
from providers.snippets.curl import curl_command
from providers.snippets.key_variable import key_variable
from providers.snippets.pictures import file_names, pictures_as_sent
from providers.snippets.python import python_connect, python_requests
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
    source = hosted(call.setup)
    if source is None:
        title = provider(call.setup.provider).info.title
        raise UnusableInput(f"{title} runs on this machine and makes no calls.")
    api, setup = source.api, call.setup
    sent = pictures_as_sent(source.info.model(setup.model), setup, call.batch)
    request = api.request_for(setup, sent, Credentials(setup.provider, {}, call.values, {}))
    files = file_names(sent, names)
    variable = key_variable(api, variables)
    elsewhere = "" if call.own_base_url else call.base_url
    return ShownCall(
        curl=curl_command(api, request, call.base_url, files, variable),
        python=python_requests(api, request, call.base_url, files, variable),
        connect=python_connect(source.info, setup, sent, files, elsewhere, call.values),
        variable=variable,
        file_names=files,
        pictures=request.pictures,
    )
