"""Every hosted provider with its stand-in: the table that the common contract goes through."""

from collections.abc import Callable
from dataclasses import dataclass

from providers.hosted.cohere import COHERE
from providers.hosted.gemini import GEMINI
from providers.hosted.jina import JINA
from providers.hosted.nomic import NOMIC
from providers.hosted.vertex import VERTEX
from providers.hosted.voyage import VOYAGE
from providers.transport.call_log import CallLog
from providers.transport.hosted import HostedEmbedder, HostedProvider
from stand_ins.cohere import CohereStandIn
from stand_ins.gemini import GeminiStandIn
from stand_ins.jina import JinaStandIn
from stand_ins.nomic import NomicStandIn
from stand_ins.server import StandIn
from stand_ins.vertex import VertexStandIn
from stand_ins.voyage import VoyageStandIn
from tests.providers.hosted.asking import embedder_at


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
