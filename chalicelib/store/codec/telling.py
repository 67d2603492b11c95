"""Cursors and deliveries ⇄ the attributes of their items."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.domain.cursor import Cursor, CursorRef, Lease
from chalicelib.domain.delivery import Attempt, Delivery, Letter, Outcome
from chalicelib.store.codec.text import of_time, of_time_or_none, time, written

LONGEST_LETTER = 300_000
"""Bytes of a letter that is kept; a longer one is composed anew for each attempt, which gives the same bytes."""


def cursor(ref: CursorRef, item: Mapping[str, Any]) -> Cursor:
    """The cursor of an item; numbers that are absent are 0."""
    token, until = item.get("lease_token"), item.get("lease_until")
    return Cursor(
        ref=ref, told=int(item.get("told") or 0), wanted=int(item.get("wanted") or 0),
        due=of_time_or_none(item.get("due")),
        lease=Lease(token, of_time(until)) if token and until else None,
        attempt=int(item.get("attempt") or 0), lost=int(item.get("lost") or 0),
        missed=int(item.get("missed") or 0),
    )  # fmt: skip


def of_delivery(delivery: Delivery) -> dict[str, Any]:
    """A delivery's record, with its letter while that is still to be told."""
    letter = delivery.letter
    kept = letter if letter and len(letter.body) <= LONGEST_LETTER else None
    record = written(
        outcome=delivery.outcome, reason=delivery.reason, at=time(delivery.at),
        attempts=[
            {
                "at": time(each.at), "outcome": each.outcome, "ms": each.milliseconds, "reason": each.reason,
                "status": each.status, "retry_after": each.retry_after,
            }
            for each in delivery.attempts
        ],
        letter=(kept.message_id, kept.content_type) if kept else None,
    )  # fmt: skip
    return {"body": record, "letter": kept.body if kept else None}


def delivery(ref: CursorRef, number: int, item: Mapping[str, Any]) -> Delivery:
    """The delivery of an item."""
    read = json.loads(item["body"])
    letter = read.get("letter")
    return Delivery(
        cursor=ref, number=number, outcome=Outcome(read["outcome"]), reason=read.get("reason", ""),
        at=of_time(read["at"]),
        attempts=tuple(
            Attempt(
                at=of_time(each["at"]), outcome=Outcome(each["outcome"]), milliseconds=each["ms"],
                reason=each["reason"], status=each["status"], retry_after=each["retry_after"],
            )
            for each in read.get("attempts", ())
        ),
        letter=Letter(message_id=letter[0], content_type=letter[1], body=item["letter"]) if letter else None,
    )  # fmt: skip
