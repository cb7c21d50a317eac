"""Stand-ins for hosted embedding APIs: HTTP servers on loopback that hold clients to the letter.

Each follows the public documentation that its module names, refuses what that does not allow,
and can be made to misbehave (`tests.stand_ins.faults`). They know nothing of the app's clients.
"""

from tests.stand_ins.cohere import CohereStandIn
from tests.stand_ins.gemini import GeminiStandIn
from tests.stand_ins.jina import JinaStandIn
from tests.stand_ins.nomic import NomicStandIn
from tests.stand_ins.vertex import VertexStandIn
from tests.stand_ins.voyage import VoyageStandIn

STAND_INS = {
    stand_in.provider: stand_in
    for stand_in in (
        NomicStandIn,
        JinaStandIn,
        VertexStandIn,
        GeminiStandIn,
        CohereStandIn,
        VoyageStandIn,
    )
}
