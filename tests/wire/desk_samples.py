"""The documents of the operator's own places: accounts, credentials, their audit, and events."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from chalicelib.domain.access import Credential, Role
from chalicelib.domain.account import Account, Act, AuditLine, Profile
from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.wire.document import Document
from chalicelib.wire.documents import accounts, audit, credentials, events

AT = datetime(2026, 3, 4, 5, 6, 7, 89_000, tzinfo=UTC)
NUMBERS = ("2015550100", "2015550101")

PLAIN = Account(number="9900001", opened_at=AT, modified_at=AT)
FULL = Account(
    number="9900002", opened_at=AT, modified_at=AT + timedelta(days=1), version=2, users=("acme", "acme-2"),
    profile=Profile(
        name="Déjà & Sons", time_zone="America/New_York", language="es-US", contact="desk@acme.example",
        subscriptions=90, order_days=400, delivery_days=60,
    ),
)  # fmt: skip
NEW = Credential(user="acme", role=Role.CUSTOMER, accounts=("9900002",), secret_hash="-", made_at=AT, secret_at=AT)
ROTATED = Credential(
    user="acme-2", role=Role.CUSTOMER, accounts=("9900002", "9900003"), secret_hash="-", old_secret_hash="-",
    made_at=AT, secret_at=AT + timedelta(days=9), old_secret_at=AT, used_at=AT + timedelta(days=9, hours=1),
)  # fmt: skip
OPERATOR = Credential(user="operator", role=Role.OPERATOR, accounts=(), secret_hash="-", made_at=AT, secret_at=AT)
LINES = (
    AuditLine(id="20260305T050607089Z-b", at=AT + timedelta(days=1), by="operator", act=Act.ACCOUNT_CHANGED,
              account="9900002", fields=("name", "time_zone")),
    AuditLine(id="20260304T050607089Z-a", at=AT, by="operator", act=Act.CREDENTIAL_MADE, account="9900002",
              user="acme"),
)  # fmt: skip
EVENT = Entry(
    order=OrderKey("9900002", "events", "0b6f3a2e-9d0e-4e0e-8a59-0a3c7d2f1b11"), number=1, kind=Kind.STATUS, at=AT,
    by="operator", status="MESSAGING_LOST", completed_numbers=NUMBERS,
)  # fmt: skip


def samples() -> dict[str, Callable[[], Document]]:
    """By name."""
    return {
        "account": lambda: accounts.one(PLAIN),
        "account-with-all": lambda: accounts.one(FULL),
        "accounts": lambda: accounts.all_of([PLAIN, FULL], None),
        "accounts-none": lambda: accounts.all_of([], None),
        "credential-made": lambda: credentials.one(NEW, secret="shown-once"),
        "credential-rotated": lambda: credentials.one(ROTATED),
        "credentials": lambda: credentials.all_of([NEW, ROTATED, OPERATOR]),
        "audit": lambda: audit.all_of(LINES, None),
        "event": lambda: events.one(EVENT),
        "events": lambda: events.all_of([EVENT]),
        "events-none": lambda: events.all_of([]),
    }
