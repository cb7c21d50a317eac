import threading

import pytest

from providers.transport.budget import Budget


def test_without_a_cap_everything_is_counted_and_allowed():
    budget = Budget()
    assert budget.reserve(1e9)
    assert budget.spent == 1e9


def test_a_call_that_would_exceed_the_cap_is_refused_and_not_counted():
    budget = Budget(1.0)
    assert budget.reserve(0.75)
    assert not budget.reserve(0.5)
    assert budget.reserve(0.25)
    assert budget.spent == 1.0


def test_a_cap_of_nothing_allows_what_costs_nothing():
    budget = Budget(0.0)
    assert budget.reserve(0.0)
    assert not budget.reserve(1e-9)


def test_what_a_call_really_cost_replaces_what_was_reserved():
    budget = Budget(1.0)
    budget.reserve(0.5)
    budget.settle(0.5, 0.125)
    assert budget.spent == 0.125
    assert budget.reserve(0.875)


def test_what_a_refused_call_had_reserved_is_free_again():
    budget = Budget(1.0)
    budget.reserve(1.0)
    budget.settle(1.0, 0.0)
    assert budget.reserve(1.0)


def test_many_threads_together_never_exceed_the_cap():
    budget, allowed = Budget(10.0), []

    def spend():
        allowed.extend(1 for _ in range(20) if budget.reserve(0.25))

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(allowed) == 40
    assert budget.spent == pytest.approx(10.0)
