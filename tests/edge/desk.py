"""A whole Docket in memory, and callers who speak HTTP to it through the gateway of one machine, without sockets."""

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from chalicelib import wiring
from chalicelib.config import Settings
from chalicelib.domain.access import Credential, Role, secret_hash
from infra.local.server import Gateway
from infra.local.store import LocalStore

ACCOUNT, OTHER_ACCOUNT = "9900000", "9900001"
KEY = b"k" * 32
CUSTOMER, STRANGER, OPERATOR = (
    ("desk", "customer-secret"),
    ("other", "stranger-secret"),
    ("operator", "operator-secret"),
)
NOBODY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
"""An order id that nobody has."""


class Unused:
    """What no request touches."""


def services(store: LocalStore, **settings: Any) -> wiring.Services:  # noqa: ANN401 because they are Settings' own
    """The real verbs over a store in memory, with three users."""
    for (user, secret), role, accounts in (
        (CUSTOMER, Role.CUSTOMER, (ACCOUNT,)),
        (STRANGER, Role.CUSTOMER, (OTHER_ACCOUNT,)),
        (OPERATOR, Role.OPERATOR, ()),
    ):
        hashed = secret_hash(secret, key=KEY)
        store.access.keep(Credential(user=user, role=role, accounts=accounts, secret_hash=hashed))
    unused: Any = Unused()
    adapters = wiring.Adapters(
        ledger=store.ledger, receipts=store.receipts, subscriptions=store.subscriptions, cursors=store.cursors,
        access=store.access, mails=unused, documents=store.documents, bell=unused, mailer=unused,
        vitals=lambda: {"version": "test"},
    )  # fmt: skip
    return wiring.compose(Settings(service_key=KEY, reply_keys=(b"r" * 32,), **settings), adapters)


@dataclass(frozen=True)
class Reply:
    """An answer as a client sees it."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def xml(self) -> ET.Element:
        return ET.fromstring(self.text)

    @property
    def json(self) -> Any:  # noqa: ANN401 because it is whatever was answered
        return json.loads(self.text)

    @property
    def id(self) -> str:
        """The id of what was made."""
        return self.headers["Location"].rpartition("/")[2]

    def said(self, path: str) -> str | None:
        """The text at a path of the XML."""
        return self.xml.findtext(path)


class Caller:
    """Someone with credentials, or without."""

    def __init__(self, gateway: Gateway, credentials: tuple[str, str] | None) -> None:
        self._gateway, self._credentials = gateway, credentials

    def __call__(self, method: str, path: str, body: str | bytes = b"", **headers: str) -> Reply:
        """One request below the account, or anywhere for a path that begins with //. Underscores are dashes."""
        content = body.encode() if isinstance(body, str) else body
        target = path[1:] if path.startswith("//") else f"/accounts/{ACCOUNT}{path}"
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._credentials:
            given.setdefault("Authorization", basic(*self._credentials))
        environ = {
            "REQUEST_METHOD": method, "REQUEST_URI": target, "wsgi.input": io.BytesIO(content),
            "wsgi.url_scheme": "http", "HTTP_HOST": "desk.test", "CONTENT_LENGTH": str(len(content)),
        }  # fmt: skip
        for name, value in given.items():
            plain = name.upper().replace("-", "_")
            environ[plain if plain == "CONTENT_TYPE" else f"HTTP_{plain}"] = value
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> Any:  # noqa: ANN401 because nobody writes
            started.extend((status, headers))

        parts = self._gateway(environ, start)
        return Reply(int(started[0][:3]), dict(started[1]), b"".join(parts))


def basic(user: str, secret: str) -> str:
    """The header Authorization."""
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()
