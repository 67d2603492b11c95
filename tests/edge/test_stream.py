"""Stream records: one bad order keeps no other waiting, and is the record to come again with."""

from datetime import UTC, datetime

from chalice.app import DynamoDBEvent

from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.edge import stream
from chalicelib.store.codec import image_of_entry
from infra.local.events import stream_event

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Announced:
    """Services with an announce that fails for some orders."""

    def __init__(self, *bad: str) -> None:
        self.bad, self.calls = bad, list[tuple[str, int]]()

    def announce(self, order: OrderKey, number: int) -> None:
        """Remember, or fail."""
        if order.id in self.bad:
            raise RuntimeError("a fault of ours")
        self.calls.append((order.id, number))


def entry(order: str, number: int) -> Entry:
    key = OrderKey("9900000", "orders", order)
    return Entry(order=key, number=number, kind=Kind.CREATED, at=NOON, by="ann", status="RECEIVED")


def announce(services: Announced, *entries: Entry) -> list[str]:
    """The sequence numbers reported as failed."""
    event = stream_event((place, image_of_entry(each)) for place, each in enumerate(entries, start=1))
    event["Records"].append({"eventName": "MODIFY", "dynamodb": {"SequenceNumber": "9"}})
    answer = stream.announce(DynamoDBEvent(event, None), services)  # type: ignore[arg-type] # only announce is asked for
    return [failed["itemIdentifier"] for failed in answer["batchItemFailures"]]


def test_each_order_is_announced_once_up_to_its_last_entry() -> None:
    services = Announced()
    assert announce(services, entry("a", 1), entry("b", 1), entry("a", 2)) == []
    assert services.calls == [("a", 2), ("b", 1)]


def test_an_order_that_fails_is_reported_and_the_others_are_announced() -> None:
    """The first record that failed is Lambda's checkpoint."""
    services = Announced("b", "c")
    failed = announce(services, entry("a", 1), entry("b", 1), entry("c", 1), entry("b", 2), entry("d", 1))
    assert [int(number) for number in failed] == [2]
    assert services.calls == [("a", 1), ("d", 1)]
