"""One caption that a service cannot cope with costs the other 59 nothing, and is named."""

import re

import pytest
from playwright.sync_api import expect

from stand_ins import STAND_INS
from stand_ins.faults import Status
from tests.browser.app_server import AppServer
from tests.browser.hosted_journey import tick, type_key
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

BAD = "caption 07 that no service likes"
CAPTIONS = [BAD if n == 7 else f"caption {n:02}" for n in range(60)]


def in_a_call(call):
    return BAD.encode() in call.body


def test_59_of_60_are_embedded_and_the_one_is_named_and_not_sent_again(browser):
    with (
        STAND_INS["nomic"]() as nomic,
        AppServer({"NOMIC_BASE_URL": nomic.address}) as app,
        Visitor(browser, app.address) as visitor,
    ):
        nomic.misbehave(Status(500, {"detail": "internal"}), times=None, when=in_a_call)
        bring_captions(visitor)
        visitor.go_to("Providers")
        type_key(visitor, "nomic", nomic.key)
        tick(visitor, ["nomic"])
        visitor.press(visitor.button("Embed"))
        visitor.sees(re.compile("fails on it while others come through"))
        visitor.press(visitor.button("Details"))
        visitor.page.get_by_text("59 embedded now").wait_for()
        visitor.press(visitor.button("Details"))
        expect(visitor.main).to_contain_text(f"Nomic Atlas, “{BAD}”")
        visitor.keep_picture("bad-item-providers")
        visitor.go_to("Collection")
        expect(visitor.main).to_contain_text(f"Nomic Atlas, “{BAD}”")
        expect(visitor.main).to_contain_text("1 item without a vector, set aside")
        visitor.keep_picture("bad-item-collection")
        nomic.forget()
        expect(visitor.button("Embed")).to_have_count(0)
        nomic.behave()
        visitor.press(visitor.button("Try it again"))
        visitor.sees(re.compile("fails on it"), 0)
        assert sum(map(in_a_call, nomic.received)) == 1
        app.assert_kept_to_itself()


def bring_captions(visitor):
    visitor.open("/collection")
    visitor.main.get_by_label("Captions, one a line").fill("\n".join(CAPTIONS))
    visitor.press(visitor.button("Add captions"))
    expect(visitor.sidebar).to_contain_text("60 captions")
