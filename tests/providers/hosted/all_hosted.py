"""Every hosted provider with the stand-in of its API, as the registry names them."""

from dataclasses import dataclass

from providers.registry import PROVIDERS
from providers.transport.call_log import CallLog
from providers.transport.hosted import HostedEmbedder, HostedProvider
from stand_ins import STAND_INS
from stand_ins.server import StandIn
from tests.providers.hosted.asking import embedder_at


@dataclass(frozen=True)
class Hosted:
    """A provider and the stand-in of its API."""

    provider: HostedProvider
    stand_in: type[StandIn]

    def credentials(self, key: str) -> dict[str, str]:
        """Return what to give `connect` for this key."""
        return self.stand_in.credentials(key)

    def embedder(self, server: StandIn, **options) -> tuple[HostedEmbedder, CallLog]:
        """Return an embedder that asks the stand-in with its right key, and its log."""
        return self.embedder_with(server.key, server.address, **options)

    def embedder_with(self, key: str, address: str, **options) -> tuple[HostedEmbedder, CallLog]:
        """Return an embedder that asks at an address with a key, and its log."""
        return embedder_at(address, self.provider, **self.credentials(key), **options)


HOSTED = {
    id_: Hosted(provider, STAND_INS[id_])
    for id_, provider in PROVIDERS.items()
    if isinstance(provider, HostedProvider)
}
