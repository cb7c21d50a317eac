"""Every hosted provider with its stand-in: the table that the common contract goes through."""

from collections.abc import Callable
from dataclasses import dataclass

from providers.cohere import COHERE
from providers.gemini import GEMINI
from providers.jina import JINA
from providers.nomic import NOMIC
from providers.transport.call_log import CallLog
from providers.transport.hosted import HostedEmbedder, HostedProvider
from providers.vertex import VERTEX
from providers.voyage import VOYAGE
from tests.providers.hosted.asking import embedder_at
from tests.stand_ins.cohere import CohereStandIn
from tests.stand_ins.gemini import GeminiStandIn
from tests.stand_ins.jina import JinaStandIn
from tests.stand_ins.nomic import NomicStandIn
from tests.stand_ins.server import StandIn
from tests.stand_ins.vertex import VertexStandIn
from tests.stand_ins.voyage import VoyageStandIn


def _key_only(key: str) -> dict[str, str]:
    return {"api_key": key}


def _token_and_project(key: str) -> dict[str, str]:
    return {"access_token": key, "project": "a-project"}


@dataclass(frozen=True)
class Hosted:
    """A provider, the stand-in of its API, and what to give `connect` besides a key."""

    provider: HostedProvider
    stand_in: type[StandIn]
    credentials: Callable[[str], dict[str, str]] = _key_only

    def embedder(self, server: StandIn, **options) -> tuple[HostedEmbedder, CallLog]:
        """Return an embedder that asks the stand-in with its right key, and its log."""
        return self.embedder_with(server.key, server.address, **options)

    def embedder_with(self, key: str, address: str, **options) -> tuple[HostedEmbedder, CallLog]:
        """Return an embedder that asks at an address with a key, and its log."""
        return embedder_at(address, self.provider, **self.credentials(key), **options)


HOSTED = {
    hosted.provider.info.id: hosted
    for hosted in (
        Hosted(NOMIC, NomicStandIn),
        Hosted(JINA, JinaStandIn),
        Hosted(VERTEX, VertexStandIn, _token_and_project),
        Hosted(GEMINI, GeminiStandIn),
        Hosted(COHERE, CohereStandIn),
        Hosted(VOYAGE, VoyageStandIn),
    )
}
