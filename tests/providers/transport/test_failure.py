from providers.transport.failure import Action, Failure, Kind


def test_a_failure_reads_as_reason_and_advice():
    assert str(Failure(Kind.KEY, Action.ABORT, "It is wrong.", "Copy it.")) == (
        "It is wrong. Copy it."
    )
    assert str(Failure(Kind.KEY, Action.ABORT, "It is wrong.")) == "It is wrong."
