"""Accounts, as the operator opens, changes and lists them. Docket's own documents."""

import re
from collections.abc import Sequence
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from pydantic_xml import element

from chalicelib.config import forms
from chalicelib.domain.account import Account, Profile
from chalicelib.domain.commands import ChangeAccount, OpenAccount
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.documents import checks
from chalicelib.wire.documents.lists import Links
from chalicelib.wire.fields import Count, Moment, Text, wrong
from chalicelib.wire.tree import Tree

ROOT = "Account"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_LONGEST_NAME = 100
_LONGEST_KEPT = 36_500
_PLAIN = Profile()


def number(text: str) -> str:
    """An account's number. Raises `wrong`."""
    try:
        return str(forms.ACCOUNT.read(text))
    except ValueError:
        raise wrong("1008", f"'{text[:40]}' is not {forms.ACCOUNT.name}, the first not 0") from None


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the database is an OSError
        raise wrong("1008", f"TimeZone '{text[:40]}' is not a name of the IANA database, like Europe/Berlin") from None
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise wrong("1008", f"Language '{text[:40]}' is not a language tag, like en or de-CH")
    return text


def _contact(text: str) -> str:
    try:
        return checks.email(text)
    except PydanticCustomError:
        raise wrong("1008", f"Contact '{text[:40]}' is not one e-mail address") from None


Number = Annotated[str, AfterValidator(number)]
"""An account's number."""

_Days = Annotated[Count, Field(le=_LONGEST_KEPT)]


class Limits(Document):
    """What an account may have at a time; the settings' own where nothing is said."""

    subscriptions: Count | None = element("Subscriptions", default=None)


class Retention(Document):
    """Days for which ended orders and records of deliveries are kept; the settings' own where nothing is said."""

    order_days: _Days | None = element("OrderDays", default=None)
    delivery_days: _Days | None = element("DeliveryDays", default=None)


class AccountRequest(Document, tag=ROOT):
    """All that the operator says of an account."""

    account_id: Number | None = element("AccountId", default=None)
    name: Annotated[str, Field(max_length=_LONGEST_NAME)] | None = element("Name", default=None)
    time_zone: Annotated[str, AfterValidator(_time_zone)] = element("TimeZone", default=_PLAIN.time_zone)
    language: Annotated[str, AfterValidator(_language)] = element("Language", default=_PLAIN.language)
    contact: Annotated[str, AfterValidator(_contact)] | None = element("Contact", default=None)
    limits: Limits = element("Limits", default=Limits())
    retention: Retention = element("Retention", default=Retention())


class LimitsShown(Document):
    """What was said of limits."""

    subscriptions: int | None = element("Subscriptions", default=None)


class RetentionShown(Document):
    """What was said of retention."""

    order_days: int | None = element("OrderDays", default=None)
    delivery_days: int | None = element("DeliveryDays", default=None)


class AccountShown(Document, tag=ROOT):
    """An account as it stands. What was left to the settings is not shown."""

    account_id: str = element("AccountId")
    name: Text | None = element("Name", default=None)
    time_zone: str = element("TimeZone")
    language: str = element("Language")
    contact: Text | None = element("Contact", default=None)
    limits: LimitsShown | None = element("Limits", default=None)
    retention: RetentionShown | None = element("Retention", default=None)
    opened_date: Moment = element("OpenedDate")
    last_modified_date: Moment = element("LastModifiedDate")


class AccountsShown(Document, tag="Accounts"):
    """A page of accounts, by number."""

    links: Links | None = element("Links", default=None)
    account: list[AccountShown] = element("Account", default=[])


def opening(tree: Tree, *, by: str) -> OpenAccount:
    """The account to open. Raises Invalid."""
    request = _read(tree)
    return OpenAccount(number=request.account_id, profile=_profile(request), by=by)


def change(tree: Tree, account: str, *, by: str) -> ChangeAccount:
    """What is said anew of an account. Raises Invalid."""
    request = _read(tree)
    if request.account_id not in (None, account):
        raise Invalid(Problem("1008", f"AccountId must be that of the path, {account}, or left out", "AccountId"))
    return ChangeAccount(number=account, profile=_profile(request), by=by)


def _read(tree: Tree) -> AccountRequest:
    """What was read before may be sent back: what only the desk says is passed over, and nothing else."""
    request, details = reading.document(tree, AccountRequest, ROOT)
    reading.nothing_unknown(details, AccountShown)
    return request


def _profile(request: AccountRequest) -> Profile:
    return Profile(
        name=request.name, time_zone=request.time_zone, language=request.language, contact=request.contact,
        subscriptions=request.limits.subscriptions, order_days=request.retention.order_days,
        delivery_days=request.retention.delivery_days,
    )  # fmt: skip


def one(account: Account) -> AccountShown:
    """An account."""
    said = account.profile
    limits = LimitsShown(subscriptions=said.subscriptions)
    retention = RetentionShown(order_days=said.order_days, delivery_days=said.delivery_days)
    return AccountShown(
        account_id=account.number, name=said.name, time_zone=said.time_zone, language=said.language,
        contact=said.contact, limits=limits if limits != LimitsShown() else None,
        retention=retention if retention != RetentionShown() else None,
        opened_date=account.opened_at, last_modified_date=account.modified_at,
    )  # fmt: skip


def all_of(accounts: Sequence[Account], links: Links | None) -> AccountsShown:
    """A page of accounts."""
    return AccountsShown(links=links, account=[one(account) for account in accounts])
