"""Pages import UMAP in a thread of their own; here it is there before the first of them is drawn.

At its import UMAP sets the filters of warnings aside for a moment, and pytest puts them back, for
the whole process, whenever a test begins: one warning of the two would then be an error.
"""

import umap  # noqa: F401
