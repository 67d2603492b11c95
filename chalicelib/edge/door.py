"""The door of the house: every request comes in here, and every answer goes out, errors included.

Checked in this order: path and method, credentials, account and role, what the client reads. The rest is the
view's.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from chalice.app import CaseInsensitiveMapping, Request, Response

from chalicelib import log, wiring
from chalicelib.domain.access import Credential, Role
from chalicelib.domain.errors import Fault, Forbidden, Invalid, Refused, Unauthenticated
from chalicelib.edge import place, refusals
from chalicelib.edge.answer import Answer
from chalicelib.edge.credentials import authenticated, note_use
from chalicelib.edge.place import OPEN, Place, Spot
from chalicelib.edge.visit import Visit, asked, in_e164, site
from chalicelib.wire import e164
from chalicelib.wire.negotiate import answer_syntax, body_syntax
from chalicelib.wire.problems import NoSuchPath, NotAcceptable, TooLarge, UnknownSyntax, WrongMethod, refusal
from chalicelib.wire.tree import Syntax

if TYPE_CHECKING:
    from chalicelib.wire.document import Document

View = Callable[[Visit], Answer]

METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
"""What is registered for every path, so that a wrong one gets our 405 and not the gateway's."""

CHALLENGE = 'Basic realm="Docket"'
"""Without it the Java SDK never sends credentials."""


OCTETS = "application/octet-stream"
"""The type of every file that is given out; one of those that Chalice takes for binary."""


@dataclass(frozen=True, slots=True)
class _Way:
    view: View
    role: Role | None
    only: tuple[str, ...]
    binary: bool


_ways: dict[Spot, dict[str, _Way]] = {}


def at(
    spot: Spot, *methods: str, role: Role | None = None, only: tuple[str, ...] = (), binary: bool = False
) -> Callable[[View], View]:
    """Let a view answer these methods there. `role` is the one needed beside the account.

    `only`: the resources whose orders have this place and method; all where none is named. `binary`: the answer
    is bytes, which are given whatever `Accept` says: several SDKs always ask for XML.
    """

    def register(view: View) -> View:
        _ways.setdefault(spot, {}).update(dict.fromkeys(methods, _Way(view, role, only, binary)))
        return view

    return register


def views() -> Iterator[tuple[Spot, str, View, Role | None, tuple[str, ...]]]:
    """Every view: where, by which method, the role it needs, and the resources that alone have it (none: all)."""
    for spot, ways in _ways.items():
        for method, way in ways.items():
            yield spot, method, way.view, way.role, way.only


def entered(request: Request) -> Response:
    """Answer a request, and write one line about it."""
    began = time.perf_counter()
    passage = Passage(request)
    response = passage.answered()
    passage.note_use()
    log.tell(
        "http.answered", method=request.method, route=request.path, status=response.status_code,
        ms=round((time.perf_counter() - began) * 1000, 2),
        account=passage.place.account or None if passage.place else None, user=passage.user,
    )  # fmt: skip
    return response


class Passage:
    """One request's way through the door; what is known of it so far shapes the error document."""

    def __init__(self, request: Request) -> None:
        """Nothing is known yet but the request."""
        self._request = request
        self._visit: Visit | None = None
        wanted = answer_syntax(request.headers.get("accept"), _said_of_body(request))
        self._syntax, self._acceptable = wanted or Syntax.XML, wanted is not None
        self.place: Place | None = None
        self.user: str | None = None
        self._proved: Credential | None = None

    def answered(self) -> Response:
        """The answer; never an exception."""
        try:
            return self._allowed()
        except Exception as error:  # noqa: BLE001 because this is the last line: a fault becomes a document
            log.failed("http.failed", error, method=self._request.method, route=self._request.path)
            return self._refused(error)

    def note_use(self) -> None:
        """Once the answer is there: when a user was last let in must not cost it its answer."""
        if self._proved is not None:
            services = wiring.services()
            note_use(self._proved, services.access, at=services.now())

    def _allowed(self) -> Response:
        try:
            return self._written(self._viewed())
        except Refused as error:
            return self._refused(error)

    def _viewed(self) -> Answer:
        way = self._way()
        if self.place is not None and self.place.spot in OPEN:
            return way.view(self._enter(Credential(user="", role=Role.CUSTOMER, accounts=(), secret_hash="")))
        visit = self._enter(self._credential(way))
        if not (self._acceptable or way.binary):
            known = "application/json" if visit.place.spot.json_only else "application/xml or application/json"
            raise NotAcceptable(f"Accept must allow {known}.")
        try:
            return way.view(visit)
        except (Invalid, TooLarge, UnknownSyntax):
            visit.must_exist()
            raise

    def _way(self) -> _Way:
        self.place = place.find(_segments(self._request))
        if self.place.spot.json_only:
            wanted = answer_syntax(self._request.headers.get("accept"), Syntax.JSON)
            self._syntax, self._acceptable = Syntax.JSON, wanted is Syntax.JSON
        ways, method = _ways_at(self.place), self._request.method
        way = ways.get("GET" if method == "HEAD" else method)
        if way is None:
            raise WrongMethod(sorted({*ways, *(["HEAD"] if "GET" in ways else [])}))
        return way

    def _credential(self, way: _Way) -> Credential:
        services = wiring.services()
        header = self._request.headers.get("authorization")
        credential = authenticated(header, services.access, key=services.settings.service_key)
        self.user, self._proved = credential.user, credential
        if self.place is None or not credential.may_act_for(self.place.account):
            raise Forbidden("Access Denied")
        if way.role is Role.OPERATOR and credential.role is not Role.OPERATOR:
            raise Forbidden("Access Denied: this needs the role operator")
        return credential

    def _enter(self, credential: Credential) -> Visit:
        assert self.place is not None  # noqa: S101 because the way was found
        self._visit = Visit(
            request=self._request, place=self.place, services=wiring.services(), credential=credential,
            syntax=self._syntax,
        )  # fmt: skip
        return self._visit

    def _written(self, answer: Answer) -> Response:
        headers = dict(answer.headers)
        if answer.made is not None:
            base_url = wiring.services().settings.base_url
            headers["Location"] = f"{site(self._request, base_url)}{asked(self._request)}/{answer.made}"
        if answer.content is not None:
            return self._saved(answer.content, headers)
        if answer.plain is not None:
            headers["Content-Type"] = Syntax.JSON.value
            return self._sent(answer.plain, answer.status, headers)
        return self._sent(self._text(answer.document, headers), answer.status, headers)

    def _saved(self, content: bytes, headers: dict[str, str]) -> Response:
        """Bytes as a file. Chalice refuses them to whoever does not ask for them by type: so everybody does."""
        self._request.headers = CaseInsensitiveMapping({**self._request.headers, "accept": OCTETS})
        body = b"" if self._request.method == "HEAD" else content
        return Response(body, headers={**headers, "Content-Type": OCTETS}, status_code=200)

    def _refused(self, error: Exception) -> Response:
        refused = refusal(error, self._visit.sent if self._visit and isinstance(error, Refused) else ())
        headers: dict[str, str] = {}
        if isinstance(error, Unauthenticated):
            headers["WWW-Authenticate"] = CHALLENGE
        if isinstance(error, WrongMethod):
            headers["Allow"] = ", ".join(error.allowed)
        if isinstance(error, Fault):
            headers["Retry-After"] = "1"
        text = self._text(refusals.document(error, refused, self.place), headers)
        return self._sent(text, refused.status, headers)

    def _text(self, document: "Document | None", headers: dict[str, str]) -> str:
        if document is None:
            return ""
        headers["Content-Type"] = self._syntax.value
        if in_e164(self._request):
            return e164.written(document, self._syntax)
        return document.json_text() if self._syntax is Syntax.JSON else document.xml()

    def _sent(self, text: str, status: int, headers: dict[str, str]) -> Response:
        return Response("" if self._request.method == "HEAD" else text, headers=dict(headers), status_code=status)


def _ways_at(where: Place) -> dict[str, _Way]:
    """The methods of a place. Raises NoSuchPath where the order's type has none of them."""
    resource = where.kind.resource if where.kind else ""
    found = {
        method: way for method, way in _ways[where.spot].items() if not way.only or resource in way.only
    }  # fmt: skip
    if not found:
        raise NoSuchPath("The resource does not exist")
    return found


def _said_of_body(request: Request) -> Syntax | None:
    body = request.raw_body
    return body_syntax(request.headers.get("content-type"), body if isinstance(body, bytes) else body.encode())


def _segments(request: Request) -> list[str]:
    """The path's segments, percent-decoded: Chalice hands over parameters as they were written."""
    given = request.uri_params or {}
    return [unquote(given.get(part[1:-1], part)) for part in request.path.strip("/").split("/")]
