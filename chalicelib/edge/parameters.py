"""The parameters of requests, as the OpenAPI document tells them: of paths, of lists, of headers."""

from typing import Any

from chalicelib.domain import autopilot
from chalicelib.domain.access import Which
from chalicelib.domain.document import DocumentType
from chalicelib.domain.order_types import ORDER_TYPES, OrderType
from chalicelib.edge import desk_pages, events, filters, paging, subscription_list
from chalicelib.edge.visit import IDEMPOTENCY_KEY

Schema = dict[str, Any]

_UUID: Schema = {"type": "string", "format": "uuid"}
_DATE: Schema = {"type": "string", "format": "date"}
_NUMBER: Schema = {"type": "string", "pattern": "^[2-9][0-9]{2}[2-9][0-9]{6}$"}
_TEXT: Schema = {"type": "string"}

_OF_PATHS: dict[str, tuple[str, Schema]] = {
    "account": ("Whose orders they are.", {"type": "string", "pattern": "^[0-9]{1,10}$"}),
    "order": ("The order's id.", _UUID),
    "subscription": ("The subscription's id.", _UUID),
    "note": ("The note's id.", {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}),
    "event": ("The event's number.", {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}),
    "user": ("The user's name.", {"type": "string", "pattern": "^[A-Za-z0-9_@+-]{1,100}$"}),
    "file": ("The file's name.", {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,100}$"}),
    "site": ("The site's id.", {"type": "string", "pattern": "^[0-9]{1,9}$"}),
}
"""What is said of a path's variable, by its name; of any other only its name."""

_OF_LISTS: dict[str, tuple[str, Schema]] = {
    "startdate": ("Placed on this day or later; together with `enddate`. Also YY-MM-DD, or a time.", _DATE),
    "enddate": ("Placed on this day or earlier; together with `startdate`.", _DATE),
    "date": ("Placed on this day.", _DATE),
    "createdDateFrom": ("Placed on this day or later.", _DATE),
    "createdDateTo": ("Placed on this day or earlier.", _DATE),
    "createdAfterDate": ("Placed on this day or later; the oldest first.", _DATE),
    "createdBeforeDate": ("Placed on this day or earlier.", _DATE),
    "modifiedDateFrom": ("Last changed on this day or later.", _DATE),
    "modifiedDateTo": ("Last changed on this day or earlier.", _DATE),
    "lastModifiedAfter": ("Last changed on this day or later; not together with the two above.", _DATE),
    "lastModifiedBy": ("Last changed by this user.", _TEXT),
    "customerOrderId": ("The customer's own id.", _TEXT),
    "tn": ("A telephone number of the order; of port-ins the billing number.", _NUMBER),
    "orderTn": ("A telephone number of the order.", _NUMBER),
    "pon": ("The purchase order number.", _TEXT),
    "userid": ("Placed by this user.", _TEXT),
    "orderIdFragment": ("The beginning of the order's id.", {"type": "string", "pattern": "^[0-9a-f-]{1,36}$"}),
    "orderDetails": ("Whole orders in place of rows.", {"type": "boolean"}),
    "includeInResponse": ("What rows hold beside the usual.", {"type": "string", "enum": list(filters.INCLUDED)}),
}


def of_path(path: str) -> list[Schema]:
    """The variables of a path, in their order."""
    named = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    made = []
    for name in named:
        text, schema = _OF_PATHS.get(name, (f"The {name}.", {"type": "string", "minLength": 1}))
        made.append(_parameter(name, "path", text, schema) | {"required": True})
    return made


def of_list(kind: OrderType) -> list[Schema]:
    """How a list is paged, and its filters."""
    how = paging.form(kind.resource)
    size = {"type": "integer", "minimum": 1, "maximum": how.most, "default": how.usual}
    page = {"type": "string", "default": paging.FIRST, "examples": [paging.FIRST]}
    return [
        _parameter("page", "query", f"{paging.FIRST}, or what `Links/next` names.", page),
        _parameter("size", "query", "Rows of a page.", size),
        *of_filters(kind),
    ]


def of_filters(kind: OrderType) -> list[Schema]:
    """The filters alone."""
    states = sorted(state.lower() for state in kind.states)
    status: Schema = {"type": "array", "items": {"type": "string", "enum": states}}
    made = [_parameter("status", "query", "One state or several.", status)]
    return made + [
        _parameter(name, "query", *_OF_LISTS.get(name, ("", _TEXT)))
        for name in filters.NAMES.values() if name != "status"
    ]  # fmt: skip


def after() -> Schema:
    """From where on the journal is asked for."""
    number = {"type": "integer", "minimum": 0, "maximum": 2**53}
    return _parameter("after", "query", "In JSON: entries after the one of this number.", number)


def of_subscriptions() -> list[Schema]:
    """The filters of an account's subscriptions, and their pages."""
    page = {"type": "string", "default": paging.FIRST, "examples": [paging.FIRST]}
    size = {"type": "integer", "minimum": 1, "maximum": subscription_list.MOST, "default": subscription_list.MOST}
    tokens = {"type": "string", "enum": [kind.token for kind in ORDER_TYPES]}
    return [
        _parameter("orderType", "query", "Those of this order type.", tokens),
        _parameter("orderId", "query", "Those of this order.", _UUID),
        _parameter("page", "query", f"{paging.FIRST}, or what `Links/next` names.", page),
        _parameter("size", "query", "Subscriptions of a page.", size),
    ]


def of_events() -> list[Schema]:
    """From where on events are asked for, and how many."""
    after = {"type": "integer", "minimum": 0, "maximum": 10**events.LONGEST_NUMBER - 1}
    size = {"type": "integer", "minimum": 1, "maximum": events.LARGEST_SIZE, "default": events.USUAL_SIZE}
    return [
        _parameter("after", "query", "Those after this number; without it the last ones.", after),
        _parameter("size", "query", "How many at most.", size),
    ]


def of_desk() -> list[Schema]:
    """How the operator's lists are paged."""
    page = {"type": "string", "default": paging.FIRST, "examples": [paging.FIRST]}
    most, usual = desk_pages.LARGEST_SIZE, desk_pages.USUAL_SIZE
    size = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    return [
        _parameter("page", "query", f"{paging.FIRST}, or what `Links/next` names.", page),
        _parameter("size", "query", "How many at most.", size),
    ]


def of_withdrawal() -> list[Schema]:
    """Which secret goes."""
    which = {"type": "string", "enum": [each.value for each in Which]}
    return [_parameter("secret", "query", "One of two secrets; without it all access to the account goes.", which)]


def of_files(_kind: OrderType) -> list[Schema]:
    """Whether more than the names is asked for."""
    return [_parameter("metadata", "query", "What each file is, in place of its name.", {"type": "boolean"})]


def of_upload(_kind: OrderType) -> list[Schema]:
    """What the file is."""
    types = {"type": "string", "enum": [each.value for each in DocumentType]}
    return [_parameter("documentType", "query", "Also as a header of this name; LOA where neither is there.", types)]


def script() -> Schema:
    """The steps of an order that is to walk by itself."""
    schema = {"type": "string", "minLength": 1}
    text = "FOC:2,EXCEPTION:5: states and seconds, where DOCKET_AUTOPILOT permits it."
    return _parameter(autopilot.HEADER, "header", text, schema)


def idempotency_key() -> Schema:
    """By which a request that is sent twice is done once."""
    schema = {"type": "string", "pattern": "^[!-~]{1,255}$"}
    return _parameter(IDEMPOTENCY_KEY, "header", "A request that comes twice with it is done once.", schema)


def _parameter(name: str, place: str, text: str, schema: Schema) -> Schema:
    blank = {"allowEmptyValue": True} if place == "query" else {}  # which is taken as if it were not there
    return {"name": name, "in": place, "schema": schema, **blank} | ({"description": text} if text else {})
