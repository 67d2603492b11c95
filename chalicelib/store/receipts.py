"""Receipts: proofs that a request was carried out, written in one transaction with what it did."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import ReceiptTaken
from chalicelib.domain.record import Receipt
from chalicelib.store import keys
from chalicelib.store.codec.text import of_time, time, written
from chalicelib.store.conditions import reachable
from chalicelib.store.rows import AccessRow
from chalicelib.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """Implements the flow's Receipts. `now` tells which receipts are void: DynamoDB removes them days late."""

    now: Callable[[], datetime]

    @reachable()
    def receipt(self, receipt_id: str, *, now: datetime) -> Receipt | None:
        """The receipt, if there is one and it is not void; a consistent read."""
        try:
            row = AccessRow.get(keys.receipt(receipt_id), consistent_read=True)
        except AccessRow.DoesNotExist:
            return None
        expires_at = of_time(row.expires_at or "")
        if expires_at <= now:
            return None
        read = json.loads(row.body or "{}")
        return Receipt(
            id=receipt_id,
            body_hash=read.get("body_hash", ""),
            result=read.get("result", ""),
            expires_at=expires_at,
        )

    def keep(self, receipt: Receipt | None, transaction: Transaction) -> None:
        """Add the receipt to a transaction, which then raises ReceiptTaken where a live one of its id stands."""
        if receipt is None:
            return
        row = AccessRow(
            keys.receipt(receipt.id),
            body=written(body_hash=receipt.body_hash, result=receipt.result),
            expires_at=time(receipt.expires_at),
            ttl=receipt.expires_at,
        )
        free = AccessRow.pk.does_not_exist() | (AccessRow.expires_at <= time(self.now()))
        transaction.put(row, free, ReceiptTaken)
