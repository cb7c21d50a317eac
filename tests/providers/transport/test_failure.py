from providers.failure_kind import Action, FailureKind
from providers.transport.failure import Failure


def test_a_failure_reads_as_reason_and_advice():
    assert str(Failure("It is wrong.", "Copy it.", kind=FailureKind.KEY, action=Action.ABORT)) == (
        "It is wrong. Copy it."
    )
    assert str(Failure("It is wrong.", kind=FailureKind.KEY, action=Action.ABORT)) == "It is wrong."
