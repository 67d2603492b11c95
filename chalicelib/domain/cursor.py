"""How far one subscription has been told of one order, and how far there is to tell.

Invariants that every step keeps: told <= wanted; told < wanted means that `due` is present. Each step of the flow
is one conditional write on a cursor; "ours" means that the lease's token is the one we wrote.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.entry import OrderKey

MAX_LOST = 10
"""Leases that ended without a result before the entry is given up: it seems to kill its sender."""


@dataclass(frozen=True, slots=True, order=True)
class CursorRef:
    """Which cursor: a subscription of the order's account, and the order."""

    subscription_id: str
    order: OrderKey

    @property
    def account(self) -> str:
        """The account of both."""
        return self.order.account


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a cursor: a token that is never used twice, until a time."""

    token: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A cursor as one write returned it.

    `attempt` counts failed attempts of the next entry, `lost` leases without a result, `missed` entries given up since
    the last one told.
    """

    ref: CursorRef
    told: int
    wanted: int
    due: datetime | None = None
    lease: Lease | None = None
    attempt: int = 0
    lost: int = 0
    missed: int = 0
