"""Serve stand-ins from a process of their own.

    python -m stand_ins nomic jina --latency 0.25 --limits

Prints one line of JSON, name → address, and serves until its standard input ends or it is told to
stop. Each answers `GET /__calls` with how many requests it had and how many at once.
"""

import argparse
import contextlib
import json
import signal
import sys

from stand_ins import STAND_INS


def main():
    parser = argparse.ArgumentParser(prog="python -m stand_ins")
    parser.add_argument("names", nargs="+", choices=STAND_INS, metavar="name")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--limits", action="store_true", help="enforce the documented limits")
    parser.add_argument("--key", help="the key that all of them accept")
    wanted = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with contextlib.ExitStack() as running:
        addresses = {}
        for name in wanted.names:
            stand_in = STAND_INS[name](key=wanted.key, latency=wanted.latency, limits=wanted.limits)
            addresses[name] = running.enter_context(stand_in).address
        print(json.dumps(addresses), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
