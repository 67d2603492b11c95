"""Pages of the operator's lists: each is named by what it begins with, and the links lead from one to the next."""

import re
from collections.abc import Callable
from urllib.parse import quote, urlencode, urlsplit

from chalicelib.edge import paging
from chalicelib.edge.filters import Asked
from chalicelib.edge.visit import Visit, site
from chalicelib.wire.documents.lists import Links

USUAL_SIZE, LARGEST_SIZE = 300, 1000

_ACCOUNT = re.compile(r"[A-Za-z0-9_-]{1,36}")


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
    return _ACCOUNT.fullmatch(text) is not None


def links(visit: Visit, start: str | None, following: str | None, size: int) -> Links | None:
    """None where there is one page only."""
    if start is None and following is None:
        return None
    after = _link(visit, following, size, "next") if following else None
    return Links(first=_link(visit, paging.FIRST, size, "first"), next=after)


def _link(visit: Visit, name: str, size: int, relation: str) -> str:
    base = urlsplit(site(visit.request, visit.services.settings.base_url))
    parameters = urlencode([("page", name), ("size", str(size))], quote_via=quote)
    return f'Link=<{base.scheme}://{base.netloc}/v1.0{visit.place.spot}?{parameters}>;rel="{relation}";'
