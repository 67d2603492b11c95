"""One request: what views and the door ask of it. Reads Chalice's request; decides nothing."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chalice.app import Request

from chalicelib import wire
from chalicelib.domain import attachment
from chalicelib.domain.access import Credential
from chalicelib.domain.details import Details
from chalicelib.domain.document import File
from chalicelib.domain.errors import Invalid, NoteNotFound, Problem
from chalicelib.domain.order_types import OrderType
from chalicelib.edge.place import Place, Spot
from chalicelib.flow.accept import Keyed
from chalicelib.wire import tree
from chalicelib.wire.negotiate import body_syntax, charset
from chalicelib.wire.problems import TooLarge, UnknownSyntax
from chalicelib.wire.tree import Syntax, Tree
from chalicelib.wiring import Services

if TYPE_CHECKING:
    from chalicelib.wire.documents import Papers

LARGEST_BODY = 1024 * 1024
"""Bytes."""

LARGEST_FILE = 3 * 1024 * 1024
"""Bytes; in base64, as API Gateway and Lambda pass it on, it stays within the 6 MB that they carry."""

IDEMPOTENCY_KEY = "Idempotency-Key"

_V2_OF_NUMBERS = re.compile("/api/v2/", re.IGNORECASE)

_KEY = re.compile(r"[\x20-\x7e]{1,255}")
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")


@dataclass(kw_only=True)
class Visit:
    """A request at a place. `credential` and `syntax` are set by the door before any view sees it."""

    request: Request
    place: Place
    services: Services
    credential: Credential
    syntax: Syntax

    @property
    def user(self) -> str:
        """Who asks."""
        return self.credential.user

    @property
    def kind(self) -> OrderType:
        """The place's order type."""
        assert self.place.kind is not None  # noqa: S101 because only views of orders ask
        return self.place.kind

    @property
    def papers(self) -> "Papers":
        """The documents of the place's order type."""
        return wire.documents.papers_of(self.kind)

    @cached_property
    def body(self) -> bytes:
        """The body as it came."""
        raw = self.request.raw_body
        return raw if isinstance(raw, bytes) else raw.encode()

    @cached_property
    def tree(self) -> Tree:
        """The body, read. Raises TooLarge, UnknownSyntax, Invalid."""
        body = self.body
        if len(body) > LARGEST_BODY:
            raise TooLarge(f"The body has more than {LARGEST_BODY} bytes.")
        syntax = body_syntax(self.request.headers.get("content-type"), body)
        if syntax is None or (self.place.spot.json_only and syntax is not Syntax.JSON):
            known = "application/json" if self.place.spot.json_only else "application/xml or application/json"
            raise UnknownSyntax(f"Content-Type must be {known}.")
        return tree.read(body, syntax, charset(self.request.headers.get("content-type")))

    @cached_property
    def file(self) -> File:
        """The body as a file. Raises TooLarge, UnknownSyntax."""
        if len(self.body) > LARGEST_FILE:
            raise TooLarge(f"The file has more than {LARGEST_FILE} bytes.")
        claimed = (self.request.headers.get("content-type") or "").partition(";")[0].strip().lower()
        if claimed.startswith("multipart/"):
            raise UnknownSyntax("The body must be the file itself, not a form: curl --data-binary @loa.pdf")
        return File(self.body, claimed)

    @property
    def sent(self) -> Details:
        """What was sent, as far as it was read."""
        read: Tree | None = self.__dict__.get("tree")
        return read.details if read else ()

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters after the question mark; of repeated ones the last."""
        return self.request.query_params or {}

    @cached_property
    def keyed(self) -> Keyed | None:
        """How the request counts when it comes twice; None where the client does not say. Raises Invalid."""
        key = self.request.headers.get(IDEMPOTENCY_KEY)
        if key is None:
            return None
        if not _KEY.fullmatch(key):
            text = f"{IDEMPOTENCY_KEY} must be 1 to 255 printable ASCII characters"
            raise Invalid(Problem("1008", text, IDEMPOTENCY_KEY))
        scope = f"{self.user}\0{self.request.method}\0{self.place.canonical}\0{key}"
        return Keyed(_digest(scope.encode()), _digest(self.body))

    def must_exist(self) -> None:
        """Raise NotFound where the thing itself is not there: it is said before what is wrong with the body."""
        if self.place.spot in (Spot.DESK_ACCOUNT, Spot.DESK_CREDENTIALS):
            self.services.admit.account(self.place.account)
        if self.place.spot in (Spot.SUBSCRIPTION, Spot.SUBSCRIPTION_V2):
            self.services.subscribe.one(self.place.account, self.place.id)
        if self.place.kind is not None and self.place.id:
            self.services.ledger.order(self.place.order)
        if self.place.note and all(note.id != self.place.note for note in self.services.ledger.notes(self.place.order)):
            raise NoteNotFound(self.place.note)
        if self.place.file:
            attachment.one(self.services.ledger.documents(self.place.order), self.place.file)


def site(request: Request, base_url: str | None) -> str:
    """Scheme and host by which the client reaches us, without a closing slash."""
    if base_url:
        return base_url
    headers = request.headers
    scheme = "http" if headers.get("x-forwarded-proto", "https").lower() == "http" else "https"
    host = headers.get("host", "")
    return f"{scheme}://{host if _HOST.fullmatch(host) else 'localhost'}"


def asked(request: Request) -> str:
    """The path as the client spelled it, prefix included, without a closing slash."""
    return urlsplit(request.context.get("path") or request.path).path.rstrip("/")


def in_e164(request: Request) -> bool:
    """Whether the client speaks version 2 of the compatible API, which has all telephone numbers in E.164."""
    return _V2_OF_NUMBERS.match(asked(request)) is not None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
