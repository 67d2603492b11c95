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

    On a failure the first record of the order that failed is reported: Lambda takes it as a checkpoint and comes
    again with that record and all after it, which is harmless.
    """
    first: dict[OrderKey, str] = {}
    last: dict[OrderKey, int] = {}
    for record in event.to_dict()["Records"]:
        entry = _inserted(record)
        if entry is not None:
            first.setdefault(entry.order, record["dynamodb"]["SequenceNumber"])
            last[entry.order] = max(entry.number, last.get(entry.order, 0))
    for order, number in last.items():
        try:
            services.announce(order, number)
        except Exception as error:  # noqa: BLE001 because the stream must learn which record to come again with
            log.failed("stream.record", error, order=order.id, sequence=number)
            return {"batchItemFailures": [{"itemIdentifier": first[order]}]}
    return {"batchItemFailures": []}


def _inserted(record: Mapping[str, Any]) -> Entry | None:
    return entry_of_image(record["dynamodb"]["NewImage"]) if record["eventName"] == "INSERT" else None
