"""Run the tests in each environment that a machine may be, and say how each went.

    python scripts/test_environments.py                    every environment
    python scripts/test_environments.py haswell umask      these only
    python scripts/test_environments.py --jobs 2           each in two processes

Everything but the browser tests, with the Python that runs this script and what
requirements-dev.txt names. Run by hand, before a release: an environment takes about two minutes
on two cores. What pytest printed is in test-results/environments. `stranger` wants to be run by
root, who alone may be somebody else, and a Python that others may read.
"""

import argparse
import os
import pwd
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "test-results" / "environments"
STRANGER = "nobody"

_NOT_COPIED = shutil.ignore_patterns(
    *(".git", ".venv", "__pycache__", ".*_cache", "test-results"),
    "secrets.toml",  # nobody else is to read it
)
_KERNEL = "OPENBLAS_CORETYPE"
_DECIDED_HERE = (
    *(_KERNEL, "OPENBLAS_L2_SIZE", "TZ", "LANG", "LANGUAGE", "LC_ALL"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"),
)
_KERNEL_IN_USE = (
    "import numpy, threadpoolctl\n"
    "print(*(each.get('architecture') for each in threadpoolctl.threadpool_info()))"
)
_SEED = random.randrange(1_000_000)  # noqa: S311 - an order, no secret
_SUMMARY = re.compile(r"^=*\s*(\d.* in [\d.]+s.*?)\s*=*$", re.MULTILINE)
_FAILED = re.compile(r"^(?:FAILED|ERROR) .*$", re.MULTILINE)


@dataclass(frozen=True)
class Environment:
    """What is unlike an ordinary run; `umask` -1 leaves it as it is.

    `stranger`: run as another user, who can neither write the checkout nor the home folder.
    """

    name: str
    variables: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    umask: int = -1
    stranger: bool = False


@dataclass(frozen=True)
class Outcome:
    """How an environment went, in one line; `details` are the tests that failed.

    `passed` is None where this machine cannot be such an environment.
    """

    passed: bool | None
    summary: str
    details: tuple[str, ...] = ()


ENVIRONMENTS = (
    Environment("ordinary"),
    Environment("haswell", {_KERNEL: "Haswell"}),
    Environment("skylakex", {_KERNEL: "SkylakeX"}),
    Environment("kathmandu", {"TZ": "Asia/Kathmandu"}),
    Environment("plain-c", {"LANG": "C", "LC_ALL": "C"}),
    Environment("stranger", stranger=True),
    Environment("umask", umask=0o077),
    Environment(
        "random-order",
        arguments=("--random-order-bucket=global", f"--random-order-seed={_SEED}"),
    ),
    Environment("two-processes", arguments=("-n", "2")),
)


def main() -> int:
    """Run the environments that were asked for; return 1 if one of them failed, else 0."""
    options = _options()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    failed = False
    for environment in ENVIRONMENTS:
        if options.names and environment.name not in options.names:
            continue
        outcome = _tried(environment, options.jobs)
        failed |= outcome.passed is False
        word = {True: "passed", False: "FAILED", None: "not run"}[outcome.passed]
        print(f"{word:7}  {environment.name:14} {outcome.summary}", flush=True)
        for line in outcome.details:
            print(f"        {line}", flush=True)
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    names = [environment.name for environment in ENVIRONMENTS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument("--jobs", type=int, default=0, help="processes for each; else one")
    options = parser.parse_args()
    if unknown := set(options.names) - set(names):
        parser.error(f"There is no environment {', '.join(sorted(unknown))}.")
    return options


def _tried(environment: Environment, jobs: int) -> Outcome:
    variables = _variables(environment)
    kernel = environment.variables.get(_KERNEL)
    if kernel and kernel not in _kernels_in_use(variables):
        return Outcome(None, f"this processor, or its NumPy, has no {kernel}")
    if not environment.stranger:
        return _tested(environment, jobs, ROOT, variables)
    with _checkout_of_another() as folder:
        variables["HOME"] = str(folder / "home")
        if hidden := _unreadable_for_the_stranger(variables):
            return Outcome(False, f"{STRANGER} may not read {hidden}")
        return _tested(environment, jobs, folder / "checkout", variables)


def _variables(environment: Environment) -> dict[str, str]:
    ordinary = {name: value for name, value in os.environ.items() if name not in _DECIDED_HERE}
    return ordinary | {"LANG": "C.UTF-8"} | dict(environment.variables)


def _kernels_in_use(variables: Mapping[str, str]) -> list[str]:
    """Return the processors for which the linear algebra libraries of NumPy really compute."""
    return _run(["-c", _KERNEL_IN_USE], variables).stdout.split()


@contextmanager
def _checkout_of_another() -> Iterator[Path]:
    """Give a folder with a checkout and a home, which everybody may read and not write."""
    with tempfile.TemporaryDirectory(prefix="shared-space-test-") as temporary:
        folder = Path(temporary)
        shutil.copytree(ROOT, folder / "checkout", ignore=_NOT_COPIED)
        (folder / "home").mkdir()
        places = [folder, *folder.rglob("*")]
        for place in places:
            place.chmod(0o555 if place.is_dir() or os.access(place, os.X_OK) else 0o444)
        yield folder
        for place in places:  # or who is not root could not take it away
            if place.is_dir():
                place.chmod(0o755)


def _unreadable_for_the_stranger(variables: Mapping[str, str]) -> str:
    """Return what keeps the stranger from running this Python, "" for nothing."""
    try:
        if _run(["-c", "import pytest"], variables, Path("/"), stranger=True).returncode == 0:
            return ""
    except OSError:
        pass
    return str(Path(sys.executable).resolve())


def _tested(
    environment: Environment, jobs: int, folder: Path, variables: Mapping[str, str]
) -> Outcome:
    arguments = ["-m", "pytest", "-q", "-m", "not browser", "-p", "no:cacheprovider"]
    if jobs and "-n" not in environment.arguments:
        arguments += ["-n", str(jobs)]
    arguments += environment.arguments
    done = _run(arguments, variables, folder, environment.umask, environment.stranger)
    (OUTPUT / f"{environment.name}.txt").write_text(done.stdout, encoding="utf-8")
    summaries = _SUMMARY.findall(done.stdout)
    last = summaries[-1] if summaries else f"pytest ended with status {done.returncode}"
    last = " ".join((last, *environment.arguments))  # so that it can be done again
    return Outcome(done.returncode == 0, last, tuple(_FAILED.findall(done.stdout)))


def _run(
    arguments: Sequence[str],
    variables: Mapping[str, str],
    folder: Path = ROOT,
    umask: int = -1,
    stranger: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run this Python, as the stranger where that is wanted and we may; errors are in stdout."""
    who = pwd.getpwnam(STRANGER) if stranger and os.geteuid() == 0 else None
    return subprocess.run(  # noqa: S603 - the Python that runs this, and arguments from above
        [sys.executable, *arguments],
        cwd=folder,
        env=variables,
        umask=umask,
        user=who.pw_uid if who else None,
        group=who.pw_gid if who else None,
        extra_groups=[] if who else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
