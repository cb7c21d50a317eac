import json
import re
from dataclasses import replace

import numpy as np
import pytest

from collection.embeddings import Role
from collection.items import text_item
from providers.errors import UnknownProvider, UnusableInput
from providers.inputs import input_of
from providers.registry import PROVIDERS
from providers.snippets.shown_call import shown_call
from providers.transport.call_log import CallLog
from stand_ins import STAND_INS
from tests.providers.hosted.asking import picture, text
from tests.providers.snippets.pasting import (
    HOSTED,
    HOSTILE,
    ROOT,
    ask,
    assert_same_request,
    noise,
    pasted,
    run_script,
    save,
    shells,
)

TEXTS = [input_of(text_item(words)) for words in HOSTILE]
PICTURES = [noise("a", 1024), picture("red"), noise("b", 400)]
NAMES = {item.item_id: item.item_id for item in PICTURES}
PAIRS = [(TEXTS[0].item_id, PICTURES[0].item_id)]


def header_of(provider_id):
    return PROVIDERS[provider_id].api.header


def one_of_each_kind(name, stand_in, folder):
    """The first call of each kind, and how it is shown; their pictures are in the folder."""
    calls = ask(name, stand_in, *TEXTS, *PICTURES, pairs=PAIRS)
    kinds = {tuple(sorted({i.modality for i in asked.call.batch})): asked for asked in calls[::-1]}
    shown = [(asked, shown_call(asked.call, NAMES)) for asked in kinds.values()]
    for _, one in shown:
        save(one.pictures, one.file_names, folder)
    return shown


def in_order_of_the_script(asked):
    """The vectors of a call, with all of one modality before the other."""
    modalities = dict.fromkeys(item.modality for item in asked.call.batch)
    return [
        asked.vectors[item.item_id]
        for modality in modalities
        for item in asked.call.batch
        if item.modality is modality
    ]


@pytest.mark.parametrize("shell", shells()[:1])
def test_the_curl_of_every_call_gets_the_same_answer(hosted, shell, tmp_path):
    name, stand_in = hosted
    api = PROVIDERS[name].api
    for asked in ask(name, stand_in, *TEXTS, *PICTURES, pairs=PAIRS):
        shown = shown_call(asked.call, {})
        save(shown.pictures, shown.file_names, tmp_path)
        printed = pasted(shell, shown.curl, tmp_path, **{shown.variable: stand_in.key})
        assert_same_request(asked.received, stand_in.received[-1], header_of(name))
        rows = api.read(asked.call.setup, asked.call.batch, json.loads(printed)).rows
        for row, item in zip(rows, asked.call.batch, strict=True):
            unit = np.asarray(row) / np.linalg.norm(row)
            np.testing.assert_allclose(unit, asked.vectors[item.item_id], atol=1e-6)


def test_the_script_of_a_call_of_each_kind_sends_the_same(hosted, tmp_path):
    name, stand_in = hosted
    kinds = one_of_each_kind(name, stand_in, tmp_path)
    stand_in.forget()
    scripts = "\n".join(shown.python for _, shown in kinds)
    done = run_script(scripts, tmp_path, **{kinds[0][1].variable: stand_in.key})
    assert (done.returncode, done.stderr) == (0, "")
    for (asked, _), again in zip(kinds, stand_in.received, strict=True):
        assert_same_request(asked.received, again, header_of(name))
    assert done.stdout.splitlines() == [
        f"{len(asked.call.batch)} vectors, each of {asked.call.setup.dimension} numbers"
        for asked, _ in kinds
    ]


def test_connect_gives_the_same_vectors_again(hosted, tmp_path):
    name, stand_in = hosted
    kinds = one_of_each_kind(name, stand_in, tmp_path)
    scripts = ["import numpy", "found = []"]
    for _, shown in kinds:
        names = re.findall(r"^(\w+) = connection\.", shown.connect, re.MULTILINE)
        scripts += [shown.connect, f"found += [{', '.join(names)}]"]
        assert f'base_url="{stand_in.address}"' in shown.connect
    scripts += ["numpy.save('found.npy', numpy.concatenate(found))", ""]
    variables = {kinds[0][1].variable: stand_in.key, "PYTHONPATH": str(ROOT)}
    done = run_script("\n".join(scripts), tmp_path, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    expected = [vector for asked, _ in kinds for vector in in_order_of_the_script(asked)]
    np.testing.assert_allclose(np.load(tmp_path / "found.npy"), np.stack(expected), atol=1e-6)


@pytest.mark.parametrize("name", HOSTED)
def test_no_secret_is_in_a_call_or_in_what_is_shown_of_it(name):
    with STAND_INS[name](key="canary-0123456789") as stand_in:
        for asked in ask(name, stand_in, *TEXTS, *PICTURES, pairs=PAIRS):
            assert "canary" not in repr(replace(asked.call, batch=()))
            shown = shown_call(asked.call, {})
            assert "canary" not in repr(replace(shown, pictures=()))
            assert f"${shown.variable}" in shown.curl


@pytest.mark.parametrize("name", HOSTED)
def test_a_call_to_the_providers_own_address_names_no_other(name):
    info = PROVIDERS[name].info
    values = {"project": "a-project", "region": "europe-west4"}
    values = {entry.name: values[entry.name] for entry in info.key_fields if not entry.secret}
    log = CallLog()
    for own in (False, True):
        address = "https://a.example"
        batch = (text("a cat"),)
        log.begin(info.setup(), batch, address, "embed", values=values, own_base_url=own)
    elsewhere, own = log.calls
    assert 'base_url="https://a.example"' in shown_call(elsewhere, {}).connect
    shown = shown_call(own, {})
    assert "base_url" not in shown.connect
    assert '"https://a.example/' in shown.curl.splitlines()[0]
    for field, value in values.items():
        assert f'{field}="{value}"' in shown.connect


def test_names_that_people_see_become_file_names():
    log = CallLog()
    log.begin(PROVIDERS["nomic"].info.setup(), (picture("red"),), "https://x.example", "embed")
    shown = shown_call(log.calls[0], {"picture red 32": "Red Kite.png"})
    assert shown.file_names == {"picture red 32": "red-kite.jpg"}
    for shown_text in (shown.curl, shown.python, shown.connect):
        assert "red-kite.jpg" in shown_text


def test_the_key_is_looked_for_where_it_is_set():
    log = CallLog()
    log.begin(PROVIDERS["gemini"].info.setup(), (text("a cat"),), "https://x.example", "embed")
    for known in ((), {"GEMINI_API_KEY", "GOOGLE_API_KEY"}, {"GOOGLE_API_KEY"}):
        expected = "GOOGLE_API_KEY" if known == {"GOOGLE_API_KEY"} else "GEMINI_API_KEY"
        shown = shown_call(log.calls[0], {}, known)
        assert shown.variable == expected
        assert f"${expected}" in shown.curl
        assert f'os.environ["{expected}"]' in shown.python


def test_the_role_of_a_call_is_kept():
    log = CallLog()
    batch = (picture("red", role=Role.QUERY),)
    log.begin(PROVIDERS["nomic"].info.setup(), batch, "https://x.example", "embed")
    assert 'role="query"' in shown_call(log.calls[0], {}).connect


def test_what_makes_no_calls_cannot_be_shown():
    log = CallLog()
    setup = PROVIDERS["nomic"].info.setup()
    for provider_id in ("local-minilm", "gone"):
        log.begin(replace(setup, provider=provider_id), (text("a"),), "", "embed")
    embedded = next(name for name in PROVIDERS if name not in HOSTED)
    with pytest.raises(UnusableInput, match="makes no calls"):
        shown_call(replace(log.calls[0], setup=replace(setup, provider=embedded)), {})
    with pytest.raises(UnknownProvider, match="gone"):
        shown_call(log.calls[1], {})
