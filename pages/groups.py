"""Groups: what belongs together, and what does not fit?"""

from ui.shell import open_page

open_page("Groups")
