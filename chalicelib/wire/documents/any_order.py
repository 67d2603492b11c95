"""The documents of the types that differ in little but names: what was sent, among what the desk adds.

`names` says what they are called and what is added, `own` what that holds; the requests are models of their own.
"""

from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from typing import Any

from pydantic_xml import create_model, element

from chalicelib.domain.details import Details, every, telephone_numbers
from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document
from chalicelib.wire.documents import failures, lists
from chalicelib.wire.documents.echoes import divided
from chalicelib.wire.documents.names import Names
from chalicelib.wire.documents.own import NAMES as OWN
from chalicelib.wire.documents.own import own
from chalicelib.wire.documents.papers import Listing, Papers
from chalicelib.wire.names import json_name
from chalicelib.wire.problems import Refusal

LARGEST_LIST = 1000

_APART = frozenset({"tnlist", "portinlist"})
"""Elements of bulk port-ins that have places of their own, in lower case."""


def papers(names: Names) -> Papers:
    """The documents of a type that is spelled like this."""
    return Papers(
        request=_request(names.model), roots=(names.request,),
        placed=partial(_placed, names), shown=partial(_shown, names), listed=partial(_listed, names),
        refused=partial(_refused, names), missing=partial(_missing, names),
        page_size=300 if names.linked else LARGEST_LIST, replaced=names.request == "BulkPortin",
    )  # fmt: skip


def _request(model: str) -> type[Document]:
    """The model of a request; its module is loaded when the first order of the type comes by."""
    module, _, name = model.partition(":")
    found: type[Document] = getattr(import_module(f"chalicelib.wire.documents.{module}"), name)
    return found


@cache
def _known(names: Names) -> type[Document]:
    """What is known of an order that is given back: its request, its errors, its result."""
    model = _request("porting:CsrShown") if names.request == "Csr" else _request(names.model)
    return create_model(
        f"{names.request}Shown",
        __base__=model,
        error_list=(failures.Failed | None, element("ErrorList", default=None)),
        errors=(failures.Failed | None, element("Errors", default=None)),
        lsr_order_errors=(failures.LsrFailed | None, element("LsrOrderErrors", default=None)),
        total_quantity=(int | None, element("TotalQuantity", default=None)),
        failed_quantity=(int | None, element("FailedQuantity", default=None)),
        pon_version=(int | None, element("PonVersion", default=None)),
        count=(int | None, element("CountOfTNs", alias="countOfTNs", default=None)),
    )


def _placed(names: Names, order: Order, entry: Entry) -> Document:
    echoed = names.placed is None or bool(names.inner)
    content = _content(names, order, entry.status, names.own if names.placed is None else names.placed, echoed=echoed)
    return _around(names, order, entry.status, content)


def _shown(names: Names, order: Order) -> Document:
    content = _content(names, order, order.status, names.own, echoed=True)
    if names.grouped:
        content = _with_full_numbers(content, *names.grouped)
    if names.inner and names.bare:
        return failures.sent(content, _known(names)).under(names.inner)
    return _around(names, order, order.status, content)


def _with_full_numbers(content: Details, groups: str, group: str) -> Details:
    """The same; each group says every number of its own as a `FullNumber`, as the compatible API shows them."""
    return tuple(
        (name, value if isinstance(value, str) else _with_full_numbers(value, groups, group))
        if name.lower() == groups
        else (name, (*(("FullNumber", number) for number in _unsaid(value)), *value))
        if name.lower() == group and not isinstance(value, str)
        else (name, value)
        for name, value in content
    )


def _unsaid(group: Details) -> list[str]:
    said = set(every(group, "FullNumber"))
    return [number for number in telephone_numbers(group, ("TelephoneNumbers",)) if number not in said]


def _around(names: Names, order: Order, status: str, content: Details) -> Document:
    if not names.inner:
        return failures.sent(content, _known(names)).under(names.response)
    whole = (*own(names.before, order, status), (names.inner, content), *own(names.after, order, status))
    return failures.sent(whole, _within(names)).under(names.response)


@cache
def _within(names: Names) -> type[Document]:
    """What is known of an answer with the order in an element of it."""
    return create_model(
        f"{names.response}Known",
        __base__=_known(names),
        inner=(_known(names) | None, element(names.inner, alias=json_name(names.inner), default=None)),
    )


def _content(names: Names, order: Order, status: str, added: tuple[str, ...], *, echoed: bool) -> Details:
    theirs = order.details if echoed else ()
    if not order.details and echoed:  # in a list; what its index says stands for what was sent
        said = (("CustomerOrderId", order.customer_order_id), *order.facts)
        theirs = tuple((name, text) for name, text in said if text)
    head, tail = divided(theirs, _reserved(names))
    last = names.last if echoed else ()
    return (*head, *own(added, order, status), *tail, *own(last, order, status))


def _reserved(names: Names) -> frozenset[str]:
    return OWN | _APART | {name.lower() for name in (*names.before, *names.own, *names.last, *names.after)}


def _listed(names: Names, listing: Listing) -> Document:
    if names.list is None:
        return (lists.selection if names.capital_rows else lists.lower_selection)(listing)
    root, row = names.list
    whole = names.whole or listing.detailed
    of_lsr = names.failure == "lsr"
    summary = lists.lsr_summary if of_lsr else lists.summary
    made: list[Document] = [
        _row(names, order) if whole else summary(order, listing.included) for order in listing.orders
    ]
    kind: type[Document] = failures.Sent if whole else lists.LsrRow if of_lsr else lists.Row
    tag = names.inner if whole and not names.whole else row
    total = listing.total if names.counted else None
    return _page(root, tag, names.around, kind)(
        total_count=total, links=lists.links(listing), rows=_rows(names.around, tag, kind)(rows=made)
        if names.around else made,
    )  # fmt: skip


def _row(names: Names, order: Order) -> Document:
    return failures.sent(_content(names, order, order.status, names.own, echoed=True), _known(names))


@cache
def _page(root: str, row: str, around: str | None, kind: type[Document]) -> Callable[..., Document]:
    """A list whose root and rows have names of their own; made when it is first asked for."""
    rows = (
        (_rows(around, row, kind), element(around, alias=json_name(around)))
        if around
        else (list[kind], element(row, alias=json_name(row), default=[]))  # type: ignore[valid-type] # because the kind of row is chosen here
    )
    return create_model(
        root,
        __tag__=root,
        __base__=Document,
        total_count=(int | None, element("TotalCount", default=None)),
        links=(lists.Links | None, element("Links", default=None)),
        rows=rows,
    )


@cache
def _rows(around: str, row: str, kind: type[Document]) -> type[Any]:
    """The element about the rows."""
    return create_model(
        around,
        __tag__=around,
        __base__=Document,
        rows=(list[kind], element(row, alias=json_name(row), default=[])),  # type: ignore[valid-type] # because the kind of row is chosen here
    )


def _refused(names: Names, refusal: Refusal) -> Document:
    errors = failures.errors(refusal)
    status = failures.PortStatus(code=str(refusal.status), description="The request was refused.")
    match names.failure:
        case "flat":
            return failures.FlatFailure(errors=errors).under(names.response)
        case "lidb":
            return failures.LidbFailure(status=status, error_list=failures.ErrorList(error=errors))
        case "csr":
            return failures.CsrFailure(errors=failures.ErrorList(error=errors))
        case "echoing" if refusal.details:
            return failures.dlda_failure(refusal, _request(names.model))
        case "lsr":
            return failures.lsr_failure(refusal, _request(names.model))
        case _:
            return failures.status_failure(names.response, refusal)


def _missing(names: Names, refusal: Refusal) -> Document:
    if names.failure == "lsr":
        return failures.lsr_failure(refusal, _request(names.model))
    if names.missing is None:
        return failures.status_failure(names.response, refusal)
    return failures.nowhere(names.missing)
