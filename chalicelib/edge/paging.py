"""Pages of lists: which one is asked for, in the form of its type, and the links from page to page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from chalicelib import wire
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Invalid, OrderNotFound, Problem
from chalicelib.domain.order import Order
from chalicelib.domain.query import OrderQuery, Span
from chalicelib.edge import filters
from chalicelib.edge.filters import Asked
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit, site
from chalicelib.wire.forms import instant, is_uuid, moment

if TYPE_CHECKING:
    from chalicelib.wire.documents import Listing

FIRST = "1"
_LARGEST_NUMBER = 2**53


@dataclass(frozen=True, slots=True)
class Form:
    """How the lists of a type are paged: rows of a page where none are asked for, and at most.

    `linked`: the list always says where its first page is; else only where there is more than one. `recent`: without
    dates or anything particular it holds the last two years. `timed`: a page is named by the time of its first order.
    """

    usual: int
    most: int = 1000
    linked: bool = True
    recent: bool = False
    timed: bool = False


_PAGED = Form(300)
_WHOLE = Form(1000, linked=False, recent=True)
_TIMED = Form(100, 500, timed=True)

FORMS = {
    "orders": Form(300, recent=True), "portins": _PAGED, "portouts": _PAGED, "disconnects": Form(300, 5000),
    "importToAccount": _PAGED, "bulkPortins": _PAGED, "csrs": _PAGED, "emergencyNotificationGroupOrders": _TIMED,
    "emergencyNotificationEndpointOrders": _TIMED,
}  # fmt: skip
"""By resource; the lists of all other types are whole, up to a thousand rows."""


def form(resource: str) -> Form:
    """How a type's lists are paged."""
    return FORMS.get(resource, _WHOLE)


def listing(visit: Visit) -> "Listing":
    """The page that a request asks for. Raises Invalid."""
    query, asked = _query(visit)
    included = filters.included(asked)
    asked.judge()
    try:
        found = visit.services.ledger.page(query)
    except OrderNotFound:
        raise Invalid(Problem("1008", "page must be 1 or the id of an order of the list", "page")) from None
    how = form(visit.kind.resource)
    paged = how.linked or found.next is not None
    return wire.documents.Listing(
        orders=found.orders, total=found.total, detailed=query.detailed, included=included,
        first=_link(visit, FIRST, query, asked) if paged else None,
        next=_link(visit, _named(visit, found.next, found.orders), query, asked) if found.next else None,
    )  # fmt: skip


def total(visit: Visit) -> int:
    """How many orders a request's filters match. Raises Invalid."""
    query, asked = _query(visit)
    asked.judge()
    return visit.services.ledger.total(query)


def after(query: Mapping[str, str]) -> int:
    """The entry's number after which the journal is asked for. Raises Invalid."""
    asked = Asked({name.lower(): [text.strip()] for name, text in query.items() if text.strip()})
    entry = number(asked, "after", least=0, most=_LARGEST_NUMBER, default=0)
    asked.judge()
    return entry


def _query(visit: Visit) -> tuple[OrderQuery, Asked]:
    """The question, and what it was read from; the problems in that are still to be judged."""
    asked, kind = Asked.of(visit), visit.kind
    how = form(kind.resource)
    found = filters.of(asked, kind)
    if how.recent:
        found = filters.recent(found, visit.services.now())
    query = OrderQuery(
        account=visit.place.account, type=kind.resource, site=visit.place.named.get("site"),
        size=number(asked, "size", least=1, most=how.most, default=how.usual),
        drafts=found["customer_order_id"] is not None, **found,
    )  # fmt: skip
    return _from(query, asked, how), asked


def _from(query: OrderQuery, asked: Asked, how: Form) -> OrderQuery:
    """The query with the page that is asked for."""
    page = asked.one("page") or FIRST
    if page == FIRST:
        return query
    if is_uuid(page):
        return replace(query, start=page.lower())
    at = _moment(page) if how.timed else None
    if at is None:
        asked.wrong("1008", f"page must be 1 or the id of an order{', or a time' if how.timed else ''}", "page")
        return query
    return replace(query, created=_from_time(query, at))


def _moment(text: str) -> datetime | None:
    try:
        return instant(text)
    except (ValueError, OverflowError):
        return None


def _from_time(query: OrderQuery, at: datetime) -> Span:
    created = query.created
    if query.oldest_first:
        return Span(max(created.since or at, at), created.before)
    end = at + timedelta(milliseconds=1)
    return Span(created.since, min(created.before or end, end))


def _named(visit: Visit, following: str, shown: tuple[Order, ...]) -> str:
    """The next page's name: its first order's id; of a timed list its time, unless orders shown have the same."""
    if not form(visit.kind.resource).timed:
        return following
    try:
        order = visit.services.ledger.order(OrderKey(visit.place.account, visit.kind.resource, following))
    except OrderNotFound:
        return following
    at = moment(order.created_at)
    return following if at in {moment(each.created_at) for each in shown} else at


def number(asked: Asked, name: str, *, least: int, most: int, default: int) -> int:
    """A parameter that is a whole number. Problems are left in `asked`."""
    text = asked.one(name)
    if text is None:
        return default
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        asked.wrong("1014", f"{name} is not a number", name)
    elif digits != text:
        asked.wrong("1002", f"{name} must be a non-negative number", name)
    elif len(text) > len(str(most)) or not least <= int(text) <= most:
        asked.wrong("1006", f"{name} must lie between {least} and {most}", name)
    else:
        return int(text)
    return default


def url(visit: Visit, path: str, page: str, size: int, kept: Sequence[tuple[str, str]] = ()) -> str:
    """Where a page is: absolute, and always below /v1.0/, where the Ruby SDK cuts the link. `kept`: its filters."""
    base = urlsplit(site(visit.request, visit.services.settings.base_url))
    parameters = urlencode([("page", page), ("size", str(size)), *kept], quote_via=quote)
    return f"{base.scheme}://{base.netloc}/v1.0{path}?{parameters}"


def _link(visit: Visit, page: str, query: OrderQuery, asked: Asked) -> str:
    kept = [(name, text) for low, name in filters.NAMES.items() for text in asked.values.get(low, ())]
    return url(visit, f"/accounts/{visit.place.account}/{_path(visit)}", page, query.size, kept)


def _path(visit: Visit) -> str:
    if visit.place.spot is Spot.SITE_ORDERS:
        return f"sites/{quote(visit.place.named['site'])}/{visit.kind.resource}"
    return f"{visit.kind.resource}/status" if visit.place.spot is Spot.STANDING else visit.kind.resource


def by_customer_order_id(visit: Visit) -> bool:
    """Whether the list is of the orders with one customer order id."""
    return Asked.of(visit).one("customerOrderId") is not None
