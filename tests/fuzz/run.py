"""Try seeds, and tell the first that fails."""

import argparse
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from random import Random

from tests.fuzz import addresses, documents, files, replies, requests

Try = Callable[[Random], None]

FUZZERS: dict[str, Callable[[], AbstractContextManager[Try]]] = {
    "addresses": addresses.trying,
    "csv": files.trying_csv,
    "documents": documents.trying,
    "replies": replies.trying,
    "requests": requests.trying,
    "yaml": files.trying_yaml,
}


def main() -> int:
    """Run one fuzzer or all. Return 1 if a seed failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("name", nargs="?", choices=list(FUZZERS), help="default: all")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each; default: 10")
    parser.add_argument("--seed", type=int, help="try this one and no other")
    args = parser.parse_args()
    names = [args.name] if args.name else list(FUZZERS)
    return max(run(name, args.seconds, args.seed) for name in names)


def run(name: str, seconds: float, only: int | None = None) -> int:
    """Try seeds with one fuzzer for some seconds. Return 1 if one failed."""
    first = seed = only if only is not None else int(time.time() * 1000)
    end = time.monotonic() + (0 if only is not None else seconds)
    with FUZZERS[name]() as attempt:
        while seed == first or time.monotonic() < end:
            try:
                attempt(Random(seed))
            except Exception:  # noqa: BLE001 - whatever it is, it is told with its seed
                traceback.print_exc()
                print(f"{name}: again with `python -m tests.fuzz {name} --seed {seed}`", flush=True)
                return 1
            seed += 1
    print(f"{name}: {seed - first:,} seeds from {first}, nothing found", flush=True)
    return 0
