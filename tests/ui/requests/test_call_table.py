"""The call that was chosen stays chosen while further calls come in."""

import pytest

from ui.requests import call_table


@pytest.fixture
def state(monkeypatch):
    state = {}
    monkeypatch.setattr(call_table.st, "session_state", state)
    return state


def draw(state, *numbers):
    """Draw the table with these calls: Streamlit remembers the row that is ticked."""
    call_table._move_tick(numbers)
    state.setdefault("call-table", {"selection": {"rows": [], "columns": [], "cells": []}})


def click(state, *rows, seen):
    """Click on these rows of the table in which these calls are seen."""
    state["call-table"] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    call_table._take_click(seen)


def ticked(state):
    return state["call-table"]["selection"]["rows"]


def test_new_calls_on_top_change_neither_the_choice_nor_the_row_that_is_ticked(state):
    draw(state, 4, 3, 2, 1)
    click(state, 2, seen=[4, 3, 2, 1])
    draw(state, 4, 3, 2, 1)
    assert (state["call-choice"], ticked(state)) == (2, [2])
    draw(state, 6, 5, 4, 3, 2, 1)
    assert (state["call-choice"], ticked(state)) == (2, [4])


def test_a_click_means_the_row_as_it_was_seen(state):
    draw(state, 2, 1)
    click(state, 0, seen=[2, 1])
    draw(state, 3, 2, 1)
    assert (state["call-choice"], ticked(state)) == (2, [1])


def test_the_list_decides_until_another_row_is_clicked(state):
    draw(state, 2, 1)
    click(state, 0, seen=[2, 1])
    draw(state, 2, 1)
    state["call-choice"] = 1
    draw(state, 3, 2, 1)
    assert (state["call-choice"], ticked(state)) == (1, [1])
    click(state, 0, seen=[3, 2, 1])
    assert state["call-choice"] == 3


def test_a_tick_taken_away_leaves_the_choice(state):
    draw(state, 2, 1)
    click(state, 1, seen=[2, 1])
    click(state, seen=[2, 1])
    draw(state, 3, 2, 1)
    assert (state["call-choice"], ticked(state)) == (1, [])


def test_the_tick_of_an_earlier_visit_does_not_come_back(state):
    draw(state, 2, 1)
    click(state, 1, seen=[2, 1])
    del state["call-table"]  # as Streamlit does when another page is opened
    draw(state, 2, 1)
    draw(state, 3, 2, 1)
    assert ticked(state) == []
