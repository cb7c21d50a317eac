"""What is said before words are read by a model that cannot read them well."""

from collection.collection import Collection
from collection.items import text_item
from providers.registry import PROVIDERS
from ui.run.caption_warnings import caption_warnings, query_warnings
from ui.state.compared_setups import ComparedSetups

FOREIGN = "Das ist eine sehr schöne Katze auf dem Dach"
LONG = "a cat on a roof " * 125


BOTH = ComparedSetups(ticked={0, 1})
MINILM = ComparedSetups(ticked={0})


def warnings_of(caption, compared):
    captions = Collection().adding([text_item(caption)])
    return caption_warnings(captions, compared.setups, compared.name_of)


def test_captions_are_counted_and_named_and_the_models_that_cannot_read_them_share_a_line():
    (line,) = warnings_of(FOREIGN, BOTH)
    assert "Local MiniLM, Local Static**: 1 caption may not be English" in line
    assert line.endswith(f"which is all that these models read: “{FOREIGN}”.")


def test_ones_own_words_are_called_so_and_not_repeated():
    (line,) = query_warnings(text_item(FOREIGN), BOTH.setups[:1], BOTH.name_of)
    assert line.endswith("your words may not be English, which is all that this model reads.")


def test_a_local_model_reads_the_first_part_of_what_is_too_long():
    (line,) = warnings_of(LONG, MINILM)
    assert "only the first 256 tokens of 1 caption are read: “a cat on a roof" in line


def test_of_a_hosted_provider_it_is_not_said_that_it_reads_a_part_of_what_is_too_long():
    setup = PROVIDERS["vertex"].info.setup()
    (line,) = query_warnings(text_item("{cat} " * 100), [setup], BOTH.name_of)
    assert "longer than 32 tokens, which the provider may refuse or leave unread" in line


def test_words_that_every_model_reads_need_no_warning():
    assert query_warnings(text_item("a cat"), BOTH.setups, BOTH.name_of) == []
