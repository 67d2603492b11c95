"""The list of an account's subscriptions: what is asked for, and the links from page to page. Both versions have it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chalicelib import wire
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.order_types import find_order_type
from chalicelib.domain.record import Place
from chalicelib.domain.subscription import Subscription
from chalicelib.edge import paging
from chalicelib.edge.filters import Asked
from chalicelib.edge.visit import Visit
from chalicelib.wire.documents.lists import Links, linked
from chalicelib.wire.forms import is_uuid

MOST = 5000
"""Rows of a page, and of a list that has no pages: a Lambda's answer ends at 6 MB."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LONGEST_TIME = 14


def page(visit: Visit) -> tuple[Sequence[Subscription], Links | None]:
    """The page that a request asks for, and its links where there is more than one. Raises Invalid."""
    asked = Asked.only(visit, "orderType", "orderId", "page", "size")
    size = paging.number(asked, "size", least=1, most=MOST, default=MOST)
    order_type, order_id, named = asked.one("orderType"), asked.one("orderId"), asked.one("page") or paging.FIRST
    if order_type and find_order_type(order_type) is None:
        asked.wrong("14500", wire.documents.checks.incorrect_order_type(), "orderType")
    if order_id and not is_uuid(order_id):
        asked.wrong("1008", f"'{order_id[:40]}' is not a valid UUID", "orderId")
    asked.judge()
    found = visit.services.subscribe.page(
        visit.place.account, start=None if named == paging.FIRST else _place(named), size=size,
        order_type=order_type, order_id=order_id.lower() if order_id else None,
    )  # fmt: skip
    if found.next is None and named == paging.FIRST:
        return found.subscriptions, None
    path = visit.place.spot.replace("{account}", visit.place.account)
    kept = [(each, asked.values[each.lower()][0]) for each in ("orderType", "orderId") if asked.one(each)]
    following = paging.url(visit, path, _name(found.next), size, kept) if found.next else None
    return found.subscriptions, linked(paging.url(visit, path, paging.FIRST, size, kept), following)


def _name(place: Place) -> str:
    """A page's name: it stays good when the subscription that it begins with goes."""
    return f"{(place[0] - _EPOCH) // _MILLISECOND}_{place[1]}"


def _place(name: str) -> Place:
    time, _, subscription_id = name.partition("_")
    if not (time.isascii() and time.isdigit() and len(time) <= _LONGEST_TIME and is_uuid(subscription_id)):
        raise Invalid(Problem("1008", "page must be 1, or be named by a link of the list", "page"))
    return _EPOCH + int(time) * _MILLISECOND, subscription_id.lower()
