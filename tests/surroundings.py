"""Environment variables of whoever runs the tests that decide no test."""

import os

from providers.registry import PROVIDERS
from ui.opened_at_start import COLLECTION_VARIABLE
from ui.state.key_lending import LEND_VARIABLE, PLATFORM_VARIABLES

OF_HOSTED_PROVIDERS = frozenset(
    name
    for provider in PROVIDERS.values()
    for name in (
        provider.info.base_url_variable,
        *(variable for entry in provider.info.key_fields for variable in entry.variables),
    )
) | {"GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_QUOTA_PROJECT"}
"""Keys and addresses: whoever runs the tests may have their own, and no test spends them."""

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
PROXIES = frozenset((*_PROXIES, *map(str.lower, _PROXIES)))
"""All that tests ask is on this machine, and a proxy may not know the way back."""

OF_KEY_LENDING = frozenset(
    name
    for name in os.environ
    if name.startswith((LEND_VARIABLE, COLLECTION_VARIABLE, *PLATFORM_VARIABLES))
)
"""Where the tests run decides whose keys are lent, and opens no collection."""
