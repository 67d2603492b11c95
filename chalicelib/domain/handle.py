"""What an order is found by beside its id: the numbers that it names, its billing number, its PON, its owner's id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from chalicelib.domain.details import first, telephone_numbers
from chalicelib.domain.order import Order

MOST_NUMBERS = 5000
"""An order is found by the first of its numbers; those beyond this are kept with it, and not searched."""

_DIGITS = re.compile(r"\+?[0-9]{3,15}")
_HALF = re.compile("[\ud800-\udfff]")
_WITH_COUNTRY = 11
"""Digits of a North American number that begins with its country code."""


class Handle(StrEnum):
    """The kinds."""

    CUSTOMER = "customer"
    NUMBER = "number"
    BILLING = "billing"
    PON = "pon"


@dataclass(frozen=True, slots=True, order=True)
class Handled:
    """One handle of an order: what kind it is, and its value."""

    kind: Handle
    value: str


def phone(text: str) -> str | None:
    """A telephone number as it is compared: its digits, of a North American one without the 1. None for other text."""
    bare = text.strip()
    if not _DIGITS.fullmatch(bare):
        return None
    digits = bare.removeprefix("+")
    return digits[1:] if len(digits) == _WITH_COUNTRY and digits[0] == "1" else digits


def handles(order: Order) -> tuple[Handled, ...]:
    """All of them, each once. `order` has its details.

    The billing number has a handle of its own only where it is not among the numbers: one write less for most orders.
    """
    return tuple(dict.fromkeys(_handles(order)))


def _handles(order: Order) -> Iterator[Handled]:
    if order.customer_order_id and _searchable(order.customer_order_id):
        yield Handled(Handle.CUSTOMER, order.customer_order_id)
    named = telephone_numbers(order.details, order.type.numbers_at)
    phones = dict.fromkeys(found for text in named if (found := phone(text)))
    numbers = list(islice(phones, MOST_NUMBERS))
    yield from (Handled(Handle.NUMBER, number) for number in numbers)
    billing = phone(first(order.details, "BillingTelephoneNumber") or "")
    if billing and billing not in numbers:
        yield Handled(Handle.BILLING, billing)
    if (pon := first(order.details, "PON")) and _searchable(pon):
        yield Handled(Handle.PON, pon)


def _searchable(text: str) -> bool:
    """Whether it is Unicode: JSON's escapes can write half of a character, and no query string can ask for one."""
    return not _HALF.search(text)
