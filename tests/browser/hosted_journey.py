"""What a person with keys does on the pages, against stand-ins for the hosted providers."""

import re
from collections.abc import Iterable

from playwright.sync_api import Locator, expect

from providers.registry import PROVIDERS
from providers.transport.hosted import HostedProvider
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.visitor import Visitor

TITLES = {id_: p.info.title for id_, p in PROVIDERS.items()}
HOSTED = {id_: p.info for id_, p in PROVIDERS.items() if isinstance(p, HostedProvider)}
_PLAIN = {"project": "a-project"}

_INPUTS = "inputs => inputs.map(input => input.value)"


def secret_of(provider_id: str) -> str:
    """Return the name of the field that takes the key."""
    return next(e.name for e in HOSTED[provider_id].key_fields if e.secret)


def show_cat_and_box(visitor: Visitor) -> None:
    """Load the smallest sample, and go to the providers."""
    visitor.open("/collection")
    visitor.press(visitor.button("Cat and box"))
    expect(visitor.sidebar).to_contain_text("2 pictures · 2 captions")
    visitor.go_to("Providers")
    expect(visitor.main.get_by_text("needs a key")).to_have_count(len(HOSTED))


def ticks(visitor: Visitor) -> dict[str, Locator]:
    """Return the checkbox of each provider."""
    return {
        id_: visitor.main.locator(f".st-key-chosen-{id_}").get_by_role("checkbox")
        for id_ in PROVIDERS
    }


def set_up(visitor: Visitor, provider_id: str) -> Locator:
    """Open the dialog of a provider's row, and return it."""
    visitor.press(visitor.main.locator(f".st-key-set-up-{provider_id} button"))
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Set up {TITLES[provider_id]}")
    return dialog


def try_key(visitor: Visitor, provider_id: str, key: str) -> None:
    """Type a key into the dialog that is open, and what else the provider must know; check it."""
    dialog = visitor.page.get_by_role("dialog")
    for entry in HOSTED[provider_id].key_fields:
        if entry.name in _PLAIN:
            plain = dialog.locator(f".st-key-value-{provider_id}-{entry.name} input")
            plain.fill(_PLAIN[entry.name])
    field = dialog.locator(f".st-key-key-{provider_id}-{secret_of(provider_id)} input")
    visitor.write(field, key)


def type_key(visitor: Visitor, provider_id: str, key: str) -> None:
    """Give a provider a key that works: its dialog closes, and its row is ticked."""
    if visitor.page.get_by_role("dialog").count() == 0:
        set_up(visitor, provider_id)
    try_key(visitor, provider_id, key)
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    visitor.settle()
    expect(row_of(visitor, provider_id)).to_contain_text("works, ")
    expect(ticks(visitor)[provider_id]).to_be_checked()


def row_of(visitor: Visitor, provider_id: str) -> Locator:
    """Return the row of a provider."""
    return visitor.main.locator(f".st-key-provider-row-{list(PROVIDERS).index(provider_id)}")


def tick(visitor: Visitor, provider_ids: Iterable[str]) -> None:
    """Let providers take part that do not yet; their rows say how many calls each will take."""
    for provider_id in provider_ids:
        if not ticks(visitor)[provider_id].is_checked():
            visitor.press(visitor.main.locator(f".st-key-chosen-{provider_id} label").first)
        expect(ticks(visitor)[provider_id]).to_be_checked()
        expect(row_of(visitor, provider_id)).to_contain_text(re.compile(r"\d+ calls?, "))
        visitor.settle()


def embed(visitor: Visitor) -> None:
    """Press Embed and wait until the run is over."""
    visitor.press(visitor.button("Embed"))
    visitor.settle()
    expect(visitor.button("Stop")).to_have_count(0)
    visitor.settle()


def see_charts(visitor: Visitor, page: str, prefix: str, provider_ids: Iterable[str]) -> None:
    """See one chart for each of these providers on a page, and no other."""
    visitor.go_to(page)
    keys = [f"{prefix}-{list(PROVIDERS).index(provider_id)}" for provider_id in provider_ids]
    for key in keys:
        PlotlyChart(visitor.page, key).wait()
    expect(visitor.main.locator(f"[class*=st-key-{prefix}-] .js-plotly-plot")).to_have_count(
        len(keys)
    )
    visitor.settle()


def choose_call(visitor: Visitor, words: str) -> str:
    """Choose the call whose line holds these words, and return its curl command."""
    choice = visitor.main.get_by_role("combobox", name=re.compile(r"\bCall to look at$"))
    code = visitor.main.get_by_test_id("stCode").locator("code").filter(visible=True)
    shown_before, chosen_before = code.inner_text(), choice.input_value()
    visitor.press(choice)
    choice.fill(words)
    option = visitor.page.get_by_role("option").filter(has_text=words).first
    chosen = option.inner_text()
    option.click()
    expect(choice).to_have_value(chosen)
    if chosen != chosen_before:  # the field changes at once, the command when the server answers
        expect(code).not_to_have_text(shown_before)
    visitor.settle()
    expect(code).to_have_count(1)
    return code.inner_text()


def holds_none_of(visitor: Visitor, keys: Iterable[str], log: str) -> None:
    """See that no key stands in the page, a field, the address or the server's log."""
    values = visitor.page.locator("input, textarea").evaluate_all(_INPUTS)
    places = (visitor.page.content(), visitor.page.url, log, *values)
    assert not [key for key in keys for place in places if key in place]
