from providers.failure_kind import Action, Kind
from providers.transport.failure import Failure


def test_a_failure_reads_as_reason_and_advice():
    assert str(Failure("It is wrong.", "Copy it.", kind=Kind.KEY, action=Action.ABORT)) == (
        "It is wrong. Copy it."
    )
    assert str(Failure("It is wrong.", kind=Kind.KEY, action=Action.ABORT)) == "It is wrong."
