"""What was carried out under a key. A void receipt is taken away when it is met, and with each one that is written."""

import sqlite3
from datetime import datetime

from chalicelib.domain.errors import ReceiptTaken
from chalicelib.domain.record import Receipt
from infra.local.store.codec import stamp, time
from infra.local.store.reader import Reads
from infra.local.store.writer import Writer

CLEARED = 4
"""Void receipts that each write takes along: more than it adds, so that they cannot pile up."""


class Receipts:
    """Implements the flow's Receipts."""

    def __init__(self, reads: Reads, writer: Writer) -> None:
        self._reads, self._writer = reads, writer

    def receipt(self, receipt_id: str, *, now: datetime) -> Receipt | None:
        """The receipt, if there is one and it is not void; a consistent read."""
        sql = "SELECT body_hash, result, expires_at FROM receipts WHERE id = ?"
        for body_hash, result, expires_at in self._reads.rows(sql, (receipt_id,)):
            if expires_at > stamp(now):
                return Receipt(id=receipt_id, body_hash=body_hash, result=result, expires_at=time(expires_at))
            self._writer.do(lambda connection: _delete(connection, receipt_id, now), durable=False)
        return None


def refuse_taken(connection: sqlite3.Connection, receipt: Receipt | None, *, at: datetime) -> None:
    """Raise ReceiptTaken when a receipt of this id lives. Comes before anything is written."""
    if receipt is not None:
        sql = "SELECT 1 FROM receipts WHERE id = ? AND expires_at > ?"
        if connection.execute(sql, (receipt.id, stamp(at))).fetchone():
            raise ReceiptTaken


def keep(connection: sqlite3.Connection, receipt: Receipt | None, *, at: datetime) -> None:
    """Write the receipt, after `refuse_taken`."""
    if receipt is None:
        return
    connection.execute(
        "DELETE FROM receipts WHERE id IN (SELECT id FROM receipts WHERE expires_at <= ? LIMIT ?)",
        (stamp(at), CLEARED),
    )
    connection.execute(
        "INSERT OR REPLACE INTO receipts (id, body_hash, result, expires_at) VALUES (?, ?, ?, ?)",
        (receipt.id, receipt.body_hash, receipt.result, stamp(receipt.expires_at)),
    )


def _delete(connection: sqlite3.Connection, receipt_id: str, now: datetime) -> None:
    connection.execute("DELETE FROM receipts WHERE id = ? AND expires_at <= ?", (receipt_id, stamp(now)))
