"""The parameters of lists, and the links from page to page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from chalicelib import wire
from chalicelib.domain.errors import Invalid, OrderNotFound, Problem
from chalicelib.domain.order_types import OrderType
from chalicelib.edge.visit import Visit, site
from chalicelib.wire.forms import is_uuid

if TYPE_CHECKING:
    from chalicelib.wire.documents import Listing

FIRST = "1"
LARGEST_SIZE = 1000
_LARGEST_NUMBER = 2**53

_FILTERS = frozenset(
    {
        "customerorderid", "userid", "startdate", "enddate", "date", "tn", "ordertn", "pon", "createddatefrom",
        "createddateto", "modifieddatefrom", "modifieddateto", "lastmodifiedafter", "lastmodifiedby",
        "orderidfragment",
    }
)  # fmt: skip
"""Filters of the compatible API. One that is not applied must not be passed over: the answer would be wrong."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which page is asked for. `start` is the id of its first order, None for the first page."""

    start: str | None
    size: int
    drafts: bool


def listing(visit: Visit) -> "Listing":
    """The page that a request asks for. Raises Invalid."""
    page = _page(visit.query, visit.kind, visit.papers.page_size)
    account, resource = visit.place.account, visit.kind.resource
    try:
        found = visit.services.ledger.page(account, resource, start=page.start, size=page.size, drafts=page.drafts)
    except OrderNotFound:
        raise Invalid(Problem("1008", "page must be 1 or the id of an order of the list", "page")) from None
    first = _link(visit, FIRST, page)
    following = _link(visit, found.next, page) if found.next else None
    return wire.documents.Listing(orders=found.orders, total=found.total, first=first, next=following)


def after(query: Mapping[str, str]) -> int:
    """The entry's number after which the journal is asked for. Raises Invalid."""
    return _number(query, "after", least=0, most=_LARGEST_NUMBER, default=0)


def _page(query: Mapping[str, str], kind: OrderType, usual_size: int) -> Page:
    start = query.get("page", FIRST).strip() or FIRST
    if start != FIRST and not is_uuid(start):
        raise Invalid(Problem("1008", "page must be 1 or the id of an order", "page"))
    for name in query:
        if name.lower() in _FILTERS:
            raise Invalid(Problem("1005", f"{name} is not a filter of this list", name))
    size = _number(query, "size", least=1, most=LARGEST_SIZE, default=usual_size)
    return Page(None if start == FIRST else start.lower(), size, _drafts(query, kind))


def _drafts(query: Mapping[str, str], kind: OrderType) -> bool:
    status = query.get("status")
    if status is None:
        return False
    if status.upper() not in kind.drafts[:1]:
        valid = ", ".join(draft.lower() for draft in kind.drafts[:1]) or "none for this list"
        raise Invalid(Problem("15518", f"Invalid 'status'. Valid values: {valid}", "status"))
    return True


def _number(query: Mapping[str, str], name: str, *, least: int, most: int, default: int) -> int:
    text = query.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise Invalid(Problem("1014", f"{name} is not a number", name))
    if len(text) > len(str(most)) or not least <= int(text) <= most:
        raise Invalid(Problem("1006", f"{name} must lie between {least} and {most}", name))
    return int(text)


def _link(visit: Visit, page: str, asked: Page) -> str:
    """Absolute, and always below /v1.0/: the Ruby SDK cuts the link there."""
    base = urlsplit(site(visit.request, visit.services.settings.base_url))
    parameters = {"page": page, "size": str(asked.size), **({"status": "draft"} if asked.drafts else {})}
    path = f"/v1.0/accounts/{visit.place.account}/{visit.kind.resource}"
    return f"{base.scheme}://{base.netloc}{path}?{urlencode(parameters)}"
