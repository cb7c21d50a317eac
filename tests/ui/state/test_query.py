"""What a query is made of, and in which role each part of it is embedded."""

import pytest

from collection.embeddings import Role
from collection.items import Modality
from collection.samples import load_sample
from providers.registry import PROVIDERS
from ui.state.query import Query, Target, query_input, weights

CAT = load_sample("cat-and-box").pictures[0]
WORDS = Query(words="a cat").text
NOMIC, JINA = PROVIDERS["nomic"].info, PROVIDERS["jina"].info


def role(item, target, setup):
    return query_input(item, target, setup).role


@pytest.mark.parametrize("words", ["", "   ", "\t\n", "\u200b", "\u0000"])
def test_words_with_nothing_to_read_are_no_query(words):
    query = Query(words=words)
    assert query.blank
    assert query.text is None
    assert query.to_embed == ()


def test_a_query_of_an_item_of_the_collection_has_nothing_to_embed_and_is_not_blank():
    query = Query(like=CAT.id)
    assert query.to_embed == ()
    assert not query.blank


def test_words_picture_and_other_words_are_embedded_in_this_order():
    query = Query(words=" a  cat ", picture=CAT, beside="a dog")
    assert [item.label for item in query.to_embed] == ["a cat", CAT.name, "a dog"]


def test_other_words_alone_are_nothing_to_compare_with():
    assert Query(beside="a dog").blank


def test_the_same_words_typed_otherwise_are_the_same_item():
    assert Query(words="a  cat ").text == Query(words="a cat").text


def test_both_searches_pictures_and_captions():
    assert Target.BOTH.modalities == (Modality.PICTURE, Modality.TEXT)
    assert Target.PICTURES.modalities == (Modality.PICTURE,)
    assert Target.CAPTIONS.modalities == (Modality.TEXT,)


def test_words_have_their_weight_and_the_picture_the_rest():
    query = Query(words="a cat", picture=CAT, weight=0.25)
    assert weights(query, [None, None]) == [0.25, 0.75]
    assert weights(query, [None]) == [1.0]


def test_pictures_are_documents_so_words_for_them_are_a_query():
    assert role(WORDS, Modality.PICTURE, NOMIC.setup()) is Role.QUERY


def test_captions_are_queries_so_words_for_them_are_a_document():
    assert role(WORDS, Modality.TEXT, NOMIC.setup()) is Role.DOCUMENT


def test_where_captions_are_documents_words_for_them_are_a_query():
    setup = NOMIC.setup(captions="document")
    assert role(WORDS, Modality.TEXT, setup) is Role.QUERY
    assert role(WORDS, Modality.PICTURE, setup) is Role.QUERY


def test_a_picture_faces_what_it_is_to_find_where_the_model_tells_pictures_apart():
    setup = JINA.setup("jina-embeddings-v4")
    assert role(CAT, Modality.PICTURE, setup) is Role.QUERY
    assert role(CAT, Modality.TEXT, setup) is Role.DOCUMENT


def test_where_a_model_tells_texts_apart_only_a_picture_has_one_role():
    setup = NOMIC.setup()
    assert query_input(CAT, Modality.PICTURE, setup) == query_input(CAT, Modality.TEXT, setup)


@pytest.mark.parametrize(
    "setup", [JINA.setup("jina-clip-v2"), PROVIDERS["local-static"].info.setup()]
)
@pytest.mark.parametrize("item", [WORDS, CAT])
def test_a_model_without_roles_needs_one_embedding_for_both_kinds(setup, item):
    assert query_input(item, Modality.PICTURE, setup) == query_input(item, Modality.TEXT, setup)
