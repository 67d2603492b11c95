"""Callbacks as Docket sends them, and what a receiver must make of each, in the order in which they come."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.domain.filters import Definition, Filters
from chalicelib.domain.subscription import Mailbox, NumberFormat, Subscription
from chalicelib.notify.notification import CONTENT_TYPE, notification
from chalicelib.notify.signature import new_secret, sign
from chalicelib.notify.update import CONTENT_TYPE as JSON_TYPE
from chalicelib.notify.update import update

NOW = 1_790_000_000
OLD, NEW, FOREIGN = (new_secret() for _ in range(3))
SECRETS = (OLD, NEW)
REFUSED: Mapping[str, Any] = {"refused": True}
AGAIN = None

ORDER = OrderKey("9900000", "portins", "0b6f3a2e-9d0e-4e0e-8a59-0a3c7d2f1b11")
OTHER = OrderKey("9900000", "portins", "0b6f3a2e-9d0e-4e0e-8a59-0a3c7d2f1b12")
SUBSCRIPTION = "5b8e2a34-1f0e-4d0b-8f58-2d6f0a9b7c01"
AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
TRICKY = "Déjà vu: <FOC> & \"Friday\" ]]> 'ok' 🦉\n second line"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One POST, and what comes of it: the notification, AGAIN, or REFUSED."""

    headers: Mapping[str, str]
    body: bytes
    expected: Mapping[str, Any] | None
    now: int = NOW

    def told(self) -> dict[str, Any]:
        """As a program of another language reads it."""
        return {"now": self.now, "headers": dict(self.headers), "body": base64.b64encode(self.body).decode()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A callback to be made: its entry's number, and what differs from the usual."""

    sequence: int
    body: bytes
    order: OrderKey = ORDER
    secrets: Sequence[str] = (NEW,)
    at: int = NOW
    attempt: int = 1
    missed: int = 0
    changes: Mapping[str, str] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """As notify makes them."""
        message_id = f"{self.order.id}-{self.sequence}"
        made = {
            "content-type": JSON_TYPE if self.body[:1] == b"{" else CONTENT_TYPE,
            "webhook-id": message_id,
            "webhook-timestamp": str(self.at),
            "webhook-signature": sign(" ".join(self.secrets), message_id, self.at, self.body),
            "docket-order": self.order.id,
            "docket-sequence": str(self.sequence),
            "docket-attempt": str(self.attempt),
            **({"docket-missed": str(self.missed)} if self.missed else {}),
        }
        return {**made, **self.changes}


def _entry(kind: Kind, number: int, status: str, **more: Any) -> bytes:  # noqa: ANN401 because each field has its own type
    entry = Entry(order=ORDER, number=number, kind=kind, at=AT, by="desk", status=status, **more)
    return notification(SUBSCRIPTION, NumberFormat.E164, entry)


def _in_version_2(**told: Any) -> bytes:  # noqa: ANN401 because each field has its own type
    filters = Filters(definition=Definition.ORDER_UPDATE)
    subscription = Subscription(
        account="9900000", id=SUBSCRIPTION, target=Mailbox(email="unused"), routes=(), created_at=AT, filters=filters
    )
    return update(subscription, filters, NumberFormat.E164, Entry(order=ORDER, at=AT, by="desk", **told))


FOC = _entry(Kind.STATUS, 3, "FOC", message=TRICKY, customer_order_id="PORT 7", actual_foc_date=AT)
NOTE = _entry(Kind.NOTE, 4, "FOC", note_id="4", note=TRICKY)
COMPLETE = _entry(Kind.STATUS, 7, "COMPLETE", message="", completed_numbers=("9195551234", "9195551235"))
ONE_NUMBER = _entry(Kind.STATUS, 7, "COMPLETE", message="Done", completed_numbers=("9195551234",))
JSON = _in_version_2(
    kind=Kind.STATUS, number=8, status="COMPLETE", previous="FOC", message=TRICKY,
    completed_numbers=("9195551234", "+442071838750"),
)  # fmt: skip
JSON_NOTE = _in_version_2(kind=Kind.NOTE, number=9, status="COMPLETE", note_id="9", note=TRICKY)

IN_FOC = {
    "status": "FOC", "subscriptionId": SUBSCRIPTION, "message": TRICKY, "orderId": ORDER.id, "orderType": "portins",
    "customerOrderId": "PORT 7", "lastModifiedDate": "2026-11-25T09:00:00.000Z",
    "actualFocDate": "2026-11-25T09:00:00Z",
}  # fmt: skip
IN_NOTE = {
    "subscriptionId": SUBSCRIPTION, "orderId": ORDER.id, "orderType": "portins", "note": TRICKY,
    "lastModifiedDate": "2026-11-25T09:00:00.000Z",
}  # fmt: skip
IN_COMPLETE = {
    "status": "COMPLETE", "subscriptionId": SUBSCRIPTION, "message": "", "orderId": ORDER.id, "orderType": "portins",
    "completedTelephoneNumbers": ["+19195551234", "+19195551235"], "lastModifiedDate": "2026-11-25T09:00:00.000Z",
}  # fmt: skip
IN_JSON = {
    "definition": "Bandwidth_App_Order_Update", "eventType": "order_change", "subscriptionId": SUBSCRIPTION,
    "accountId": "9900000", "sequence": 8, "lastModifiedDate": "2026-11-25T09:00:00.000Z", "orderId": ORDER.id,
    "orderType": "portins", "status": "COMPLETE", "previousStatus": "FOC", "message": TRICKY, "by": "desk",
    "completedTelephoneNumbers": ["+19195551234", "+442071838750"],
}  # fmt: skip
IN_JSON_NOTE = {
    "definition": "Bandwidth_App_Order_Update", "eventType": "note", "subscriptionId": SUBSCRIPTION,
    "accountId": "9900000", "sequence": 9, "lastModifiedDate": "2026-11-25T09:00:00.000Z", "orderId": ORDER.id,
    "orderType": "portins", "status": "COMPLETE", "note": TRICKY, "noteId": "9", "by": "desk",
}  # fmt: skip


def deliveries() -> Iterator[Delivery]:
    """The whole script."""
    foc, note = Sent(sequence=3, body=FOC), Sent(sequence=4, body=NOTE, attempt=2)
    yield _taken(foc, IN_FOC)
    yield Delivery(foc.headers(), FOC, AGAIN)
    yield _taken(note, IN_NOTE, after=3)
    yield _taken(Sent(sequence=7, body=COMPLETE, missed=2, secrets=(OLD, FOREIGN)), IN_COMPLETE, after=4)
    yield _taken(Sent(sequence=5, body=NOTE, secrets=(FOREIGN, OLD)), IN_NOTE, after=5, late=True)
    yield _taken(Sent(sequence=1, body=FOC, order=OTHER), IN_FOC)
    single = {**IN_COMPLETE, "message": "Done", "completedTelephoneNumbers": ["+19195551234"]}
    yield _taken(Sent(sequence=2, body=ONE_NUMBER, order=OTHER), single, after=1)
    yield _taken(Sent(sequence=8, body=JSON), IN_JSON, after=7)
    yield _taken(Sent(sequence=9, body=JSON_NOTE, at=NOW - 299), IN_JSON_NOTE, after=8)
    yield from _refused()


def _refused() -> Iterator[Delivery]:
    fresh = Sent(sequence=20, body=FOC)
    for changes in (
        {"webhook-id": "another"}, {"webhook-timestamp": str(NOW - 1)}, {"webhook-timestamp": "soon"},
        {"webhook-timestamp": ""}, {"webhook-signature": ""}, {"webhook-signature": "v1,"}, {"webhook-id": ""},
        {"webhook-signature": f"v2,{sign(NEW, fresh.headers()['webhook-id'], NOW, FOC).removeprefix('v1,')}"},
    ):  # fmt: skip
        yield Delivery({**fresh.headers(), **changes}, FOC, REFUSED)
    for missing in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        headers = {name: value for name, value in fresh.headers().items() if name != missing}
        yield Delivery(headers, FOC, REFUSED)
    yield Delivery(fresh.headers(), FOC + b" ", REFUSED)
    yield Delivery(fresh.headers(), FOC, REFUSED, now=NOW + 301)
    yield Delivery(fresh.headers(), FOC, REFUSED, now=NOW - 301)
    yield Delivery(Sent(sequence=20, body=FOC, secrets=(FOREIGN,)).headers(), FOC, REFUSED)
    for unreadable in (b"", b"nonsense", b'{"status": ', b"<Notification><Status>FOC</Notification>"):
        yield Delivery(Sent(sequence=20, body=unreadable).headers(), unreadable, REFUSED)
    yield _taken(fresh, IN_FOC, after=9)  # nothing that was refused counts as seen


def _taken(sent: Sent, content: Mapping[str, Any], *, after: int = 0, late: bool = False) -> Delivery:
    headers = sent.headers()
    expected = {
        "id": headers["webhook-id"], "order": sent.order.id, "sequence": sent.sequence, "attempt": sent.attempt,
        "missed": sent.missed, "after": after, "late": late, "content": content,
    }  # fmt: skip
    return Delivery(headers, sent.body, expected)
