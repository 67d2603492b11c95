"""What each request and notification reads and writes in DynamoDB, counted on ministack."""

import io
import os
import tempfile
from pathlib import Path

from chalicelib import log
from chalicelib.config import Settings
from chalicelib.store import adapters, tables
from tests.bench import prices
from tests.bench.report import row, title
from tests.ministack import running
from tests.store.clock import Clock
from tests.store.costs import Life


def measure() -> None:
    """Print one life's costs."""
    os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="us-east-1")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as endpoint:
        log.to("json", io.StringIO())
        clock = Clock()
        store = adapters.in_tables(Settings(table_prefix="bench-"), now=clock, host=endpoint)
        tables.create()
        title("DynamoDB: calls, read units, write units")
        bills = Life(store, clock).live()
    for name, bill in bills.items():
        row(name, f"{bill.calls:4} {bill.reads:6g} {bill.writes:4}")
    title("AWS: USD for 1,000,000 changes, each told to one callback that takes 200 ms (docs/costs.md)")
    lines = prices.callback(bills)
    for line in lines:
        row(line.name, f"{line.count:10.4g} {line.usd:7.2f}")
    row("all", f"{'':10} {prices.total(lines):7.2f}  (goal: at most 20)")
