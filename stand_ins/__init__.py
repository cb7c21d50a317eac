"""Stand-ins for hosted embedding APIs: HTTP servers on loopback that hold clients to the letter.

Each follows the public documentation that its module names, refuses what that does not allow,
and can be made to misbehave (`stand_ins.faults`). They know nothing of the app's clients.
"""

from stand_ins.cohere import CohereStandIn
from stand_ins.gemini import GeminiStandIn
from stand_ins.jina import JinaStandIn
from stand_ins.nomic import NomicStandIn
from stand_ins.vertex import VertexStandIn
from stand_ins.voyage import VoyageStandIn

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
