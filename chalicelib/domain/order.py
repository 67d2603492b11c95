"""An order and what belongs to it. What a command makes of one is decided in `domain.decide`."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain import details as read
from chalicelib.domain.details import Details
from chalicelib.domain.document import Attachment
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.order_types import OrderType, order_type
from chalicelib.domain.plan import Plan

TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
"""The area codes of toll-free numbers of the North American Numbering Plan."""

_NANP = 10
"""Digits of a number of that plan, without the country code 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note's current text. Its id is the number of the entry that added it."""

    id: str
    by: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """Something wrong with an order, as the desk found it: code, sentence, and the telephone numbers concerned."""

    code: str
    text: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order as it stands: `version` is the number of its last entry. In lists `details` is empty.

    `failures` are those of the last move. `supplements`: how many its client has sent since it was no draft.
    `last_note`: the one added or changed last. `removed`: a draft that its owner deleted; nobody sees it any more.
    """

    key: OrderKey
    version: int
    status: str
    created_at: datetime
    created_by: str
    modified_at: datetime
    modified_by: str
    details: Details = ()
    facts: tuple[tuple[str, str], ...] = ()
    number_count: int = 0
    customer_order_id: str | None = None
    message: str | None = None
    actual_foc_date: datetime | None = None
    completed_numbers: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    ended_at: datetime | None = None
    supplements: int = 0
    last_note: Note | None = None
    removed: bool = False
    plan: Plan | None = None

    @property
    def type(self) -> OrderType:
        """The table of the order's type."""
        return order_type(self.key.type)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The telephone numbers the order is about, as sent."""
        return numbers(self.type, self.details)

    @property
    def toll_free(self) -> bool:
        """Whether any of its numbers is toll-free."""
        return any(is_toll_free(number) for number in self.numbers)

    @property
    def draft(self) -> bool:
        """Whether it is still being written: hidden from lists that do not ask for drafts."""
        return self.status in self.type.drafts

    def fact(self, name: str) -> str | None:
        """One of the few things sent that lists and mails show, by its element name."""
        return dict(self.facts).get(name)


@dataclass(frozen=True, slots=True)
class Change:
    """What a command makes of an order: to be recorded whole or not at all, on condition that `base` is the version.

    `rewrites`: whether the details are other than before, and to be written too. `removed_documents`: names of files.
    """

    base: int
    order: Order
    entries: tuple[Entry, ...] = ()
    notes: tuple[Note, ...] = ()
    rewrites: bool = False
    documents: tuple[Attachment, ...] = ()
    removed_documents: tuple[str, ...] = ()


def numbers(kind: OrderType, details: Details) -> tuple[str, ...]:
    """The numbers listed where the type lists them, or the billing number where none is."""
    billing = read.first(details, "BillingTelephoneNumber")
    return read.telephone_numbers(details, kind.numbers_at) or ((billing,) if billing else ())


def is_toll_free(number: str) -> bool:
    """Whether it is a toll-free number, of ten digits or E.164."""
    local = number.removeprefix("+1")
    return len(local) == _NANP and local[:3] in TOLL_FREE
