"""JSON ⇄ credentials, accounts and audit lines. Absent means None, or empty. No SQL here."""

from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from chalicelib.domain.access import Credential, Role
from chalicelib.domain.account import Account, Act, AuditLine, Profile
from infra.local.store.codec import decode, encode, time

_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""When an account was opened of which nobody knows it."""


def of_credential(credential: Credential) -> str:
    """A credential: what has no column."""
    return _written(
        accounts=credential.accounts, secret_hash=credential.secret_hash, old_secret_hash=credential.old_secret_hash,
        made_at=credential.made_at, secret_at=credential.secret_at, old_secret_at=credential.old_secret_at,
    )  # fmt: skip


@lru_cache(maxsize=256)
def credential(user: str, role: str, record: str, used_at: int | None, revision: int) -> Credential:
    """The credential of a row; remembered by all of it, as the same few users ask again and again."""
    read = decode(record)
    return Credential(
        user=user, role=Role(role), accounts=tuple(read["accounts"]), secret_hash=read["secret_hash"],
        old_secret_hash=read.get("old_secret_hash"), made_at=_time(read, "made_at"),
        secret_at=_time(read, "secret_at"), old_secret_at=_time(read, "old_secret_at"),
        used_at=None if used_at is None else time(used_at), revision=revision,
    )  # fmt: skip


def revised(credential: Credential, old: Credential | None) -> Credential:
    """The credential as the next revision of the one it replaces."""
    return replace(credential, revision=(old.revision if old else 0) + 1)


def of_account(account: Account) -> str:
    """An account: all but number, version and users."""
    return _written(**asdict(account.profile), opened_at=account.opened_at, modified_at=account.modified_at)


def account(number: str, version: int, record: str, *, users: tuple[str, ...]) -> Account:
    """The account of a row."""
    read = decode(record)
    opened_at, modified_at = (datetime.fromisoformat(read.pop(name)) for name in ("opened_at", "modified_at"))
    return Account(
        number=number, profile=Profile(**read), opened_at=opened_at, modified_at=modified_at, version=version,
        users=users,
    )  # fmt: skip


def plain(number: str, at: datetime | None) -> Account:
    """An account of which nothing is said."""
    return Account(number=number, opened_at=at or _LONG_AGO, modified_at=at or _LONG_AGO)


def of_line(line: AuditLine) -> str:
    """An audit line, without its id."""
    return _written(
        at=line.at, by=line.by, act=line.act, account=line.account, user=line.user, fields=line.fields or None
    )


def line(line_id: str, record: str) -> AuditLine:
    """The audit line of a row."""
    read = decode(record)
    return AuditLine(
        id=line_id, at=datetime.fromisoformat(read["at"]), by=read["by"], act=Act(read["act"]),
        account=read.get("account"), user=read.get("user"), fields=tuple(read.get("fields", ())),
    )  # fmt: skip


def _written(**fields: object) -> str:
    texts = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in fields.items()}
    return encode({name: value for name, value in texts.items() if value is not None})


def _time(read: dict[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(read[name]) if name in read else None
