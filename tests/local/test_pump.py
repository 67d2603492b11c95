"""The pump: everything that was committed is handed over, and nothing that fails stops it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.domain.errors import StoreUnavailable
from infra.local import pump as pumping
from infra.local.pump import Pump
from tests.local.process import until

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Feed:
    """Entries of some orders; the first reads may fail."""

    def __init__(self, count: int, failing: int = 0) -> None:
        self.entries = [(number, entry(number)) for number in range(1, count + 1)]
        self.failing, self.checkpoint = failing, 0

    def feed(self, after: int, limit: int) -> Sequence[tuple[int, Entry]]:
        """The next ones."""
        if self.failing:
            self.failing -= 1
            raise StoreUnavailable("for a moment")
        return [found for found in self.entries if found[0] > after][:limit]

    def feed_checkpoint(self) -> int:
        """The start."""
        return 0

    def move_checkpoint(self, sequence: int) -> None:
        """How far it came."""
        self.checkpoint = sequence


def entry(number: int) -> Entry:
    order = OrderKey("9900000", "orders", f"order-{number % 7}")
    return Entry(order=order, number=number, kind=Kind.CREATED, at=NOON, by="ann", status="RECEIVED")


@pytest.fixture
def handed() -> list[str]:
    return []


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pumping, "IDLE_SECONDS", 0.01)


def run(feed: Feed, handed: list[str], *, poison: str | None = None) -> None:
    def handler(event: dict[str, Any], _context: object) -> Mapping[str, Any]:
        found = [record["dynamodb"]["NewImage"]["sk"]["S"] for record in event["Records"]]
        if poison and any(poison in key for key in found):
            raise RuntimeError("a fault of ours")
        handed.extend(found)
        return {"batchItemFailures": []}

    pump = Pump(feed, handler)
    pump.start()
    try:
        until(lambda: feed.checkpoint == len(feed.entries), within=10, what="the end of the feed")
    finally:
        pump.stop(within=10)


def test_every_entry_is_handed_over_once(handed: list[str]) -> None:
    run(Feed(250), handed)
    assert len(handed) == len(set(handed)) == 250


def test_a_read_that_fails_is_read_again(handed: list[str]) -> None:
    """A pump that died of it would leave everything to the sweep, without a word."""
    run(Feed(5, failing=3), handed)
    assert len(handed) == 5


def test_what_cannot_be_handed_over_is_left_to_the_sweep_and_stops_no_other(handed: list[str]) -> None:
    run(Feed(250), handed, poison="000000000013")
    assert handed
