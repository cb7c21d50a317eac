"""What of the Odd ones out page stands in its address."""

from space.duplicates import DEFAULT_THRESHOLD
from space.setting import Setting
from ui.address.parameter import Choice, Number, Parameter
from ui.odd_ones_out.sections import LOWEST_THRESHOLD, SECTIONS

PARAMETERS: tuple[Parameter, ...] = (
    Choice(
        "look",
        "odd-section",
        {section.key: section.title for section in SECTIONS},
        SECTIONS[0].title,
        steps=True,
    ),
    Number(
        "threshold",
        "duplicates-from",
        Setting("threshold", "Threshold", LOWEST_THRESHOLD, 1.0, DEFAULT_THRESHOLD, step=0.01),
    ),
)
