"""DynamoDB stream records → announce. Only inserted journal entries wake anybody."""

from collections.abc import Mapping
from typing import Any

from chalice.app import DynamoDBEvent

from chalicelib import log
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.store.codec import entry_of_image
from chalicelib.wiring import Services

Failures = dict[str, list[dict[str, str]]]


def announce(event: DynamoDBEvent, services: Services) -> Failures:
    """Announce each order of the batch once, up to its last entry in it.

    All are tried. Of those that failed the first record is reported: Lambda takes it as a checkpoint and comes again
    with that record and all after it, which is harmless.
    """
    first: dict[OrderKey, str] = {}
    last: dict[OrderKey, int] = {}
    for record in event.to_dict()["Records"]:
        entry = _inserted(record)
        if entry is not None:
            first.setdefault(entry.order, record["dynamodb"]["SequenceNumber"])
            last[entry.order] = max(entry.number, last.get(entry.order, 0))
    failed = [first[order] for order, number in last.items() if not _announced(services, order, number)]
    return {"batchItemFailures": [{"itemIdentifier": record} for record in failed[:1]]}


def _announced(services: Services, order: OrderKey, number: int) -> bool:
    try:
        services.announce(order, number)
    except Exception as error:  # noqa: BLE001 because the other orders of the batch must not wait for this one
        log.failed("stream.record", error, order=order.id, sequence=number)
        return False
    return True


def _inserted(record: Mapping[str, Any]) -> Entry | None:
    return entry_of_image(record["dynamodb"]["NewImage"]) if record["eventName"] == "INSERT" else None
