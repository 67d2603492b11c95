"""A path → what lies there. The same few places for every order type; a type may have two segments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.order_types import ORDER_TYPES, OrderType
from chalicelib.wire.forms import is_uuid
from chalicelib.wire.problems import NoSuchPath

_ACCOUNT = re.compile(r"[A-Za-z0-9_-]{1,36}")
_BY_PATH = {kind.resource.lower(): kind for kind in ORDER_TYPES}
_BY_PATH["importtoaccounts"] = _BY_PATH["importtoaccount"]  # as two of the public SDKs spell it


class Spot(StrEnum):
    """The kinds of places."""

    ORDERS = "orders"
    ORDER = "order"
    HISTORY = "history"
    NOTES = "notes"
    NOTE = "note"
    STATUS = "status"
    SUBSCRIPTIONS = "subscriptions"
    SUBSCRIPTION = "subscription"
    HEALTH = "health"


_BELOW_ORDER = {"history": Spot.HISTORY, "notes": Spot.NOTES, "status": Spot.STATUS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a request goes. `id` is the order's or the subscription's, as asked for."""

    spot: Spot
    account: str = ""
    kind: OrderType | None = None
    id: str = ""
    note: str = ""

    @property
    def order(self) -> OrderKey:
        """The order's key. Raises Invalid for an id that no order can have."""
        assert self.kind is not None  # noqa: S101 because only spots of orders ask
        if is_uuid(self.id):
            return OrderKey(self.account, self.kind.resource, self.id.lower())
        if self.kind.resource == "orders":
            raise Invalid(Problem("5061", "Order id is invalid", "OrderId"))
        raise Invalid(Problem("1008", f"'{self.id[:40]}' is not a valid UUID", "OrderId"))

    @property
    def canonical(self) -> str:
        """The path, the same however it was spelled."""
        resource = self.kind.resource if self.kind else ""
        return f"{self.spot}/{self.account}/{resource}/{self.id.lower()}/{self.note}"


def find(segments: Sequence[str]) -> Place:
    """The place of a path's segments. Raises NoSuchPath."""
    match segments:
        case ["health"]:
            return Place(spot=Spot.HEALTH)
        case ["accounts", account, *rest] if _ACCOUNT.fullmatch(account):
            return _in_account(account, rest)
    raise NoSuchPath("The resource does not exist")


def _in_account(account: str, rest: Sequence[str]) -> Place:
    match rest:
        case ["subscriptions"]:
            return Place(spot=Spot.SUBSCRIPTIONS, account=account)
        case ["subscriptions", subscription]:
            return Place(spot=Spot.SUBSCRIPTION, account=account, id=subscription)
    for length in (2, 1):
        kind = _BY_PATH.get("/".join(rest[:length]).lower())
        if kind is not None:
            return _of_type(account, kind, rest[length:])
    raise NoSuchPath("The resource does not exist")


def _of_type(account: str, kind: OrderType, rest: Sequence[str]) -> Place:
    match rest:
        case []:
            return Place(spot=Spot.ORDERS, account=account, kind=kind)
        case [order]:
            return Place(spot=Spot.ORDER, account=account, kind=kind, id=order)
        case [order, below] if below in _BELOW_ORDER:
            return Place(spot=_BELOW_ORDER[below], account=account, kind=kind, id=order)
        case [order, "notes", note]:
            return Place(spot=Spot.NOTE, account=account, kind=kind, id=order, note=note)
    raise NoSuchPath("The resource does not exist")
