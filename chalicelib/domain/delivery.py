"""Telling one entry to one subscription: the letter, its attempts, their outcome, and when to try again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.cursor import CursorRef

RETRY_SCHEDULE: tuple[float, ...] = (5, 60, 300, 1800, 7200, 18000, 36000, 50400, 86400)
"""Seconds to wait after each failed attempt: 10 attempts within about 55.5 hours."""

RESPONSE_SHOWN = 200
"""Characters of a failing receiver's answer that are kept."""


class Outcome(StrEnum):
    """How an attempt, or a whole delivery, ended."""

    TOLD = "told"
    NOT_TOLD = "not_told"
    GONE = "gone"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRequest:
    """A POST as it will be made, but for its timestamp and signatures.

    `certificate`: the one that the receiver must show, in base64; None: any that the authorities vouch for.
    """

    url: str
    body: bytes
    content_type: str
    message_id: str
    secret: str = field(repr=False)
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    certificate: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try. `reason` may be shown to the subscriber; `retry_after` are the seconds the receiver asked for."""

    at: datetime
    outcome: Outcome
    milliseconds: int
    reason: str
    status: int | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is told, frozen at the first attempt: the same id and the same bytes each time."""

    message_id: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The record of one entry for one cursor. `letter` is a callback's, kept while it is still to be told."""

    cursor: CursorRef
    number: int
    outcome: Outcome
    reason: str
    at: datetime
    attempts: tuple[Attempt, ...] = ()
    letter: Letter | None = None


def message_id(cursor: CursorRef, number: int) -> str:
    """The id of a notification, the same for every attempt; no dot, as Standard Webhooks 1.0.0 asks."""
    return f"msg_{cursor.subscription_id.replace('-', '')}_{cursor.order.id.replace('-', '')}_{number}"


def delay(
    schedule: Sequence[float], failed: int, *, jitter: float = 0.0, retry_after: float | None = None
) -> float | None:
    """Seconds until the next attempt after `failed` failed ones (at least 1), or None when that was the last.

    `jitter` is between -1 and 1 and moves the delay by up to a fifth. What the receiver asks for is obeyed between
    one and two times the planned delay; an answer that is no number (NaN) is no wish.
    """
    if failed > len(schedule):
        return None
    planned = schedule[failed - 1] * (1 + jitter / 5)
    if retry_after is None:
        return planned
    return min(2 * planned, max(planned, retry_after))  # in this order NaN loses both comparisons
