"""Whatever can go wrong while embedding.

SharedSpaceError                 (collection.errors)
└── ProviderError                what happened, with which provider, and what to do next
    ├── UnknownProvider          no provider has this id
    ├── UnsupportedSetup         the provider has no such model, dimension or setting
    ├── UnusableInput            the call itself makes no sense: no list, wrong type
    ├── ProviderFailed           the provider as a whole cannot go on
    │   ├── MissingCredentials   nobody gave a key, a token or a project
    │   └── UnusableCredential   what was given cannot be one, or cannot be used here
    │       └── UnusableEndpoint the same of a project, a region or a base URL
    └── SomeItemsFailed          some items have no vector; carries the rows that succeeded
"""

from collections.abc import Mapping, Sequence

from collection.embeddings import Embeddings, FloatArray
from collection.errors import SharedSpaceError
from collection.trouble import Trouble
from providers.failure_kind import Action, FailureKind


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

    `trouble` says what happened and what to do next; `kind` what is the matter, and `action` what
    is done about it where a call was to be made. `found` holds what was embedded before, where
    the failure came in the middle: Embeddings by item id, else None.
    """

    kind = FailureKind.SERVICE
    action = Action.ABORT

    def __init__(
        self,
        provider: str,
        reason: str,
        advice: str = "",
        found: Embeddings | None = None,
        *,
        kind: FailureKind | None = None,
        action: Action | None = None,
    ) -> None:
        self.provider, self.trouble, self.found = provider, Trouble(reason, advice), found
        self.kind, self.action = kind or self.kind, action or self.action
        super().__init__(f"{provider}: {self.trouble}")

    @property
    def reason(self) -> str:
        """What happened."""
        return self.trouble.reason

    @property
    def advice(self) -> str:
        """What to do next."""
        return self.trouble.advice


class MissingCredentials(ProviderFailed):
    """A key, a token or a project that the provider needs was not given."""

    kind = FailureKind.NO_KEY


class UnusableCredential(ProviderFailed):
    """A key, a token, a project or a base URL of a kind that cannot be used."""

    kind = FailureKind.KEY


class UnusableEndpoint(UnusableCredential):
    """What says where to ask, a project, a region or a base URL, cannot be used."""

    kind = FailureKind.ENDPOINT


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
