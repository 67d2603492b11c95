"""Whether finding the subscribers of an order costs more when the table holds more subscriptions."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from uuid import UUID

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.subscription import Callback, Route, Subscription
from infra.local.store import LocalStore
from tests.bench.report import row, title

FEW, MANY, LOOKS = 10, 100_000, 2_000
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TARGET = Callback(url="https://hooks.example.net/", secret="whsec_AAAA")


def measure() -> None:
    """Print the time of one matching with few and with many subscriptions in the table."""
    title("Matching: two consistent queries for one order, on one machine")
    few, many = (_microseconds(count) for count in (FEW, MANY))
    row(f"{FEW} subscriptions in the table", f"{few:.0f} µs")
    row(f"{MANY:,} subscriptions in the table", f"{many:.0f} µs, {many / few:.2f} times")


def _microseconds(count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        store = LocalStore.open(Path(folder), fsync="off")
        for number in range(count):
            store.subscriptions.add(_subscription(number), now=NOON)
        order = OrderKey("9900000", "portins", str(UUID(int=1)))
        took = []
        for _ in range(LOOKS):
            began = time.perf_counter()
            page = store.subscriptions.routes(order)
            took.append((time.perf_counter() - began) * 1_000_000)
            assert len(page.routes) == 1
        store.close()
        return median(took)


def _subscription(number: int) -> Subscription:
    route = Route(type="portins", order_id=str(UUID(int=number + 1)), since=NOON)
    return Subscription(
        account="9900000",
        id=str(UUID(int=number)),
        target=TARGET,
        routes=(route,),
        created_at=NOON,
        order_type="portins",
    )
