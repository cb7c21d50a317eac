"""Stand-ins for hosted embedding APIs: HTTP servers on loopback that hold clients to the letter.

Each follows the public documentation that its module names, refuses what that does not allow,
and can be made to misbehave (`stand_ins.faults`). They know nothing of the app's clients. A
module with a stand-in in it is found by itself.
"""

import pkgutil
from importlib import import_module

from stand_ins.server import StandIn


def _stand_ins():
    """Return the stand-in of each API by its provider's id, as the modules of this package hold."""
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            import_module(f"{__name__}.{module.name}")
    found = (kind for kind in StandIn.__subclasses__() if "right_request" in vars(kind))
    return {kind.provider: kind for kind in sorted(found, key=lambda kind: kind.provider)}


STAND_INS = _stand_ins()
ERROR_CASES = {name: stand_in.error_cases for name, stand_in in STAND_INS.items()}
