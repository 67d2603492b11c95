"""Who may ask: credentials, their roles, and the keyed hash that stands in the table instead of a secret."""

import hashlib
import hmac
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """A customer acts for its accounts; an operator for every account, and moves orders."""

    CUSTOMER = "customer"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A user of the API. `secret_hash` is hex of HMAC-SHA-256 of the secret under the service's own key."""

    user: str
    role: Role
    accounts: tuple[str, ...]
    secret_hash: str = field(repr=False)

    def may_act_for(self, account: str) -> bool:
        """Whether the account is one of this user's."""
        return self.role is Role.OPERATOR or account in self.accounts


def secret_hash(secret: str, *, key: bytes) -> str:
    """The hash under which a secret is kept. Fast on purpose: secrets are random, or long (see `config`)."""
    return hmac.new(key, b"docket secret" + secret.encode(), hashlib.sha256).hexdigest()


def matches(credential: Credential | None, secret: str, *, key: bytes) -> bool:
    """Whether the secret is this user's, in constant time; an unknown user costs the same."""
    expected = credential.secret_hash if credential else "0" * 64
    return hmac.compare_digest(expected, secret_hash(secret, key=key)) and credential is not None
