"""Measure how fast one and two processes send that share a ledger on PostgreSQL.

In each round, in turn: one process with a ledger in a file; one with PostgreSQL; and then one and
two with PostgreSQL, to a receiver that answers after 50 ms. The notices are planned before, to many
hosts on loopback. The clock runs from the first message that arrives to the last one. Prints the
medians and the ratios. At the end a million notices are planned, and the memory is printed.

    python -m tests.benchmarks.replicas [--notices 20000] [--rounds 3] [--planned 1000000]

PostgreSQL is started for this, and waits for its disk as it does in use (fsync). The rest is
`onthisday work` as it is, but it looks every second for what is due.
"""

import argparse
import asyncio
import cProfile
import logging
import pstats
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from onthisday.app.ledgers import open_ledger
from onthisday.app.listening import work
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
from onthisday.service.sending.planning import plan_and_record
from tests.delivery.almanacs import entry_tree, write_almanac, write_channels
from tests.delivery.postgres_server import SETTINGS, new_database, started

HOSTS = 64
"""How many hosts there are. They are in some 40 queues (delivery/buckets.py)."""

SLOW = 0.05
"""Seconds until the slow receiver answers."""

SINK = """
import asyncio, sys, time

DELAY, WANTED = float(sys.argv[1]), int(sys.argv[2])
times = []

class Sink(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.buffer = transport, b""
    def data_received(self, data):
        self.buffer += data
        while True:
            head, end, rest = self.buffer.partition(b"\\r\\n\\r\\n")
            if not end:
                return
            length = int(head.lower().partition(b"content-length:")[2].split(b"\\r\\n")[0])
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            times.append(time.monotonic())
            if len(times) == WANTED:
                print(times[-1] - times[0], flush=True)
            answer = b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok"
            if DELAY:
                asyncio.get_running_loop().call_later(DELAY, self.transport.write, answer)
            else:
                self.transport.write(answer)

async def main():
    server = await asyncio.get_running_loop().create_server(Sink, "0.0.0.0", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


@contextmanager
def running(*words: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a Python process. End it afterwards."""
    process = subprocess.Popen([sys.executable, *words], text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=60)


def told(process: "subprocess.Popen[str]") -> str:
    """Return the next line that a process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def write(folder: Path, port: int, store: str, count: int) -> str:
    """Write an almanac with an entry of today, and the channels. Return the path of the config."""
    write_almanac(folder, entry_tree("speech", f"1956-{datetime.now(UTC):%m-%d}"))
    hosts = [f"http://127.1.0.{n + 1}:{port}/" for n in range(HOSTS)]
    rows = (f"c{n},webhook,{hosts[n % HOSTS]}{n},true,00:00" for n in range(count))
    channels = folder / "channels.csv"
    channels.write_text("\n".join(["name,type,url,private_addresses,at", *rows]))
    channels.chmod(0o600)
    return write_channels(folder, store=store, channels_file="channels.csv")


async def plan(config_file: str) -> int:
    """Plan what is due. Return how many notices are new."""
    workspace = Workspace(config_file)
    config, _ = workspace.config(sending=True)
    async with open_ledger(workspace, config) as ledger:
        almanac = workspace.almanac()
        return (await plan_and_record(ledger, config, almanac.library, datetime.now(UTC))).new


def rate(store: str, count: int, workers: int, delay: float, *words: str) -> float:
    """Return how many messages a second so many processes send."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=".")))
        sink = stack.enter_context(running("-c", SINK, str(delay), str(count)))
        config = write(folder, int(told(sink)), store, count)
        assert asyncio.run(plan(config)) == count
        command = ("-m", "tests.benchmarks.replicas", "--work", config, *words)
        processes = [stack.enter_context(running(*command)) for _ in range(workers)]
        for process in processes:
            assert told(process) == "ready"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        return count / float(told(sink))


def do_work(config_file: str, profile: cProfile.Profile | None) -> None:
    """Send until a signal comes, from the moment when a line comes on stdin."""
    service = Service(Workspace(config_file), every=1, plans=False)
    asyncio.run(service.try_ledger())
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a tick may take over a second
    print("ready", flush=True)
    sys.stdin.readline()
    if profile:
        profile.enable()
    work(service)


FILE = "sqlite:///var/onthisday.db"


def compare(options: argparse.Namespace, server: str) -> None:
    """Measure all cases by turns. Print the medians and the ratios."""
    cases = {
        "file": (False, 1, 0.0),
        "PostgreSQL": (True, 1, 0.0),
        "PostgreSQL, 50 ms": (True, 1, SLOW),
        "PostgreSQL, two, 50 ms": (True, 2, SLOW),
    }
    found: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(options.rounds):
        for name, (shared, workers, delay) in cases.items():
            store = new_database(server) if shared else FILE
            words = ["--profile"] if options.profile else []
            found[name].append(rate(store, options.notices, workers, delay, *words))
            print(f"  {name}: {found[name][-1]:,.0f}/s", flush=True)
    file, one, slow, two = (statistics.median(each) for each in found.values())
    print(f"one process, medians: file {file:,.0f}/s, PostgreSQL {one:,.0f}/s: {one / file:.2f}")
    print(f"answers after 50 ms: one {slow:,.0f}/s, two {two:,.0f}/s: {two / slow:.2f}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--planned", type=int, default=1_000_000)
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    parser.add_argument("--work", metavar="CONFIG", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        profile = cProfile.Profile() if options.profile else None
        do_work(options.work, profile)
        if profile:
            pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(40)
        return
    server = started(SETTINGS | {"fsync": "on", "full_page_writes": "on"}).address
    if options.rounds:
        compare(options, server)
    if options.planned:
        words = ["--channels", str(options.planned), "--store", new_database(server)]
        subprocess.run([sys.executable, "-m", "tests.benchmarks.notices", *words], check=True)


if __name__ == "__main__":
    main()
