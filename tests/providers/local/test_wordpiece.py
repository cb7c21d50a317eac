import pytest

from providers.local.asset_files import read_asset
from providers.local.wordpiece import MAX_TOKENS, WordPiece

VOCABULARY = read_asset("vocab.txt").decode("utf-8").split("\n")[:-1]
TOKENISER = WordPiece(VOCABULARY)


def pieces(text):
    return [VOCABULARY[i] for i in TOKENISER.pieces(text)]


def test_ids_are_those_of_the_reference_tokeniser():
    assert TOKENISER.encode("A cute cat") == [101, 1037, 10140, 4937, 102]


def test_a_word_is_cut_into_the_longest_known_pieces():
    assert pieces("embeddings") == ["em", "##bed", "##ding", "##s"]


def test_capitals_and_accents_do_not_matter():
    assert pieces("CAFÉ Ünal") == pieces("cafe unal")


def test_composed_and_decomposed_accents_are_the_same():
    assert pieces("caf\u00e9") == pieces("cafe\u0301") == ["cafe"]


def test_a_final_sigma_is_read_like_any_other():
    assert pieces("ΟΔΟΣ") == pieces("οδοσ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", ["don", "'", "t"]),
        ("$3,000.50", ["$", "3", ",", "000", ".", "50"]),
        ("a+b=c", ["a", "+", "b", "=", "c"]),
        ("¿qué?", ["¿", "que", "?"]),
        ("red…blue", ["red", "…", "blue"]),
    ],
)
def test_punctuation_and_ascii_signs_stand_alone(text, expected):
    assert pieces(text) == expected


def test_each_cjk_character_stands_alone():
    assert pieces("日本cat") == ["日", "本", "cat"]


def test_what_looks_like_a_control_token_is_read_as_letters():
    assert pieces("[MASK]") == ["[", "mask", "]"]
    assert 103 not in TOKENISER.encode("[MASK]")


def test_a_word_of_more_than_100_letters_is_unknown():
    assert "[UNK]" not in pieces("a" * 100)
    assert pieces("a" * 101) == ["[UNK]"]


def test_a_word_with_one_unknown_sign_is_unknown_as_a_whole():
    assert pieces("cat🐱 dog") == ["[UNK]", "dog"]


def test_control_and_invisible_characters_leave_no_trace():
    assert pieces("c\x00a\u200bt\ufffd \ud83d\x1b") == ["cat"]


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\u2028"])
def test_every_kind_of_white_space_parts_words(space):
    assert pieces(f"a{space}cat") == ["a", "cat"]


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00", "\u200b\u200d"])
def test_blank_text_has_no_pieces(text):
    assert pieces(text) == []
    assert TOKENISER.encode(text) == [101, 102]


def test_a_long_text_is_cut_to_what_the_model_reads_and_still_closed():
    ids = TOKENISER.encode("cat " * 1000)
    assert len(ids) == MAX_TOKENS
    assert (ids[0], ids[1], ids[-2], ids[-1]) == (101, 4937, 4937, 102)


def test_the_count_is_that_of_the_whole_text():
    assert TOKENISER.count("a cat") == 4
    assert TOKENISER.count("cat " * 1000) == 1002
