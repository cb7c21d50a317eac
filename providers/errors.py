"""Whatever can go wrong while embedding.

SharedSpaceError                 (collection.errors)
└── ProviderError                what happened, with which provider, and what to do next
    ├── UnknownProvider          no provider has this id
    ├── UnsupportedSetup         the provider has no such model, dimension or setting
    ├── UnusableInput            the call itself makes no sense: no list, wrong type
    ├── ProviderFailed           the provider as a whole cannot go on
    │   ├── MissingCredentials   nobody gave a key, a token or a project
    │   ├── UnusableCredential   what was given cannot be one, or cannot be used here
    │   │   └── UnusablePlace    the same of a project, a region or an address
    │   └── LoginUnreachable     who gives out access tokens cannot be reached
    │       └── LoginInterrupted  it can, but did not answer this time
    └── SomeItemsFailed          some items have no vector; carries the rows that succeeded
"""

from collections.abc import Mapping, Sequence

from collection.embeddings import Embeddings, FloatArray
from collection.errors import SharedSpaceError


class ProviderError(SharedSpaceError):
    """Any failure of embedding; every error that leaves `providers` is one of these."""


class UnknownProvider(ProviderError):
    """There is no provider of this id."""

    def __init__(self, provider: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no provider “{provider}”. Choose one of: {', '.join(known)}.")


class UnsupportedSetup(ProviderError):
    """The provider does not offer this model, dimension or setting."""


class UnusableInput(ProviderError):
    """The input as a whole is of the wrong kind, so no item could be tried."""


class ProviderFailed(ProviderError):
    """The provider cannot go on; what it had finished is kept.

    `reason` says what happened and `advice` what to do next. `found` holds what was embedded
    before, where the failure came in the middle: Embeddings by item id, else None.
    """

    def __init__(
        self, provider: str, reason: str, advice: str = "", found: Embeddings | None = None
    ) -> None:
        self.provider, self.reason, self.advice, self.found = provider, reason, advice, found
        super().__init__(f"{provider}: {self.told}")

    @property
    def told(self) -> str:
        """What happened and what to do next, without the provider's name."""
        return f"{self.reason} {self.advice}".strip()


class MissingCredentials(ProviderFailed):
    """A key, a token or a project that the provider needs was not given."""


class UnusableCredential(ProviderFailed):
    """A key, a token, a project or an address of a kind that cannot be used."""


class UnusablePlace(UnusableCredential):
    """What says where to ask, a project, a region or an address, cannot be used."""


class LoginUnreachable(ProviderFailed):
    """The service that gives out access tokens cannot be reached."""


class LoginInterrupted(LoginUnreachable):
    """The service that gives out access tokens did not answer this time; another time it may."""


class SomeItemsFailed(ProviderError):
    """Some items have no vector.

    `vectors`: float32 (m, d), the rows that succeeded; `rows`: the input index of each of them;
    `failures`: input index → why, in words.
    """

    def __init__(
        self,
        provider: str,
        vectors: FloatArray,
        rows: Sequence[int],
        failures: Mapping[int, str],
    ) -> None:
        self.provider, self.vectors = provider, vectors
        self.rows, self.failures = tuple(rows), dict(failures)
        first = next(iter(failures))
        more = f" (and {len(failures) - 1} more)" if len(failures) > 1 else ""
        super().__init__(
            f"{provider}: {len(failures)} of {len(failures) + len(rows)} items have no vector. "
            f"Item {first}: {failures[first]}{more} "
            "The rows that succeeded are in `.vectors`, their positions in `.rows`."
        )
