"""The journal: one immutable, numbered entry for each change of an order.

An entry is the audit line, the API's history and the event that is told. It therefore holds all that a
notification needs, so that telling it twice gives the same bytes.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.document import Filed
from chalicelib.domain.order_types import order_type

SYSTEM = "System"
"""The author of steps that nobody took."""


@dataclass(frozen=True, slots=True, order=True)
class OrderKey:
    """Which order: its account, the resource name of its type ("portins"), its id (lower-case UUID)."""

    account: str
    type: str
    id: str


class Kind(StrEnum):
    """What an entry records."""

    CREATED = "created"
    STATUS = "status"
    DETAILS = "details"
    NOTE = "note"
    NOTE_CHANGED = "note_changed"
    REMOVED = "removed"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that a supplement changed: the path of its element, its text before and after ("" for none)."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change. `number` counts from 1 without a gap; `status` is the state after it, `previous` the one before."""

    order: OrderKey
    number: int
    kind: Kind
    at: datetime
    by: str
    status: str
    previous: str | None = None
    message: str | None = None
    note_id: str | None = None
    note: str | None = None
    by_mail: bool = False
    customer_order_id: str | None = None
    completed_numbers: tuple[str, ...] = ()
    actual_foc_date: datetime | None = None
    changes: tuple[Changed, ...] = ()
    filed: Filed | None = None

    @property
    def moves(self) -> bool:
        """Whether the entry is the entering of a state."""
        return self.kind in (Kind.CREATED, Kind.STATUS)

    @property
    def notified(self) -> bool:
        """Whether subscribers hear of it: every note, and every entry into a notified state of the type."""
        if self.moves:
            return self.status in order_type(self.order.type).notified
        return self.kind is Kind.NOTE

    @property
    def final(self) -> bool:
        """Whether the order's life ends with it."""
        return self.kind is Kind.REMOVED or (self.moves and order_type(self.order.type).is_final(self.status))
