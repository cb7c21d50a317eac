"""The environment variable in which a snippet finds the key, so that it never holds one."""

from collections.abc import Container

from providers.transport.api import HostedApi


def key_variable(api: HostedApi, known: Container[str] = ()) -> str:
    """Return the name of the variable that holds what goes into the API's header.

    `known`: the variables that are set; where the key may stand in several, one of them is taken.
    """
    secret = [entry for entry in api.info.key_fields if entry.secret]
    variables = min(secret, key=lambda entry: entry.name != api.key).variables
    return next((name for name in variables if name in known), variables[0])
