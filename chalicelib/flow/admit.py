"""What the operator does about who may come in: accounts opened and changed, credentials given and taken away.

Each change is one write with its audit line. Customers' credentials name open accounts only, so that a request needs
to read nothing but the user.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.access import Credential, Role, Which, secret_hash
from chalicelib.domain.account import MOST_USERS, Account, Act, AuditLine, differing, line_id
from chalicelib.domain.commands import ChangeAccount, GiveCredential, OpenAccount
from chalicelib.domain.errors import AccessClash, AccountNotFound, Conflict, CredentialNotFound, OrderBusy, ReceiptTaken
from chalicelib.flow.accept import TRIES, Accept, Keyed
from chalicelib.flow.ports import Access


@dataclass(frozen=True, slots=True)
class Given:
    """A credential, and its new secret where that was made and not chosen."""

    credential: Credential
    secret: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit:
    """The verb, with what it needs. `key` is the service's own; `new_number` gives account numbers to try."""

    access: Access
    accept: Accept
    key: bytes
    now: Callable[[], datetime]
    new_token: Callable[[], str]
    new_number: Callable[[], str]

    def account(self, number: str) -> Account:
        """The account. Raises AccountNotFound."""
        found = self.access.account(number)
        if found is None:
            raise AccountNotFound(number)
        return found

    def users(self, number: str) -> Sequence[Credential]:
        """All who may act for the account, by name. Raises AccountNotFound."""
        return self.access.users(self.account(number))

    def user(self, number: str, user: str) -> Credential:
        """One who may act for the account. Raises AccountNotFound, CredentialNotFound."""
        self.account(number)
        found = self.access.credential(user)
        if found is None or not found.may_act_for(number):
            raise CredentialNotFound(number, user)
        return found

    def open(self, wish: OpenAccount, keyed: Keyed | None = None) -> Account:
        """Open an account. Raises AccessClash where it is open already, KeyReused, OrderBusy."""
        for _ in range(TRIES):
            if (done := self.accept.result(keyed)) is not None:
                return self.account(done)
            at, number = self.now(), wish.number or self.new_number()
            account = Account(number=number, profile=wish.profile, opened_at=at, modified_at=at)
            line = self._line(Act.ACCOUNT_OPENED, wish.by, at, number)
            try:
                self.access.record(account, line, keyed.receipt(number, at) if keyed else None)
            except ReceiptTaken:
                continue
            except Conflict:
                if wish.number:
                    raise AccessClash(f"Account {number} is open already.") from None
                continue
            return account
        raise OrderBusy

    def change(self, wish: ChangeAccount) -> Account:
        """Say all anew of an account; nothing is written where nothing differs. Raises AccountNotFound, OrderBusy."""
        for _ in range(TRIES):
            before, at = self.account(wish.number), self.now()
            names = differing(before.profile, wish.profile)
            if not names:
                return before
            after = replace(before, profile=wish.profile, modified_at=at, version=before.version + 1)
            try:
                line = self._line(Act.ACCOUNT_CHANGED, wish.by, at, wish.number)
                self.access.record(after, replace(line, fields=names))
            except Conflict:
                continue
            return after
        raise OrderBusy

    def give(self, wish: GiveCredential, keyed: Keyed | None = None) -> Given:
        """Let a user in, or give it a second secret. A replay of the same request shows the same secret again.

        Raises AccountNotFound, AccessClash, CredentialNotFound (a replay, and the user is gone), KeyReused, OrderBusy.
        """
        keyed = replace(keyed, body_hash=secret_hash(keyed.body_hash, key=self.key)) if keyed else None
        for _ in range(TRIES):
            if (done := self.accept.result(keyed)) is not None:
                seed = json.loads(done)["seed"]
                return Given(self.user(wish.account, wish.user), None if wish.secret else self._secret(seed))
            at, seed = self.now(), self.new_token()
            secret = wish.secret or self._secret(seed)
            old = self.access.credential(wish.user)
            new = self._given(wish, old, secret_hash(secret, key=self.key), at)
            act = Act.SECRET_ADDED if old else Act.CREDENTIAL_MADE
            line = self._line(act, wish.by, at, wish.account, wish.user)
            try:
                self.access.replace(old, new, line, keyed.receipt(json.dumps({"seed": seed}), at) if keyed else None)
            except (Conflict, ReceiptTaken):
                continue
            return Given(new, None if wish.secret else secret)
        raise OrderBusy

    def withdraw(self, number: str, user: str, *, by: str, which: Which | None = None) -> None:
        """Take away one of a user's two secrets, or all access to the account.

        An operator is removed whole, whichever account the path names. Raises AccountNotFound, CredentialNotFound,
        AccessClash (the last operator, the only secret), OrderBusy.
        """
        for _ in range(TRIES):
            old, at = self.user(number, user), self.now()
            new = old.without_secret(which) if which else old.without_account(number)
            act = Act.SECRET_REMOVED if which else Act.CREDENTIAL_REMOVED
            line = replace(self._line(act, by, at, number, user), fields=(which.value,) if which else ())
            try:
                self.access.replace(old, replace(new, revision=old.revision + 1) if new else None, line)
            except Conflict:
                continue
            return
        raise OrderBusy

    def _given(self, wish: GiveCredential, old: Credential | None, hashed: str, at: datetime) -> Credential:
        """The credential wished for. Raises AccessClash where the user is another's, or another than it is said."""
        account = self.account(wish.account)
        if old is None:
            if len(self.access.users(account)) >= MOST_USERS:
                raise AccessClash(f"Account {wish.account} has {MOST_USERS} users, which is the most.")
            role = wish.role or Role.CUSTOMER
            accounts = dict.fromkeys((wish.account, *wish.others)) if role is Role.CUSTOMER else ()
            return Credential(
                user=wish.user, role=role, accounts=tuple(accounts), secret_hash=hashed, made_at=at, secret_at=at,
                revision=1,
            )  # fmt: skip
        if not old.may_act_for(wish.account):
            raise AccessClash(f"The user {wish.user} exists and acts for another account. Choose another name.")
        if old.role is Role.OPERATOR and wish.role is not Role.OPERATOR:
            raise AccessClash(f"The user {wish.user} is an operator. Say so to give it a second secret.")
        if wish.role not in (None, old.role) or not {*wish.others} <= {*old.accounts}:
            raise AccessClash(f"The user {wish.user} exists with another role or other accounts. Remove it first.")
        return replace(old.with_secret(hashed, at), revision=old.revision + 1)

    def _line(self, act: Act, by: str, at: datetime, account: str, user: str | None = None) -> AuditLine:
        return AuditLine(id=line_id(at, self.new_token()[:12]), at=at, by=by, act=act, account=account, user=user)

    def _secret(self, seed: str) -> str:
        """The secret of a seed: 192 bits that nobody can tell without the service's key. Receipts keep the seed."""
        made = hmac.new(self.key, b"docket issued " + seed.encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(made[:24]).decode()
