"""Orders, entries and subscriptions to test with; nothing here checks anything."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.domain.subscription import Callback, Mailbox, Route, Subscription

START = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
NUMBERS: Details = (("ListOfPhoneNumbers", (("PhoneNumber", "9195551234"), ("PhoneNumber", "9195551235"))),)
HOOK = Callback(url="https://hooks.example.net/orders", secret="whsec_dGVzdA==")


def at(seconds: float) -> datetime:
    """So many seconds after the start."""
    return START + timedelta(seconds=seconds)


def key(number: int = 1, order_type: str = "portins") -> OrderKey:
    """The key of an order."""
    return OrderKey("9900000", order_type, str(UUID(int=number)))


def entry(**fields: Any) -> Entry:  # noqa: ANN401 because the fields are Entry's own
    """An entry into a notified state of a port-in, unless told otherwise."""
    known = {"order": key(), "number": 1, "kind": Kind.STATUS, "at": START, "by": "desk", "status": "FOC"}
    return Entry(**{**known, **fields})


def subscription(*routes: Route, **fields: Any) -> Subscription:  # noqa: ANN401 because the fields are Subscription's own
    """A callback subscription for all port-ins, unless told otherwise."""
    known = {
        "account": "9900000",
        "id": str(UUID(int=7)),
        "target": HOOK,
        "routes": routes or (Route(type="portins", since=START),),
        "created_at": START,
    }
    return Subscription(**{**known, **fields})


def mailbox(email: str) -> Mailbox:
    """An e-mail address."""
    return Mailbox(email=email)
