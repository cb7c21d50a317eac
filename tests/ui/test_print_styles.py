"""A dark page is printed light by what its colours are called; they must be the chosen ones."""

from pathlib import Path

from plotly.colors import hex_to_rgb

from charts.palette import GROUND, INK

UI = Path(__file__).parents[2] / "ui"
STYLES = (UI / "print_dark.css").read_text(encoding="utf-8")


def in_words(colour):
    return "rgb({}, {}, {})".format(*hex_to_rgb(colour))


def test_the_dark_ink_and_the_dark_ground_of_charts_are_made_light():
    assert f'[style*="fill: {in_words(INK["dark"])}"]' in STYLES
    assert f'[style*="stroke: {in_words(INK["dark"])}"]' in STYLES
    assert f'[style*="fill: {in_words(GROUND["dark"])}"]' in STYLES


def test_the_light_ground_of_charts_is_made_white():
    every = (UI / "print.css").read_text(encoding="utf-8")
    assert f'[style*="fill: {in_words(GROUND["light"])}"]' in every


def test_what_was_dark_is_printed_in_the_ink_of_the_light_theme():
    assert STYLES.count(f"{INK['light']} !important") == 3
