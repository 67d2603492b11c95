"""The record of each entry that was told, or was to be told, to a subscription."""

import sqlite3

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.delivery import Delivery, Letter, Outcome
from infra.local.store import codec
from infra.local.store.codec import ref_columns, stamp, time
from infra.local.store.reader import Reads

Written = tuple[object, ...]


def row(delivery: Delivery) -> Written:
    """The record, ready to be written. What of the letter is no bytes goes with the attempts."""
    letter = delivery.letter
    record = codec.of_attempts(delivery, (letter.message_id, letter.content_type) if letter else None)
    return (
        *ref_columns(delivery.cursor), delivery.number, delivery.outcome.value, stamp(delivery.at), record,
        letter.body if letter else None,
    )  # fmt: skip


def keep(connection: sqlite3.Connection, written: Written) -> None:
    """Write it in place of the entry's earlier record."""
    connection.execute(
        """INSERT INTO deliveries
                (account, subscription_id, type, order_id, number, outcome, at, record, letter)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET outcome = excluded.outcome, at = excluded.at, record = excluded.record,
                letter = excluded.letter""",
        written,
    )


def read(reads: Reads, ref: CursorRef, number: int) -> Delivery | None:
    """The record of one entry."""
    rows = reads.rows(
        """SELECT outcome, at, record, letter FROM deliveries
            WHERE account = ? AND subscription_id = ? AND type = ? AND order_id = ? AND number = ?""",
        (*ref_columns(ref), number),
    )
    for outcome, at, record, body in rows:
        reason, attempts, head = codec.attempts(record)
        letter = Letter(message_id=head[0], content_type=head[1], body=body) if head else None
        return Delivery(
            cursor=ref, number=number, outcome=Outcome(outcome), reason=reason, at=time(at), attempts=attempts,
            letter=letter,
        )  # fmt: skip
    return None
