"""The environment variable in which a snippet finds the key, so that it never holds one."""

from providers.transport.api import HostedApi


def key_variable(api: HostedApi) -> str:
    """Return the name of the variable that holds what goes into the API's header."""
    secret = [entry for entry in api.info.key_fields if entry.secret]
    return min(secret, key=lambda entry: entry.name != api.key).variables[0]
