"""What a change of an order writes: its head, which decides who wins the race for a version, and its other items."""

from collections.abc import Iterator
from datetime import timedelta

from pynamodb.expressions.condition import Condition

from chalicelib.domain.errors import Conflict
from chalicelib.domain.order import Change
from chalicelib.store import keys
from chalicelib.store.attributes import actions, row
from chalicelib.store.codec import documents
from chalicelib.store.codec import orders as codec
from chalicelib.store.codec.text import time
from chalicelib.store.rows import OrderRow
from chalicelib.store.transaction import Transaction


def add(change: Change, transaction: Transaction, *, kept: timedelta, unmended: Condition | None = None) -> None:
    """Add the writes of a change, on condition that the version is its base. `kept`: how long an ended order stays.

    `unmended`: what else the head of an order that is not new must still be.
    """
    pk = keys.order(change.order.key)
    attributes = _head(change, kept)
    mark = time(change.entries[-1].at)
    if change.base == 0:
        made = row(OrderRow, pk, keys.HEAD, {**attributes, "unannounced_since": mark})
        transaction.put(made, OrderRow.pk.does_not_exist(), Conflict)
    else:
        since = OrderRow.unannounced_since
        moved = [*actions(OrderRow, attributes), since.set(since | mark)]
        as_read = OrderRow.version == change.base
        as_read = as_read if unmended is None else as_read & unmended
        transaction.update(OrderRow(pk, keys.HEAD), moved, as_read, Conflict)
    for each in _items(change, pk, kept):
        transaction.put(each)
    for file in change.removed_documents:
        transaction.delete(OrderRow(pk, keys.document(file)))


def _head(change: Change, kept: timedelta) -> dict[str, object]:
    """Its attributes but for the mark."""
    order = change.order
    attributes = {
        "body": None, "packed": None, **codec.of_order(order), "bucket": keys.bucket(keys.order(order.key)),
    }  # fmt: skip
    if change.rewrites:
        pieces = sum(1 for _ in codec.of_details(order.details))
        attributes |= {"details_version": order.version, "pieces": pieces}
    if order.ended_at and change.entries[-1].final:
        attributes["retire_at"] = time(order.ended_at + kept)
    return attributes


def _items(change: Change, pk: str, kept: timedelta) -> Iterator[OrderRow]:
    order = change.order
    ttl = order.ended_at + kept if order.ended_at else None
    for entry in change.entries:
        yield row(OrderRow, pk, keys.entry(entry.number), {**codec.of_entry(entry), "ttl": ttl})
    for note in change.notes:
        yield row(OrderRow, pk, keys.note(note.id), {**codec.of_note(note), "ttl": ttl})
    for document in change.documents:
        yield row(OrderRow, pk, keys.document(document.file), {**documents.of_document(document), "ttl": ttl})
    if change.rewrites:
        for part, text in enumerate(codec.of_details(order.details), start=1):
            piece = {"body": text, "details_version": order.version, "ttl": ttl}
            yield row(OrderRow, pk, keys.details(part), piece)
