"""Who may ask: credentials, their roles, and the keyed hashes that stand in the table instead of secrets."""

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import AccessClash

RESERVED = frozenset({"system", "autopilot"})
"""Authors in journals that are nobody's user, in lower case."""

USE_NOTED = 3600
"""Seconds within which a second use of a credential is not noted: `used_at` may be so much too early."""


class Role(StrEnum):
    """A customer acts for its accounts; an operator for every account, and moves orders."""

    CUSTOMER = "customer"
    OPERATOR = "operator"


class Which(StrEnum):
    """One of the two secrets that a user may have while it changes from one to the other."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A user of the API. A hash is hex of HMAC-SHA-256 of a secret under the service's own key.

    `secret_hash` is the newer secret's, made at `secret_at`. `revision` counts the changes, for conditions of writes.
    `used_at`: when it was last let in, to the hour. An operator is bound to no accounts.
    """

    user: str
    role: Role
    accounts: tuple[str, ...]
    secret_hash: str = field(repr=False)
    old_secret_hash: str | None = field(default=None, repr=False)
    made_at: datetime | None = None
    secret_at: datetime | None = None
    old_secret_at: datetime | None = None
    used_at: datetime | None = None
    revision: int = 0

    def may_act_for(self, account: str) -> bool:
        """Whether the account is one of this user's."""
        return self.role is Role.OPERATOR or account in self.accounts

    def grants(self, other: "Credential") -> bool:
        """Whether it lets in all that `other` would: the role, the accounts, the secret."""
        mine = (self.secret_hash, self.old_secret_hash)
        return self.role is other.role and {*other.accounts} <= {*self.accounts} and other.secret_hash in mine

    def with_secret(self, hashed: str, at: datetime) -> "Credential":
        """With a second secret. Raises AccessClash where there are two already."""
        if self.old_secret_hash is not None:
            raise AccessClash(f"{self.user} has two secrets. Remove one of them first: DELETE with ?secret=old or new.")
        return replace(
            self, old_secret_hash=self.secret_hash, old_secret_at=self.secret_at, secret_hash=hashed, secret_at=at
        )

    def without_secret(self, which: Which) -> "Credential":
        """With one of its two secrets. Raises AccessClash where there is but one: without it, nobody could come in."""
        if self.old_secret_hash is None:
            raise AccessClash(f"{self.user} has one secret only. Add another first, or remove the credential.")
        if which is Which.OLD:
            return replace(self, old_secret_hash=None, old_secret_at=None)
        return replace(
            self, secret_hash=self.old_secret_hash, secret_at=self.old_secret_at, old_secret_hash=None,
            old_secret_at=None,
        )  # fmt: skip

    def without_account(self, account: str) -> "Credential | None":
        """Without this account; None where nothing is left, and for an operator, who is bound to none."""
        left = tuple(each for each in self.accounts if each != account)
        return replace(self, accounts=left) if left else None


def secret_hash(secret: str, *, key: bytes) -> str:
    """The hash under which a secret is kept. Fast on purpose: secrets are random, or long (see `config`)."""
    return hmac.new(key, b"docket secret" + secret.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def matches(credential: Credential | None, secret: str, *, key: bytes) -> bool:
    """Whether the secret is one of this user's, in constant time; an unknown user, or one secret, costs the same."""
    given = secret_hash(secret, key=key)
    new = hmac.compare_digest(credential.secret_hash if credential else "0" * 64, given)
    old = hmac.compare_digest((credential.old_secret_hash if credential else None) or "0" * 64, given)
    return (new or old) and credential is not None
