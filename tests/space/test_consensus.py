from space.consensus import Agreed, consensus, ranks


def test_a_subject_named_by_more_providers_comes_first():
    findings = {"a": {"cat": 9.0, "dog": 1.0}, "b": {"dog": 1.0}}
    assert consensus(findings) == [
        Agreed("dog", {"a": 1.0, "b": 1.0}),
        Agreed("cat", {"a": 9.0}),
    ]


def test_among_equally_many_the_higher_mean_strength_comes_first():
    findings = {"a": {"cat": 1.0, "dog": 4.0}, "b": {"cat": 2.0, "dog": 0.0}}
    assert [one.subject for one in consensus(findings)] == ["dog", "cat"]


def test_among_equally_strong_the_first_seen_comes_first():
    findings = {"a": {"sea": 1.0, "cat": 1.0}, "b": {"ant": 1.0}}
    assert [one.subject for one in consensus(findings)] == ["sea", "cat", "ant"]


def test_providers_stand_in_the_given_order():
    findings = {"b": {("x", "y"): 1.0}, "a": {("x", "y"): 2.0}}
    assert list(consensus(findings)[0].by) == ["b", "a"]


def test_nothing_found_is_nothing_agreed():
    assert consensus({}) == []
    assert consensus({"a": {}}) == []


def test_the_strongest_finding_has_rank_one_and_equal_ones_keep_their_order():
    assert ranks({"weak": 1.0, "one": 2.0, "other": 2.0, "strong": 3.0}) == {
        "strong": 1,
        "one": 2,
        "other": 3,
        "weak": 4,
    }
