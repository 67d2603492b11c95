"""The users of the API, the accounts that were opened, and the audit of both, in the table `access`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from pynamodb.connection import Connection
from pynamodb.expressions.condition import Condition, size

from chalicelib.domain.access import Credential, Role
from chalicelib.domain.account import Account, AccountPage, AuditLine, AuditPage
from chalicelib.domain.errors import AccessClash, AccountNotFound, Conflict
from chalicelib.domain.record import Receipt
from chalicelib.store import keys
from chalicelib.store.attributes import actions, row
from chalicelib.store.codec import access as codec
from chalicelib.store.codec.text import time
from chalicelib.store.conditions import conditional, reachable
from chalicelib.store.receipts import Receipts
from chalicelib.store.rows import AccessRow
from chalicelib.store.transaction import Transaction

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

T = TypeVar("T")

_TRIES = 8
"""Of `keep`, which asks for nothing but that it be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Implements the flow's Access."""

    connection: Connection
    receipts: Receipts

    @reachable()
    def credential(self, user: str) -> Credential | None:
        """The user's credential, or None; a consistent read."""
        found = _row(keys.user(user))
        return codec.credential(user, found.attribute_values) if found else None

    def keep(self, credential: Credential, line: AuditLine | None = None) -> None:
        """Write it in place of whatever the user had, and open its accounts."""
        for _ in range(_TRIES):
            old = self.credential(credential.user)
            if old and old.grants(credential):
                return
            for number in credential.accounts:
                self._open(number, credential.made_at)
            try:
                self._replace(old, codec.revised(credential, old), line, None)
            except Conflict:
                continue
            return
        raise Conflict

    def replace(
        self, old: Credential | None, new: Credential | None, line: AuditLine, receipt: Receipt | None = None
    ) -> None:
        """Write `new` in place of `old`. Raises Conflict, AccountNotFound, AccessClash, ReceiptTaken."""
        self._replace(old, new, line, receipt)

    @reachable()
    def note_use(self, user: str, *, at: datetime, unless_since: datetime) -> None:
        """Write when the user was last let in, unless one since then is noted, or the user is gone."""
        early = AccessRow.used_at.does_not_exist() | (AccessRow.used_at < time(unless_since))
        used = AccessRow(keys.user(user))
        conditional(lambda: used.update([AccessRow.used_at.set(time(at))], AccessRow.pk.exists() & early))

    @reachable()
    def users(self, account: Account) -> Sequence[Credential]:
        """All who may act for the account, by name: its customers, and every operator. Consistent reads."""
        found = _row(keys.OPERATORS)
        names = sorted({*account.users, *((found.users or ()) if found else ())})
        rows = AccessRow.batch_get([keys.user(name) for name in names], consistent_read=True)
        by_key = {each.pk: each for each in rows}
        return [
            codec.credential(name, by_key[keys.user(name)].attribute_values)
            for name in names
            if keys.user(name) in by_key
        ]

    @reachable()
    def account(self, number: str) -> Account | None:
        """The account, or None where it was never opened; a consistent read."""
        found = _row(keys.opened(number))
        return codec.account(number, found.attribute_values) if found else None

    @reachable()
    def accounts(self, *, start: str | None, size: int) -> AccountPage:
        """A page of accounts by number, from `start` on. May lag behind the latest writes."""
        from_here = None if start is None else AccessRow.listed_at >= start
        listed, following = _listed(keys.ACCOUNTS, from_here, size, forward=True)
        found = _found([keys.opened(number) for number in listed])
        pairs = [(number, found.get(keys.opened(number))) for number in listed]
        return AccountPage(tuple(codec.account(number, at.attribute_values) for number, at in pairs if at), following)

    @reachable()
    def record(self, account: Account, line: AuditLine, receipt: Receipt | None = None) -> None:
        """Write the account, the audit line and the receipt as one. Raises Conflict, ReceiptTaken."""
        transaction = Transaction(self.connection)
        self.receipts.keep(receipt, transaction)
        stored = AccessRow(keys.opened(account.number))
        same = AccessRow.version == account.version - 1
        first = account.version == 1
        condition = AccessRow.pk.does_not_exist() if first else same
        transaction.update(stored, actions(AccessRow, codec.of_account(account)), condition, Conflict)
        _audited(line, transaction)
        transaction.commit()

    @reachable()
    def audit(self, *, start: str | None, size: int) -> AuditPage:
        """A page of the audit, newest first, from the line of id `start` on. May lag behind the latest writes."""
        from_here = None if start is None else AccessRow.listed_at <= start
        listed, following = _listed(keys.AUDIT, from_here, size, forward=False)
        found = _found([keys.audit(each) for each in listed])
        pairs = [(each, found.get(keys.audit(each))) for each in listed]
        return AuditPage(tuple(codec.line(each, at.attribute_values) for each, at in pairs if at), following)

    @reachable()
    def _replace(
        self, old: Credential | None, new: Credential | None, line: AuditLine | None, receipt: Receipt | None
    ) -> None:
        transaction = Transaction(self.connection)
        self.receipts.keep(receipt, transaction)
        _written(old, new, transaction)
        _joined(old, new, transaction)
        if line is not None:
            _audited(line, transaction)
        transaction.commit()

    @reachable()
    def _open(self, number: str, at: datetime | None) -> None:
        """The account as nobody has described it yet, where it is not open."""
        made = row(AccessRow, keys.opened(number), None, codec.of_account(codec.plain(number, at)))
        conditional(lambda: made.save(AccessRow.pk.does_not_exist()))


def _written(old: Credential | None, new: Credential | None, transaction: Transaction) -> None:
    """The user's own item; what it was last used at stays."""
    place = AccessRow(keys.user((old or new).user))  # type: ignore[union-attr] # one of them is there
    same = AccessRow.version == old.revision if old else AccessRow.pk.does_not_exist()
    if old and not old.revision:
        same = AccessRow.pk.exists() & (AccessRow.version.does_not_exist() | same)
    if new is None:
        transaction.delete(place, same, Conflict)
    else:
        transaction.update(place, actions(AccessRow, codec.of_credential(new)), same, Conflict)


def _joined(old: Credential | None, new: Credential | None, transaction: Transaction) -> None:
    """The lists that the user comes to, and those that it leaves."""
    before, after = set(old.accounts if old else ()), set(new.accounts if new else ())
    user = {(old or new).user}  # type: ignore[union-attr] # one of them is there
    for number in sorted(after - before):
        opened, missing = AccessRow.pk.exists(), AccountNotFound(number)
        joined: list[Action] = [AccessRow.users.add(user)]
        transaction.update(AccessRow(keys.opened(number)), joined, opened, lambda missing=missing: missing)  # type: ignore[misc] # because a default binds the loop's value
    for number in sorted(before - after):
        left: list[Action] = [AccessRow.users.delete(user)]
        transaction.update(AccessRow(keys.opened(number)), left, AccessRow.pk.exists(), Conflict)
    was, is_ = (each is not None and each.role is Role.OPERATOR for each in (old, new))
    operators = AccessRow(keys.OPERATORS)
    if is_ and not was:
        any_way = AccessRow.pk.exists() | AccessRow.pk.does_not_exist()
        transaction.update(operators, [AccessRow.users.add(user)], any_way, Conflict)
    elif was and not is_:
        several = size(AccessRow.users) > 1  # type: ignore[no-untyped-call] # because PynamoDB gives it no types
        transaction.update(operators, [AccessRow.users.delete(user)], several, _last)


def _last() -> AccessClash:
    return AccessClash("This is the last operator credential: without it, nobody could make another.")


def _audited(line: AuditLine, transaction: Transaction) -> None:
    transaction.put(row(AccessRow, keys.audit(line.id), None, codec.of_line(line)), AccessRow.pk.does_not_exist())


def _row(pk: str) -> AccessRow | None:
    if not keys.possible(pk):
        return None
    try:
        return AccessRow.get(pk, consistent_read=True)
    except AccessRow.DoesNotExist:
        return None


def _listed(listing: str, from_here: Condition | None, size: int, *, forward: bool) -> tuple[list[str], str | None]:
    """Places in a listing, and the first one of the next page."""
    index = AccessRow.by_listing
    rows = index.query(listing, from_here, scan_index_forward=forward, limit=size + 1)
    places = [each.listed_at or "" for each in rows]
    return places[:size], places[size] if len(places) > size else None


def _found(wanted: list[str]) -> dict[str, AccessRow]:
    return {each.pk: each for each in AccessRow.batch_get(wanted)} if wanted else {}
