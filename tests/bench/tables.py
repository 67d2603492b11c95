"""What each request and notification reads and writes in DynamoDB, counted on ministack."""

import io
import os
import tempfile
from pathlib import Path

from chalicelib import log
from chalicelib.config import Settings
from chalicelib.store import adapters, tables
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
        for name, bill in Life(store, clock).live().items():
            row(name, f"{bill.calls:4} {bill.reads:6g} {bill.writes:4}")
