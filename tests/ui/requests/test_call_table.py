"""The call that was chosen stays chosen while further calls come in."""

import pytest

from ui.requests import call_table


@pytest.fixture
def state(monkeypatch):
    state = {}
    monkeypatch.setattr(call_table.st, "session_state", state)
    return state


def click(state, *rows):
    state["call-table"] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}


def test_new_calls_on_top_change_neither_the_choice_nor_the_row_that_is_ticked(state):
    call_table._take_click([4, 3, 2, 1])
    click(state, 2)
    call_table._take_click([4, 3, 2, 1])
    assert state["call-choice"] == 2
    call_table._take_click([6, 5, 4, 3, 2, 1])
    assert state["call-choice"] == 2
    assert state["call-table"]["selection"]["rows"] == [4]


def test_a_click_means_the_row_as_it_was_seen(state):
    call_table._take_click([2, 1])
    click(state, 0)
    call_table._take_click([3, 2, 1])
    assert state["call-choice"] == 2


def test_the_list_decides_until_another_row_is_clicked(state):
    call_table._take_click([2, 1])
    click(state, 0)
    call_table._take_click([2, 1])
    state["call-choice"] = 1
    call_table._take_click([3, 2, 1])
    assert state["call-choice"] == 1
    click(state, 0)
    call_table._take_click([3, 2, 1])
    assert state["call-choice"] == 3
