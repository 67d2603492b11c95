"""What an order type is written in: which documents its requests and answers are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document
from chalicelib.wire.problems import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of a list. The links are URLs; `next` is None on the last page."""

    orders: Sequence[Order]
    total: int
    first: str
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The documents of one order type. `roots` are the request's; `refused` and `missing` give the error documents."""

    request: type[Document]
    roots: tuple[str, ...]
    placed: Callable[[Order, Entry], Document]
    shown: Callable[[Order], Document]
    listed: Callable[[Listing], Document]
    refused: Callable[[Refusal], Document]
    missing: Callable[[Refusal], Document]
    wants_draft: Callable[[Details], bool] = lambda _details: False
    placed_status: int = 201
    page_size: int = 300
