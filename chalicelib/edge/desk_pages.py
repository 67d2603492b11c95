"""Pages of the operator's lists: each is named by what it begins with, and the links lead from one to the next."""

from collections.abc import Callable

from chalicelib.edge import paging
from chalicelib.edge.filters import Asked
from chalicelib.edge.place import ACCOUNT
from chalicelib.edge.visit import Visit
from chalicelib.wire.documents.lists import Links, linked

USUAL_SIZE, LARGEST_SIZE = 300, 1000


def asked(visit: Visit, known: Callable[[str], bool]) -> tuple[str | None, int]:
    """What the page begins with (None: the first one), and how many it holds. Raises Invalid."""
    query = Asked.only(visit, "page", "size")
    size = paging.number(query, "size", least=1, most=LARGEST_SIZE, default=USUAL_SIZE)
    name = query.one("page") or paging.FIRST
    if name != paging.FIRST and not known(name):
        query.wrong("1008", "page must be 1, or be named by a link of the list", "page")
    query.judge()
    return (None if name == paging.FIRST else name), size


def is_account(text: str) -> bool:
    """Whether an account may have this number."""
    return ACCOUNT.fullmatch(text) is not None


def links(visit: Visit, start: str | None, following: str | None, size: int) -> Links | None:
    """None where there is one page only."""
    if start is None and following is None:
        return None
    first = paging.url(visit, visit.place.spot, paging.FIRST, size)
    return linked(first, paging.url(visit, visit.place.spot, following, size) if following else None)
