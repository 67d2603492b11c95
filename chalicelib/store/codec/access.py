"""Credentials, accounts and audit lines ⇄ the attributes of their items."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.access import Credential, Role
from chalicelib.domain.account import Account, Act, AuditLine, Profile
from chalicelib.store import keys
from chalicelib.store.codec.text import of_time, of_time_or_none, time, time_or_none, written

_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""When an account was opened of which nobody knows it."""


def of_credential(credential: Credential) -> dict[str, Any]:
    """A credential, without its user and its last use."""
    return {
        "version": credential.revision,
        "body": written(
            role=credential.role, accounts=credential.accounts, secret_hash=credential.secret_hash,
            old_secret_hash=credential.old_secret_hash, made_at=time_or_none(credential.made_at),
            secret_at=time_or_none(credential.secret_at), old_secret_at=time_or_none(credential.old_secret_at),
        ),
    }  # fmt: skip


def credential(user: str, item: Mapping[str, Any]) -> Credential:
    """The credential of an item."""
    read = json.loads(item.get("body") or "{}")
    return Credential(
        user=user, role=Role(read["role"]), accounts=tuple(read.get("accounts", ())), secret_hash=read["secret_hash"],
        old_secret_hash=read.get("old_secret_hash"), made_at=of_time_or_none(read.get("made_at")),
        secret_at=of_time_or_none(read.get("secret_at")), old_secret_at=of_time_or_none(read.get("old_secret_at")),
        used_at=of_time_or_none(item.get("used_at")), revision=int(item.get("version") or 0),
    )  # fmt: skip


def revised(credential: Credential, old: Credential | None) -> Credential:
    """The credential as the next revision of the one it replaces."""
    return replace(credential, revision=(old.revision if old else 0) + 1, used_at=None)


def of_account(account: Account) -> dict[str, Any]:
    """An account, without its number and its users."""
    return {
        "version": account.version, "listing": keys.ACCOUNTS, "listed_at": account.number,
        "body": written(
            **asdict(account.profile), opened_at=time(account.opened_at), modified_at=time(account.modified_at)
        ),
    }  # fmt: skip


def account(number: str, item: Mapping[str, Any]) -> Account:
    """The account of an item."""
    read = json.loads(item.get("body") or "{}")
    opened_at, modified_at = (of_time(read.pop(name)) for name in ("opened_at", "modified_at"))
    return Account(
        number=number, profile=Profile(**read), opened_at=opened_at, modified_at=modified_at,
        version=int(item.get("version") or 0), users=tuple(sorted(item.get("users") or ())),
    )  # fmt: skip


def plain(number: str, at: datetime | None) -> Account:
    """An account of which nothing is said."""
    return Account(number=number, opened_at=at or _LONG_AGO, modified_at=at or _LONG_AGO)


def of_line(line: AuditLine) -> dict[str, Any]:
    """An audit line."""
    return {
        "listing": keys.AUDIT, "listed_at": line.id,
        "body": written(
            at=time(line.at), by=line.by, act=line.act, account=line.account, user=line.user, fields=line.fields
        ),
    }  # fmt: skip


def line(line_id: str, item: Mapping[str, Any]) -> AuditLine:
    """The audit line of an item."""
    read = json.loads(item.get("body") or "{}")
    return AuditLine(
        id=line_id, at=of_time(read["at"]), by=read["by"], act=Act(read["act"]), account=read.get("account"),
        user=read.get("user"), fields=tuple(read.get("fields", ())),
    )  # fmt: skip
