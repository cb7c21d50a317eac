"""The script that tries environments: what it changes, and how it reads what pytest prints."""

import os
import subprocess

import pytest

from scripts import test_environments as script


@pytest.fixture
def pytest_printing(monkeypatch, tmp_path):
    """Return what lets pytest seem to have printed something and ended; the calls are noted."""
    calls = []

    def printing(printed, status):
        def run(arguments, variables, folder=script.ROOT, umask=-1, stranger=False):
            calls.append((arguments, dict(variables), folder, umask, stranger))
            return subprocess.CompletedProcess(arguments, status, printed)

        monkeypatch.setattr(script, "OUTPUT", tmp_path)
        monkeypatch.setattr(script, "_run", run)
        return calls

    return printing


def environment(name):
    return next(each for each in script.ENVIRONMENTS if each.name == name)


def tried(name, jobs=0):
    return script._tried(environment(name), jobs)


def test_the_last_line_of_pytest_is_the_summary(pytest_printing, tmp_path):
    pytest_printing("....\n3 passed, 1 skipped in 2.50s\n", 0)
    assert tried("ordinary") == script.Outcome(True, "3 passed, 1 skipped in 2.50s")
    assert (tmp_path / "ordinary.txt").read_text("utf-8").startswith("....")


def test_tests_that_failed_are_named(pytest_printing):
    pytest_printing(
        "F\nFAILED tests/a.py::b - no\nERROR tests/c.py\n=== 1 failed in 1.00s ===\n", 1
    )
    named = ("FAILED tests/a.py::b - no", "ERROR tests/c.py")
    assert tried("umask") == script.Outcome(False, "1 failed in 1.00s", named)


def test_a_pytest_that_could_not_start_is_a_failure(pytest_printing):
    pytest_printing("No module named pytest\n", 1)
    assert tried("ordinary") == script.Outcome(False, "pytest ended with status 1")


def test_what_this_machine_has_set_is_taken_away(pytest_printing, monkeypatch):
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Prescott")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    calls = pytest_printing("1 passed in 1.00s", 0)
    tried("kathmandu")
    _, variables, folder, _, _ = calls[0]
    assert not {"OPENBLAS_CORETYPE", "LC_ALL"} & variables.keys()
    assert variables["TZ"] == "Asia/Kathmandu"
    assert folder == script.ROOT


def test_a_kernel_that_this_machine_does_not_have_is_not_tried(pytest_printing):
    calls = pytest_printing("Prescott None\n", 0)
    assert tried("haswell").passed is None
    assert len(calls) == 1


def test_two_processes_are_not_asked_for_twice(pytest_printing):
    calls = pytest_printing("1 passed in 1.00s", 0)
    tried("two-processes", jobs=3)
    tried("umask", jobs=3)
    (two, *_), (three, _, _, umask, _) = calls
    assert two.count("-n") == three.count("-n") == 1
    assert two[-1] == "2"
    assert three[-1] == "3"
    assert umask == 0o077


def test_a_stranger_gets_a_checkout_without_secrets_and_a_home_to_look_at(
    pytest_printing, monkeypatch, tmp_path
):
    root = tmp_path / "root"
    for kept in (".streamlit", ".git", "tests"):
        (root / kept).mkdir(parents=True)
    for name in ("app.py", ".streamlit/secrets.toml", ".streamlit/config.toml", "tests/a.py"):
        (root / name).touch(0o600)
    monkeypatch.setattr(script, "ROOT", root)
    with script._checkout_of_another() as folder:
        found = {str(path.relative_to(folder)): path for path in folder.rglob("*")}
        assert sorted(found) == [
            "checkout",
            "checkout/.streamlit",
            "checkout/.streamlit/config.toml",
            "checkout/app.py",
            "checkout/tests",
            "checkout/tests/a.py",
            "home",
        ]
        assert not any(path.stat().st_mode & 0o222 for path in found.values())
        assert all(path.stat().st_mode & 0o444 == 0o444 for path in found.values())
    assert not folder.exists()
    assert (root / "app.py").stat().st_mode & 0o777 == 0o600 & ~os.umask(os.umask(0))
