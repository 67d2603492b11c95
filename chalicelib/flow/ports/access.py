"""Who may ask: users and their credentials, the accounts that were opened, and the audit of both."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.access import Credential
from chalicelib.domain.account import Account, AccountPage, AuditLine, AuditPage
from chalicelib.domain.record import Receipt


class Access(Protocol):
    """The users of the API. A customer's credential names only accounts that are open, in one transaction."""

    def credential(self, user: str) -> Credential | None:
        """The user's credential, or None; a consistent read, and all that a request costs."""

    def keep(self, credential: Credential, line: AuditLine | None = None) -> None:
        """Write it in place of whatever the user had, and open its accounts, as of `made_at`.

        Nothing is written where what is there grants all of it already.
        """

    def replace(
        self, old: Credential | None, new: Credential | None, line: AuditLine, receipt: Receipt | None = None
    ) -> None:
        """Write `new` (None: nothing) in place of `old` (None: nobody), with the audit line and the receipt, as one.

        Conditions: the stored revision is `old`'s, or there is no such user; the accounts of `new` are open; an
        operator that goes is not the last one. Raises Conflict, AccountNotFound, AccessClash, ReceiptTaken.
        """

    def note_use(self, user: str, *, at: datetime, unless_since: datetime) -> None:
        """Write when the user was last let in, unless one since then is noted, or the user is gone."""

    def users(self, account: Account) -> Sequence[Credential]:
        """All who may act for the account, by name: its customers, and every operator. Consistent reads."""

    def account(self, number: str) -> Account | None:
        """The account, or None where it was never opened; a consistent read."""

    def accounts(self, *, start: str | None, size: int) -> AccountPage:
        """A page of accounts by number, from `start` on. May lag behind the latest writes."""

    def record(self, account: Account, line: AuditLine, receipt: Receipt | None = None) -> None:
        """Write the account (its users apart), the audit line and the receipt as one.

        Condition: the stored version is one less, or for version 1 that there is no such account. Raises Conflict,
        ReceiptTaken.
        """

    def audit(self, *, start: str | None, size: int) -> AuditPage:
        """A page of the audit, newest first, from the line of id `start` on. May lag behind the latest writes."""
