"""An account of the desk's: whose orders are worked, and the audit of who may come in."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

MOST_USERS = 100
"""Credentials of an account, and operators, so that lists of them stay bounded."""

MOST_ACCOUNTS = 20
"""Accounts of a credential: they are written in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the operator says of an account. None: the settings' own.

    `time_zone` is a name of the IANA database, `language` a BCP 47 tag, `contact` an e-mail address.
    `subscriptions`: how many live ones it may have. `order_days`, `delivery_days`: how long final orders and delivery
    records are kept.
    """

    name: str | None = None
    time_zone: str = "UTC"
    language: str = "en"
    contact: str | None = None
    subscriptions: int | None = None
    order_days: int | None = None
    delivery_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account that was opened. `users`: the customers who may act for it. `version` counts its changes, from 1."""

    number: str
    profile: Profile = Profile()
    opened_at: datetime
    modified_at: datetime
    version: int = 1
    users: tuple[str, ...] = ()


class Act(StrEnum):
    """What an audit line records."""

    ACCOUNT_OPENED = "account opened"
    ACCOUNT_CHANGED = "account changed"
    CREDENTIAL_MADE = "credential made"
    CREDENTIAL_REPLACED = "credential replaced"
    CREDENTIAL_REMOVED = "credential removed"
    SECRET_ADDED = "secret added"  # noqa: S105 because it is a word of the audit, and no secret
    SECRET_REMOVED = "secret removed"  # noqa: S105 because it is a word of the audit, and no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """Who changed what, when: `fields` are names, never values. Ids sort by time."""

    id: str
    at: datetime
    by: str
    act: Act
    account: str | None = None
    user: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Accounts by number, as text. `next`: the number of the first one of the next page."""

    accounts: tuple[Account, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Audit lines, newest first. `next`: the id of the first one of the next page."""

    lines: tuple[AuditLine, ...]
    next: str | None


def line_id(at: datetime, token: str) -> str:
    """The id of a line written at this time; `token` tells lines of one moment apart."""
    return f"{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03d}Z-{token}"


def differing(before: Profile, after: Profile) -> tuple[str, ...]:
    """The names of the fields that differ."""
    return tuple(each.name for each in fields(Profile) if getattr(before, each.name) != getattr(after, each.name))
