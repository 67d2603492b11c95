"""Credentials, as the operator gives and lists them. A secret is shown in the answer that makes it, and only there."""

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_xml import element

from chalicelib.config import forms
from chalicelib.domain.access import RESERVED, Credential, Role, Which
from chalicelib.domain.account import MOST_ACCOUNTS
from chalicelib.domain.commands import GiveCredential
from chalicelib.domain.details import Details, every
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.documents.accounts import Number
from chalicelib.wire.fields import Moment, Text, one_of, wrong
from chalicelib.wire.tree import Tree

ROOT = "Credential"

_USER = re.compile(rf"[A-Za-z0-9._@+-]{{1,{forms.LONGEST_USER}}}")
_SECRET = re.compile(rf"[!-~]{{{forms.SHORTEST_SECRET},200}}")
_LONGEST_SECRET = 200


def _user(text: str) -> str:
    if not _USER.fullmatch(text) or text.strip(".") == "":  # a path must be able to name it
        most = forms.LONGEST_USER
        raise wrong("1008", f"User must be 1 to {most} letters, digits and . _ @ + -, and not only dots")
    if text.lower() in RESERVED:
        raise wrong("1008", f"User must not be {text}: the journal means something else by it")
    return text


def _secret(text: str) -> str:
    """The text itself is never repeated."""
    if not _SECRET.fullmatch(text):
        least = forms.SHORTEST_SECRET
        raise wrong("1008", f"Secret must be {least} to {_LONGEST_SECRET} printable ASCII characters without spaces")
    return text


class CredentialRequest(Document, tag=ROOT):
    """Who is to be let in. `AccountId`, repeated: for which other accounts too. Without `Secret` one is made."""

    user: Annotated[str, AfterValidator(_user)] = element("User")
    role: Annotated[str, one_of("Role", *Role)] | None = element("Role", default=None)
    account_id: Annotated[list[Number], Field(max_length=MOST_ACCOUNTS)] = element("AccountId", default=[])
    secret: Annotated[str, AfterValidator(_secret)] | None = element("Secret", default=None)


class CredentialShown(Document, tag=ROOT):
    """A credential as it stands; an operator's is bound to no account. `OldSecretDate`: it has a second secret.

    `LastUsedDate` may be an hour behind.
    """

    user: Text = element("User")
    role: str = element("Role")
    account_id: list[str] = element("AccountId", default=[])
    created_date: Moment | None = element("CreatedDate", default=None)
    secret_date: Moment | None = element("SecretDate", default=None)
    old_secret_date: Moment | None = element("OldSecretDate", default=None)
    secrets: int = element("Secrets")
    last_used_date: Moment | None = element("LastUsedDate", default=None)
    secret: str | None = element("Secret", default=None)


class CredentialsShown(Document, tag="Credentials"):
    """All who may act for an account, by name."""

    credential: list[CredentialShown] = element("Credential", default=[])


def read(tree: Tree, account: str, *, by: str) -> GiveCredential:
    """The credential to give. Raises Invalid."""
    request, details = reading.document(tree, CredentialRequest, ROOT)
    reading.nothing_unknown(details, CredentialRequest)
    role, others = Role(request.role.lower()) if request.role else None, [*request.account_id]
    others = [each for each in dict.fromkeys(others) if each != account]
    problems = [*_of_accounts(role, others), *_of_spaces(details)]
    if problems:
        raise Invalid(*problems)
    return GiveCredential(
        account=account, user=request.user, by=by, role=role, others=tuple(others), secret=request.secret
    )


def which(text: str | None) -> Which | None:
    """The secret that a query names, or None. Raises Invalid."""
    if text is None:
        return None
    if text.lower() not in list(Which):
        raise Invalid(Problem("1008", f"secret must be {' or '.join(Which)}", "secret"))
    return Which(text.lower())


def one(credential: Credential, *, secret: str | None = None) -> CredentialShown:
    """A credential, and its secret where that has just been made."""
    return CredentialShown(
        user=credential.user, role=credential.role.value, account_id=list(credential.accounts),
        created_date=credential.made_at, secret_date=credential.secret_at, old_secret_date=credential.old_secret_at,
        secrets=1 if credential.old_secret_hash is None else 2, last_used_date=credential.used_at, secret=secret,
    )  # fmt: skip


def all_of(credentials: Sequence[Credential]) -> CredentialsShown:
    """Credentials."""
    return CredentialsShown(credential=[one(each) for each in credentials])


def _of_accounts(role: Role | None, others: Sequence[str]) -> list[Problem]:
    if role is Role.OPERATOR and others:
        return [Problem("1008", "an operator is bound to no account: AccountId must be left out", "AccountId")]
    if len(others) >= MOST_ACCOUNTS:
        return [Problem("1011", f"a credential has {MOST_ACCOUNTS} accounts at most, this one included", "AccountId")]
    return []


def _of_spaces(details: Details) -> list[Problem]:
    """Spaces around a text are not part of it, but whoever sends them in a secret believes so."""
    if any(text != text.strip() for text in every(details, "Secret")):
        return [Problem("1008", "Secret must not begin or end with white space", "Secret")]
    return []
