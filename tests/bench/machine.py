"""One machine: changes accepted over HTTP and told, latency from commit to receiver, start, memory."""

import math
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import quantiles

from tests.bench.report import row, title
from tests.local.client import DISCONNECT, Client
from tests.local.process import ROOT, Docket, until

CLIENTS = 4
ORDERS = 64
SECONDS = 8.0


class Sink:
    """The receiver's process."""

    def __init__(self, results: Path) -> None:
        self._out = results.open("w+")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.sink"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=self._out,
            text=True,
        )
        self.port = int(until(lambda: results.read_text().partition("\n")[0], what="the sink"))

    def received(self) -> list[tuple[float, str, int, float]]:
        """End it; what came: (when, order, sequence, when the entry was written)."""
        self._process.communicate("")
        self._out.seek(0)
        return [_parsed(line) for line in self._out.read().splitlines()[1:]]


def _parsed(line: str) -> tuple[float, str, int, float]:
    at, order, sequence, written = line.split()
    return (
        float(at),
        order,
        int(sequence),
        datetime.fromisoformat(written).timestamp() if written != "-" else float("nan"),
    )


def measure() -> None:
    """Print the figures of one machine."""
    title("One machine: 4 clients, one subscription for all, 2 processes beside it")
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        docket = Docket(Path(folder) / "state").start()
        row("start to the first 200 of /health", f"{time.monotonic() - began:.2f} s")
        row("memory after the start", f"{_memory(docket.pid):.0f} MB")
        accepted = _run("as fast as it goes", docket, Path(folder), rate=0)
        _run("at half of that", docket, Path(folder), rate=accepted / 2)
        row("memory after that", f"{_memory(docket.pid):.0f} MB")
        docket.kill()


def _run(name: str, docket: Docket, folder: Path, *, rate: float) -> float:
    sink = Sink(folder / f"sink {name}")
    customer = Client(docket)
    subscription = customer.subscribe("disconnects", url=f"http://127.0.0.1:{sink.port}/hook")
    orders = [customer.place("disconnects", DISCONNECT) for _ in range(ORDERS)]
    began = time.time()
    load = [
        sys.executable,
        "-m",
        "tests.bench.load",
        str(docket.port),
        str(CLIENTS),
        str(SECONDS),
        str(rate),
        *orders,
    ]
    count, seconds = subprocess.run(load, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    accepted = int(count) / float(seconds)
    until(lambda: _lines(folder / f"sink {name}") > int(count), within=120, what="everything told")
    customer.do("DELETE", f"/subscriptions/{subscription}")
    received = sink.received()
    told = len(received) / (max(at for at, *_ in received) - began)
    row(f"{name}: accepted", f"{accepted:.0f} changes/s")
    row(f"{name}: told", f"{told:.0f} notifications/s, {_disorder(received)} out of order")
    waits = sorted((at - written) * 1000 for at, _, _, written in received if not math.isnan(written))
    if waits:
        cuts = quantiles(waits, n=100)
        row(
            f"{name}: commit to receiver",
            f"p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, most {waits[-1]:.0f} ms",
        )
    return accepted


def _disorder(received: list[tuple[float, str, int, float]]) -> int:
    last: dict[str, int] = {}
    wrong = 0
    for _, order, sequence, _ in sorted(received):
        wrong += sequence < last.get(order, 0)
        last[order] = max(sequence, last.get(order, 0))
    return wrong


def _lines(path: Path) -> int:
    with path.open() as file:
        return sum(1 for _ in file)


def _memory(pid: int) -> float:
    """Resident memory in MB."""
    listed = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(listed.stdout) / 1024
