"""The users of the API, the accounts that were opened, and the audit of both."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.access import Credential, Role
from chalicelib.domain.account import Account, AccountPage, AuditLine, AuditPage
from chalicelib.domain.errors import AccessClash, AccountNotFound, Conflict
from chalicelib.domain.record import Receipt
from infra.local.store import access_codec as codec
from infra.local.store import receipts
from infra.local.store.codec import stamp
from infra.local.store.reader import Reads
from infra.local.store.writer import Writer

_FIELDS = "user, role, record, used_at, revision"
_USERS = "SELECT user FROM members WHERE account = ? ORDER BY user"
_OPEN = "INSERT INTO accounts (number, version, record) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"


class Access:
    """Implements the flow's Access."""

    def __init__(self, reads: Reads, writer: Writer) -> None:
        self._reads, self._writer = reads, writer

    def credential(self, user: str) -> Credential | None:
        """The user's credential, or None."""
        rows = self._reads.rows(f"SELECT {_FIELDS} FROM credentials WHERE user = ?", (user,))  # noqa: S608 because only words from above are put in
        return codec.credential(*rows[0]) if rows else None

    def keep(self, credential: Credential, line: AuditLine | None = None) -> None:
        """Write it in place of whatever the user had, and open its accounts."""
        old = self.credential(credential.user)
        if old and old.grants(credential):
            return

        def work(connection: sqlite3.Connection) -> None:
            for number in credential.accounts:
                connection.execute(_OPEN, (number, 1, codec.of_account(codec.plain(number, credential.made_at))))
            before = _stored(connection, credential.user)
            _write(connection, codec.revised(credential, before))
            if line is not None:
                _audit(connection, line)

        self._writer.do(work)

    def replace(
        self, old: Credential | None, new: Credential | None, line: AuditLine, receipt: Receipt | None = None
    ) -> None:
        """Write `new` in place of `old`. Raises Conflict, AccountNotFound, AccessClash, ReceiptTaken."""

        def work(connection: sqlite3.Connection) -> None:
            receipts.refuse_taken(connection, receipt, at=line.at)
            _refuse(connection, old, new)
            if new is not None:
                _write(connection, new)
            elif old is not None:
                connection.execute("DELETE FROM credentials WHERE user = ?", (old.user,))
                connection.execute("DELETE FROM members WHERE user = ?", (old.user,))
            _audit(connection, line)
            receipts.keep(connection, receipt, at=line.at)

        self._writer.do(work)

    def note_use(self, user: str, *, at: datetime, unless_since: datetime) -> None:
        """Write when the user was last let in, unless one since then is noted, or the user is gone."""
        sql = "UPDATE credentials SET used_at = ? WHERE user = ? AND (used_at IS NULL OR used_at < ?)"
        values = (stamp(at), user, stamp(unless_since))
        self._writer.do(lambda connection: connection.execute(sql, values).rowcount, durable=False)

    def users(self, account: Account) -> Sequence[Credential]:
        """All who may act for the account, by name: its customers, and every operator."""
        rows = self._reads.rows(
            f"SELECT {_FIELDS} FROM credentials WHERE role = ? OR user IN ({_USERS}) ORDER BY user",  # noqa: S608 because only words from above are put in
            (Role.OPERATOR.value, account.number),
        )
        return [codec.credential(*row) for row in rows]

    def account(self, number: str) -> Account | None:
        """The account, or None where it was never opened."""
        sql = "SELECT number, version, record FROM accounts WHERE number = ?"
        for row in self._reads.rows(sql, (number,)):
            return self._account(row)
        return None

    def accounts(self, *, start: str | None, size: int) -> AccountPage:
        """A page of accounts by number, from `start` on."""
        sql = "SELECT number, version, record FROM accounts WHERE number >= ? ORDER BY number LIMIT ?"
        rows = self._reads.rows(sql, (start or "", size + 1))
        following = rows[size][0] if len(rows) > size else None
        return AccountPage(tuple(self._account(row) for row in rows[:size]), following)

    def record(self, account: Account, line: AuditLine, receipt: Receipt | None = None) -> None:
        """Write the account, the audit line and the receipt as one. Raises Conflict, ReceiptTaken."""

        def work(connection: sqlite3.Connection) -> None:
            receipts.refuse_taken(connection, receipt, at=line.at)
            written = codec.of_account(account)
            if account.version == 1:
                done = connection.execute(_OPEN, (account.number, 1, written))
            else:
                sql = "UPDATE accounts SET version = ?, record = ? WHERE number = ? AND version = ?"
                done = connection.execute(sql, (account.version, written, account.number, account.version - 1))
            if done.rowcount == 0:
                raise Conflict
            _audit(connection, line)
            receipts.keep(connection, receipt, at=line.at)

        self._writer.do(work)

    def audit(self, *, start: str | None, size: int) -> AuditPage:
        """A page of the audit, newest first, from the line of id `start` on."""
        from_here, values = ("", ()) if start is None else ("WHERE id <= ?", (start,))
        rows = self._reads.rows(
            f"SELECT id, record FROM audit {from_here} ORDER BY id DESC LIMIT ?",  # noqa: S608 because only words from above are put in
            (*values, size + 1),
        )
        following = rows[size][0] if len(rows) > size else None
        return AuditPage(tuple(codec.line(*row) for row in rows[:size]), following)

    def _account(self, row: tuple[str, int, str]) -> Account:
        users = tuple(user for (user,) in self._reads.rows(_USERS, (row[0],)))
        return codec.account(*row, users=users)


def _stored(connection: sqlite3.Connection, user: str) -> Credential | None:
    sql = f"SELECT {_FIELDS} FROM credentials WHERE user = ?"  # noqa: S608 because only words from above are put in
    row = connection.execute(sql, (user,)).fetchone()
    return codec.credential(*row) if row else None


def _refuse(connection: sqlite3.Connection, old: Credential | None, new: Credential | None) -> None:
    """Raise what the conditions say, before anything is written."""
    stored = _stored(connection, (old or new).user)  # type: ignore[union-attr] # one of them is there
    if (stored.revision if stored else None) != (old.revision if old else None):
        raise Conflict
    for number in new.accounts if new else ():
        if not connection.execute("SELECT 1 FROM accounts WHERE number = ?", (number,)).fetchone():
            raise AccountNotFound(number)
    was, is_ = (each is not None and each.role is Role.OPERATOR for each in (old, new))
    count = connection.execute("SELECT count(*) FROM credentials WHERE role = 'operator'").fetchone()[0]
    if was and not is_ and count < 2:  # noqa: PLR2004 because one must stay
        raise AccessClash("This is the last operator credential: without it, nobody could make another.")


def _write(connection: sqlite3.Connection, credential: Credential) -> None:
    connection.execute(
        """INSERT INTO credentials (user, role, record, revision) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET role = excluded.role, record = excluded.record, revision = excluded.revision""",
        (credential.user, credential.role.value, codec.of_credential(credential), credential.revision),
    )
    connection.execute("DELETE FROM members WHERE user = ?", (credential.user,))
    connection.executemany(
        "INSERT INTO members (account, user) VALUES (?, ?)", [(each, credential.user) for each in credential.accounts]
    )


def _audit(connection: sqlite3.Connection, line: AuditLine) -> None:
    connection.execute("INSERT INTO audit (id, record) VALUES (?, ?)", (line.id, codec.of_line(line)))
