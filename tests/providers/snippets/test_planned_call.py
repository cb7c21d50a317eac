"""Calls as text before any is made: they make what the app would make."""

import pytest

from collection.collection import Collection, Pair
from collection.items import text_item
from providers.errors import UnusableInput
from providers.registry import PROVIDERS
from providers.snippets.pictures import own_file_names
from providers.snippets.planned_call import planned_batches, planned_call
from tests.providers.hosted.asking import picture
from tests.providers.snippets.pasting import (
    HOSTED,
    HOSTILE,
    ROOT,
    assert_same_request,
    pasted,
    run_script,
    save,
    shells,
)
from tests.providers.snippets.planning import PLAIN, asked_by_the_app, named_picture

NAMES = ("Red Kite (1).jpg", "-rf $(touch gone) #1, a;b.JPG", "na\u00efve 100% [x]@y=z.png")


PICTURES = [named_picture(name, number) for number, name in enumerate(NAMES)]
TEXTS = [text_item(words) for words in HOSTILE[:3]]
COLLECTION = Collection().adding([*PICTURES, *TEXTS], [Pair(TEXTS[0].id, PICTURES[0].id)])
CALLED = {item.id: item.name for item in PICTURES}


def planned(name, stand_in):
    """The calls for the collection, each with its batch, as they are shown without a key."""
    setup = PROVIDERS[name].info.setup()
    batches = planned_batches(setup, COLLECTION.items.values(), COLLECTION.pairs)
    return [(batch, planned_call(setup, batch, CALLED, stand_in.address)) for batch in batches]


def save_pictures(shown, folder):
    """Put the pictures where the call looks for them, as their owner has them."""
    save(shown.pictures, shown.file_names, folder)


@pytest.mark.parametrize("shell", shells()[:2])
def test_the_shown_curl_makes_the_call_that_the_app_would_make(hosted, shell, tmp_path):
    name, stand_in = hosted
    asked = asked_by_the_app(name, stand_in, COLLECTION)
    for batch, shown in planned(name, stand_in):
        save_pictures(shown, tmp_path)
        pasted(shell, shown.curl, tmp_path, **{shown.variable: stand_in.key, **PLAIN})
        first = asked.pop(tuple(item.item_id for item in batch))
        assert_same_request(first.received, stand_in.received[-1], PROVIDERS[name].api.header)
    assert asked == {}
    assert not (tmp_path / "gone").exists()


def test_the_scripts_make_the_calls_that_the_app_would_make(hosted, tmp_path):
    name, stand_in = hosted
    asked = asked_by_the_app(name, stand_in, COLLECTION)
    batch, shown = planned(name, stand_in)[0]
    save_pictures(shown, tmp_path)
    first = asked[tuple(item.item_id for item in batch)]
    variables = {shown.variable: stand_in.key, "PYTHONPATH": str(ROOT), **PLAIN}
    done = run_script(shown.python, tmp_path, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert_same_request(first.received, stand_in.received[-1], PROVIDERS[name].api.header)
    done = run_script(shown.connect, tmp_path, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert sum(int(line.split(",")[0][1:]) for line in done.stdout.splitlines()) == len(batch)


@pytest.mark.parametrize("name", HOSTED)
def test_the_text_names_the_variable_of_the_key_and_the_providers_own_address(name):
    setup = PROVIDERS[name].info.setup()
    batches = planned_batches(setup, COLLECTION.items.values(), COLLECTION.pairs)
    shown = planned_call(setup, batches[0], CALLED)
    assert f"${shown.variable}" in shown.curl
    assert "https://" in shown.curl.splitlines()[0]
    assert "base_url" not in shown.connect
    assert shown == planned_call(setup, batches[0], CALLED)


def test_what_the_provider_must_know_besides_a_key_comes_from_the_environment_unless_typed():
    setup = PROVIDERS["vertex"].info.setup()
    batch = planned_batches(setup, COLLECTION.items.values(), COLLECTION.pairs)[0]
    shown = planned_call(setup, batch, CALLED)
    assert "/projects/${PROJECT_ID}/locations/us-central1/" in shown.curl
    assert '/projects/" + os.environ["PROJECT_ID"] + "/locations/' in shown.python
    assert 'project=os.environ["PROJECT_ID"]' in shown.connect
    shown = planned_call(setup, batch, CALLED, values={"project": "mine", "region": "europe-west4"})
    assert "//europe-west4-aiplatform.googleapis.com/v1/projects/mine/" in shown.curl
    assert "PROJECT_ID" not in shown.curl + shown.python + shown.connect


def test_what_runs_here_has_no_calls():
    with pytest.raises(UnusableInput, match="makes no calls"):
        planned_batches(PROVIDERS["local-minilm"].info.setup(), (), ())


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Red Kite (1).jpg", "Red Kite (1).jpg"),
        ("IMG_0001.JPG", "IMG_0001.JPG"),
        ("cat.jpeg", "cat.jpeg"),
        ("cat.png", "cat.jpg"),
        ("a.b", "a.b.jpg"),
        ("\u732b.webp", "\u732b.jpg"),
        ("-rf.jpg", "-rf.jpg"),
        ("$(rm -rf ~).jpg", "$(rm -rf ~).jpg"),
        ("folder/cat.jpg", "cat.jpg"),
        ("a\nb.jpg", "ab.jpg"),
        ("it's.jpg", "it-s.jpg"),
        ('a"b.jpg', "a-b.jpg"),
        ("wow!.jpg", "wow.jpg"),
        ("`x`.jpg", "x.jpg"),
        ("\x1b[31m.jpg", "[31m.jpg"),
        ("a<b>|c.jpg", "a-b-c.jpg"),
    ],
)
def test_a_picture_is_called_as_the_person_named_it_where_every_shell_can_take_it(name, file_name):
    red = picture("red")
    assert own_file_names((red,), {red.item_id: name}) == {red.item_id: file_name}


def test_names_that_would_be_the_same_are_told_apart_and_what_has_none_is_numbered():
    batch = (picture("red"), picture("blue"), picture("green"))
    names = {batch[0].item_id: "Cat.png", batch[1].item_id: "Cat.jpg"}
    assert list(own_file_names(batch, names).values()) == ["Cat.jpg", "Cat-2.jpg", "picture-3.jpg"]


def test_the_address_of_a_kind_of_key_is_the_providers_own():
    setup = PROVIDERS["voyage"].info.setup()
    batch = planned_batches(setup, COLLECTION.items.values(), COLLECTION.pairs)[0]
    shown = planned_call(setup, batch, CALLED, "https://a.example", own_base_url=True)
    assert '"https://a.example/' in shown.curl
    assert "base_url" not in shown.connect
    assert "base_url" in planned_call(setup, batch, CALLED, "https://a.example").connect
