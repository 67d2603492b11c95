"""What an order type is written in: which documents its requests and answers are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document
from chalicelib.wire.documents.supplements import AnySupplement
from chalicelib.wire.problems import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of a list. The links are URLs; `first` is None where the list is not paged, `next` on the last page.

    `detailed`: the orders hold what was sent, and whole orders are asked for in place of rows. `included`: what rows
    are to hold beside the usual, of LAST_NOTE and SUPP_COUNT.
    """

    orders: Sequence[Order]
    total: int
    first: str | None
    next: str | None
    detailed: bool = False
    included: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The documents of one order type. `roots` are the request's; `refused` and `missing` give the error documents.

    A supplement is a `supplement`, under one of `supplement_roots` or of `roots`; `supplemented` answers it from the
    order and what was sent, where it is not answered as a request is. `replaced`: its PUT is of the whole order.
    `cancelled` answers a cancel.
    """

    request: type[Document]
    roots: tuple[str, ...]
    placed: Callable[[Order, Entry], Document]
    shown: Callable[[Order], Document]
    listed: Callable[[Listing], Document]
    refused: Callable[[Refusal], Document]
    missing: Callable[[Refusal], Document]
    wants_draft: Callable[[Details], bool] = lambda _details: False
    supplement: type[Document] = AnySupplement
    supplement_roots: tuple[str, ...] = ()
    supplemented: Callable[[Order, Details], Document] | None = None
    replaced: bool = False
    cancelled: Callable[[], Document] | None = None
    placed_status: int = 201
    page_size: int = 300
