"""The mails and callbacks that are kept beside this file, to be read by people and compared by tests.

`python -m tests.notify.golden` writes them anew: look at what changed before you keep it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.delivery import message_id
from chalicelib.domain.entry import Entry
from chalicelib.domain.filters import Definition, Filters
from chalicelib.domain.order import Order
from chalicelib.domain.subscription import NumberFormat, Subscription
from chalicelib.notify.by_mail import Letterhead, mail
from chalicelib.notify.notification import notification
from chalicelib.notify.update import update
from tests.notify.lives import (
    REPLY_KEYS,
    SUBSCRIPTION_ID,
    Life,
    disconnect,
    events,
    json_subscription,
    mail_subscription,
    portin,
)

FOLDER = Path(__file__).parent / "golden"
LETTERHEAD = Letterhead(domain="docket.localhost", keys=REPLY_KEYS, base_url="https://orders.example.net")
FOC_DATE = datetime(2026, 12, 10, 15, 30, tzinfo=UTC)
HOSTILE = '<script>alert("hi")</script> & <b>bold</b>\n  two  spaces\n--=_boundary\n{{ 7 * 7 }} „grüße“'


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What a mail is written from."""

    subscription: Subscription
    entry: Entry
    order: Order
    journal: list[Entry]
    missed: int = 0


def telling(life: Life, *, email: str = "bob@example.net", one: bool = True, missed: int = 0) -> Telling:
    return Telling(
        subscription=mail_subscription(life, email=email, one=one), entry=life.last, order=life.order,
        journal=life.journal, missed=missed,
    )  # fmt: skip


def written(told: Telling, letterhead: Letterhead = LETTERHEAD) -> bytes:
    ref = CursorRef(told.subscription.id, told.entry.order)
    return mail(letterhead, told, told.order, message_id=message_id(ref, told.entry.number))


MAILS: dict[str, Callable[[], Telling]] = {
    "portin-submitted": lambda: telling(portin()),
    "portin-foc": lambda: telling(
        portin("2015550119", "2015550120").step("FOC", message="confirmed by the losing carrier", foc=FOC_DATE)
    ),
    "portin-note": lambda: telling(portin().step("FOC", foc=FOC_DATE).note(HOSTILE), missed=2),
    "disconnect-complete": lambda: telling(disconnect(12).step("COMPLETE"), one=False),
    "event": lambda: telling(events("2015550100", "+12015550119"), one=False, missed=1),
    "event-of-many-numbers": lambda: telling(events(), one=False),
}

ORDERS, ACCOUNT = Filters(definition=Definition.ORDER_UPDATE), Filters(definition=Definition.ACCOUNT_EVENT)


def _in_version_2(life: Life, filters: Filters, **target: Any) -> bytes:  # noqa: ANN401 because each field has its own type
    """What a callback of version 2 carries; the format of numbers is its usual one."""
    number_format = target.get("number_format", NumberFormat.E164)
    return update(json_subscription(life, filters, **target), filters, number_format, life.last)


CALLBACKS: dict[str, Callable[[], bytes]] = {
    "event.xml": lambda: notification(SUBSCRIPTION_ID, NumberFormat.LEGACY, events("+12015550100").last),
    "event.json": lambda: _in_version_2(events("2015550100", "+442071838750"), ACCOUNT),
    "portin-foc.json": lambda: _in_version_2(
        portin().step("FOC", message="confirmed by the losing carrier", foc=FOC_DATE), ORDERS
    ),
    "portin-note.json": lambda: _in_version_2(portin().note(HOSTILE), ORDERS),
    "disconnect-complete.json": lambda: _in_version_2(disconnect(2).step("COMPLETE"), ORDERS),
    "disconnect-complete-legacy.json": lambda: _in_version_2(
        disconnect(2).step("COMPLETE"), ORDERS, number_format=NumberFormat.LEGACY
    ),
}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in MAILS.items():
        (FOLDER / f"{name}.eml").write_bytes(written(make()))
    for name, body in CALLBACKS.items():
        (FOLDER / name).write_bytes(body())
