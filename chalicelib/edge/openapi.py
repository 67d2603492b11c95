"""The OpenAPI document: every place and method that the door knows, with the documents in both syntaxes.

Made when it is first asked for, from what answers requests: the spots, the views, the order types, the documents.
"""

import json
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from operator import itemgetter
from typing import Any, NamedTuple

from chalicelib.domain import errors
from chalicelib.domain.access import Role
from chalicelib.domain.errors import DocketError, Problem
from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.edge import door, parameters, refusals
from chalicelib.edge.operations import BYTES, OPERATIONS, ORDER, SUPPLEMENT, Operation, Shown
from chalicelib.edge.place import OPEN, Place
from chalicelib.wire import openapi
from chalicelib.wire.documents import papers_of
from chalicelib.wire.examples import EXAMPLES
from chalicelib.wire.problems import NotAcceptable, TooLarge, UnknownSyntax, refusal

Schema = dict[str, Any]

_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
_ABOUT = (
    "Orders, notes, histories and subscriptions as the Bandwidth Phone Number API has them, in XML and in JSON, and "
    "what Docket adds. A JSON document is the XML document without its root element."
)
_SERVERS = ("/v1.0", "/api", "/api/v1", "/api/v1.0", "/api/v2", "/")

_INVALID = errors.Invalid(Problem("1008", "'x' is not a valid value", "x"))
_GONE = {
    "note": errors.NoteNotFound("1"), "file": errors.DocumentNotFound("x.pdf"), "event": errors.EventNotFound("1"),
    "subscription": errors.SubscriptionNotFound("9900000", _ID), "order": errors.OrderNotFound("portins", _ID),
}  # fmt: skip
"""What may be missing, by the path's variable that names it; the most particular first."""

_HEADERS: dict[str, Schema] = {
    "Location": {"description": "Where it is.", "required": True, "schema": {"type": "string", "format": "uri"}},
    "Docket-Webhook-Secret": {"description": "By which callbacks are signed.", "schema": {"type": "string"}},
    "Content-Disposition": {"description": "To be saved.", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "Basic.", "required": True, "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds.", "required": True, "schema": {"type": "integer"}},
    "Allow": {"description": "The methods there are.", "required": True, "schema": {"type": "string"}},
}
_OF_STATUSES = {401: ("WWW-Authenticate",), 405: ("Allow",), 503: ("Retry-After",)}


@cache
def document() -> str:
    """The document, as JSON."""
    return json.dumps(_Description().whole(), ensure_ascii=False, separators=(",", ":"))


class Known(NamedTuple):
    """A view at one path by one method: the path, spelled out for the order type, and what the door knows of it."""

    path: str
    place: Place
    method: str
    view: door.View
    role: Role | None

    @property
    def name(self) -> str:
        """Module and name of the view."""
        return f"{self.view.__module__.rpartition('.')[2]}.{self.view.__name__}"


def known() -> Iterator[Known]:
    """Every view, at every path that leads to it."""
    for spot, method, view, role, only in door.views():
        kinds = [kind for kind in ORDER_TYPES if not only or kind.resource in only]
        for kind in kinds if "{resource}" in spot else [None]:
            path = spot.replace("{resource}", kind.resource) if kind else spot.value
            yield Known(path, Place(spot=spot, kind=kind), method, view, role)


class _Description:
    def __init__(self) -> None:
        self._catalogue = openapi.Catalogue()
        self._shared: dict[str, Schema] = {}

    def whole(self) -> Schema:
        """All of it."""
        paths: dict[str, Schema] = {}
        for each in sorted(known(), key=lambda each: (each.path, each.method)):
            item = paths.setdefault(each.path, {"parameters": parameters.of_path(each.path)})
            item[each.method.lower()] = self._operation(each)
        return {
            "openapi": "3.1.0",
            "info": {"title": "Docket", "version": "1", "description": _ABOUT},
            "servers": [{"url": prefix} for prefix in _SERVERS],
            "security": [{"basic": []}],
            "paths": {path: {name: said for name, said in item.items() if said} for path, item in paths.items()},
            "components": {
                "securitySchemes": {"basic": {"type": "http", "scheme": "basic"}},
                "headers": _HEADERS,
                "schemas": self._catalogue.schemas(),
                "responses": self._shared,
            },
        }

    def _operation(self, each: Known) -> Schema:
        place, says = each.place, OPERATIONS.get(each.name, Operation())
        summary, _, more = (each.view.__doc__ or "").partition("\n")
        about = " ".join([*more.split(), *(["Needs the role operator."] if each.role is Role.OPERATOR else [])])
        asked = [*says.query(place.kind or ORDER_TYPES[0]), *([parameters.idempotency_key()] if says.keyed else [])]
        resource = [place.kind.resource] if place.kind else []
        return {
            "operationId": ".".join([each.name, each.method.lower(), place.spot.name.lower(), *resource]),
            "tags": resource or [each.name.partition(".")[0]],
            "summary": summary.rstrip("."),
            **({"description": about} if about else {}),
            **({"security": []} if place.spot in OPEN else {}),
            **({"parameters": asked} if asked else {}),
            **({"requestBody": self._body(says, place)} if says.takes else {}),
            "responses": {
                str(status): said for status, said in sorted(self._responses(place, says), key=itemgetter(0))
            },
        }

    def _body(self, says: Operation, place: Place) -> Schema:
        if says.takes == BYTES:
            files = {"schema": {"type": "string", "format": "binary"}}
            return {"required": True, "content": {BYTES: files, "application/pdf": files}}
        if says.takes == ORDER and place.kind is not None:
            papers, xml = papers_of(place.kind), EXAMPLES[place.kind.resource]
            schema = self._catalogue.schema(papers.request, papers.roots[0])
            return {"required": True, "content": openapi.content(schema, xml, openapi.as_json(xml, papers.request))}
        if says.takes == SUPPLEMENT and place.kind is not None:
            papers = papers_of(place.kind)
            root = (*papers.supplement_roots, *papers.roots)[0]
            return {"required": True, "content": openapi.content(self._catalogue.schema(papers.supplement, root))}
        assert isinstance(says.takes, type)  # noqa: S101 because nothing else is left
        return {"required": True, "content": self._spoken(place, self._catalogue.schema(says.takes))}

    def _spoken(self, place: Place, schema: Schema) -> Schema:
        spoken = openapi.content(schema)
        return {media: said for media, said in spoken.items() if not place.spot.json_only or "json" in media}

    def _responses(self, place: Place, says: Operation) -> Iterator[tuple[int, Schema]]:
        if place.spot in OPEN:
            yield 200, {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}
            return
        empty = says.empty.get(place.kind.resource if place.kind else "", ())
        for status, shown in (*says.gives.items(), *((status, None) for status in empty)):
            made = papers_of(place.kind).placed_status if place.kind and says.takes == ORDER else status
            headers = {name: {"$ref": f"#/components/headers/{name}"} for name in says.headers}
            content = self._shown(place, shown)
            yield made, {
                "description": HTTPStatus(made).phrase,
                **({"headers": headers} if headers else {}), **({"content": content} if content else {}),
            }  # fmt: skip
        told: set[int] = {*says.gives, *empty}
        for error in _errors(place, says):
            status = refusal(error).status
            if status not in told:
                told.add(status)
                yield status, self._refused(error, place)

    def _shown(self, place: Place, shown: Shown | str) -> Schema:
        if shown is None:
            return {}
        if isinstance(shown, str):
            return {shown: {"schema": {"type": "string", "format": "binary"}}}
        if isinstance(shown, tuple):
            xml, other = (self._spoken(place, self._catalogue.schema(model)) for model in shown)
            return {media: (other if "json" in media else xml)[media] for media in xml}
        if isinstance(shown, type):
            return self._spoken(place, self._catalogue.schema(shown))
        assert place.kind is not None  # noqa: S101 because only orders have documents of their type
        return self._spoken(place, self._catalogue.schema(*openapi.shown(shown(place.kind))))

    def _refused(self, error: DocketError, place: Place) -> Schema:
        refused = refusal(error)
        written = refusals.document(error, refused, place)
        model, root = openapi.shown(written)
        name = f"{root or model.__name__}.{refused.status}{'.json' if place.spot.json_only else ''}"
        if name not in self._shared:
            headers = {each: {"$ref": f"#/components/headers/{each}"} for each in _OF_STATUSES.get(refused.status, ())}
            self._shared[name] = {
                "description": HTTPStatus(refused.status).phrase,
                **({"headers": headers} if headers else {}),
                "content": self._spoken(place, self._catalogue.schema(model, root)),
            }  # fmt: skip
        return {"$ref": f"#/components/responses/{name}"}


def _errors(place: Place, says: Operation) -> Iterator[DocketError]:
    """What may go wrong there."""
    yield from says.conflicts
    yield errors.Unauthenticated("Credentials are required.")
    yield errors.Forbidden("Access Denied")
    yield NotAcceptable("Accept must allow application/xml or application/json.")
    yield from (gone for name, gone in _GONE.items() if f"{{{name}}}" in place.spot)
    if says.takes or "{order}" in place.spot or says.query(place.kind or ORDER_TYPES[0]):
        yield _INVALID
    if says.takes:
        yield TooLarge("The body is too large.")
        yield UnknownSyntax("Content-Type must be application/xml or application/json.")
    if says.keyed:
        yield errors.KeyReused()
    yield errors.Fault()
