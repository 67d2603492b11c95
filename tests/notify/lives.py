"""Whole lives of orders, made by the domain, for mails and callbacks to tell of."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain import decide
from chalicelib.domain.commands import AddNote, CreateOrder, MoveOrder, RaiseEvent
from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry
from chalicelib.domain.event import raised, unheard_of
from chalicelib.domain.filters import Filters
from chalicelib.domain.order import Change, Order
from chalicelib.domain.subscription import ANY_ORDER, Callback, Mailbox, NumberFormat, Route, Subscription

START = datetime(2026, 12, 3, 9, 0, 0, 89000, tzinfo=UTC)
ORDER_ID = "7f3c2291-7425-40de-944b-e07fc1f90ae7"
SUBSCRIPTION_ID = "5b8e2a34-1f0e-4d0b-8f58-2d6f0a9b7c01"
REPLY_KEYS = {1: b"o" * 32, 2: b"n" * 32}


@dataclass
class Life:
    """An order and its journal so far. Every step takes 90 minutes."""

    order: Order
    journal: list[Entry] = field(default_factory=list)

    @property
    def last(self) -> Entry:
        return self.journal[-1]

    def step(self, status: str, *, by: str = "operator", message: str | None = None,
             foc: datetime | None = None, numbers: tuple[str, ...] = ()) -> "Life":  # fmt: skip
        command = MoveOrder(
            order=self.order.key, status=status, by=by, message=message, actual_foc_date=foc,
            completed_numbers=numbers,
        )  # fmt: skip
        return self._follow(decide.move(self.order, command, at=self._next()))

    def note(self, text: str, *, by: str = "carol") -> "Life":
        return self._follow(
            decide.add_note(self.order, AddNote(order=self.order.key, text=text, by=by), at=self._next())
        )

    def _next(self) -> datetime:
        return self.last.at + timedelta(minutes=90)

    def _follow(self, change: Change) -> "Life":
        return Life(change.order, [*self.journal, *change.entries])


def placed(kind: str, details: Details, *, by: str = "desk") -> Life:
    change = decide.create(
        CreateOrder(account="9900000", type=kind, details=details, by=by), order_id=ORDER_ID, at=START
    )
    return Life(change.order, list(change.entries))


def portin(*numbers: str) -> Life:
    return placed(
        "portins",
        (
            ("CustomerOrderId", "PORT 7"),
            ("RequestedFocDate", "2026-12-10"),
            ("BillingTelephoneNumber", "2015550119"),
            ("ListOfPhoneNumbers", tuple(("PhoneNumber", number) for number in numbers or ("2015550119",))),
        ),
    )


def disconnect(count: int) -> Life:
    numbers = tuple(("TelephoneNumber", f"20155501{number:02}") for number in range(count))
    listed = (("TelephoneNumberList", numbers),)
    return placed("disconnects", (("DisconnectTelephoneNumberOrderType", listed),))


def events(*numbers: str, account: str = "9900000") -> Life:
    """An account's events, of which one was raised for each of the numbers, by itself; none: one for 60."""
    life = Life(unheard_of(account, by="operator", at=START))
    each: list[tuple[str, ...]] = [(number,) for number in numbers]
    for impacted in each or [tuple(f"20155501{n:02}" for n in range(60))]:
        command = RaiseEvent(account=account, event_type="MESSAGING_LOST", numbers=impacted, by="operator")
        life = life._follow(raised(life.order, command, at=life._next() if life.journal else START))  # noqa: SLF001 because it is made here
    return life


def mail_subscription(life: Life, *, email: str = "bob@example.net", one: bool = True) -> Subscription:
    return _subscription(life, Mailbox(email=email), one=one)


def callback_subscription(life: Life, *, number_format: NumberFormat = NumberFormat.LEGACY) -> Subscription:
    target = Callback(url="https://receiver.example.net/hook", secret="whsec_c2VjcmV0", number_format=number_format)
    return _subscription(life, target, one=False)


def json_subscription(life: Life, filters: Filters, **target: Any) -> Subscription:  # noqa: ANN401 because each field has its own type
    """One of version 2, which signs with the receiver's own key."""
    hook = Callback(url="https://receiver.example.net/hook", secret="whsec_c2VjcmV0", shared_key="shared", **target)
    return replace(_subscription(life, hook, one=False), filters=filters, order_type=None)


def _subscription(life: Life, target: Callback | Mailbox, *, one: bool) -> Subscription:
    route = Route(type=life.order.key.type, order_id=ORDER_ID if one else ANY_ORDER, since=START)
    return Subscription(
        account="9900000", id=SUBSCRIPTION_ID, target=target, routes=(route,), created_at=START,
        order_type=life.order.type.token,
    )  # fmt: skip
