"""Documents about supplements and cancels, for the golden files."""

from collections.abc import Callable
from datetime import UTC, datetime

from chalicelib.domain import decide
from chalicelib.domain.commands import Cancel, CreateOrder, MoveOrder, Supplement
from chalicelib.domain.decide.entries import entry
from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry, Kind
from chalicelib.domain.errors import Refused
from chalicelib.domain.order import Failure, Order
from chalicelib.domain.order_types import order_type
from chalicelib.wire import reading, tree
from chalicelib.wire.document import Document
from chalicelib.wire.documents import history, papers_of, supplements
from chalicelib.wire.examples import EXAMPLES
from chalicelib.wire.problems import refusal
from chalicelib.wire.tree import Syntax

AT = datetime(2026, 3, 4, 5, 6, 7, 89_000, tzinfo=UTC)
ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
CHILD = "0b6f3a2e-9d0e-4e0e-8a59-0a3c7d2f1b11"
ADDRESS = "<Subscriber><ServiceAddress><City>Apex</City></ServiceAddress></Subscriber>"
BODIES = {
    "portins": f"<LnpOrderSupp><RequestedFocDate>2026-03-27T13:00:00Z</RequestedFocDate>{ADDRESS}</LnpOrderSupp>",
    "orders": "<Order><Name>summer numbers</Name></Order>",
    "portouts": "<PortOutRequest><PortOutAction>MODIFY</PortOutAction></PortOutRequest>",
    "dldas": "<DldaOrder><CustomerOrderId>DL 2</CustomerOrderId></DldaOrder>",
    "lsrorders": "<LsrOrder><CustomerOrderId>LSR 2</CustomerOrderId></LsrOrder>",
    "csrs": "<Csr><CustomerOrderId>CSR 2</CustomerOrderId></Csr>",
    "bulkPortins": "<BulkPortin><CustomerOrderId>BULK 2</CustomerOrderId></BulkPortin>",
}
WAITING = {"orders": ("BACKORDERED",), "csrs": ("PROCESSING",), "lsrorders": ("EXCEPTION",)}


def order_in(resource: str, *states: str) -> tuple[Order, list[Entry]]:
    """An order of a type that went through these states, with its journal."""
    papers = papers_of(order_type(resource))
    read = reading.document(tree.read(EXAMPLES[resource].encode(), Syntax.XML), papers.request, *papers.roots)[1]
    command = CreateOrder(account="9900000", type=resource, details=read, by="desk")
    change = decide.create(command, order_id=ID, at=AT)
    order, journal = change.order, list(change.entries)
    for status in states:
        change = decide.move(order, MoveOrder(order=order.key, status=status, by="operator"), at=AT)
        order, journal = change.order, [*journal, *change.entries]
    return order, journal


def sent(resource: str) -> Details:
    """What a supplement says."""
    papers = papers_of(order_type(resource))
    body = tree.read(BODIES[resource].encode(), Syntax.XML)
    return reading.document(body, papers.supplement, *papers.supplement_roots, *papers.roots)[1]


def supplemented(resource: str) -> tuple[Order, list[Entry]]:
    """An order that its client has changed, with its journal."""
    order, journal = order_in(resource, *WAITING.get(resource, ()))
    command = Supplement(order=order.key, details=sent(resource), by="desk")
    change = decide.supplement(order, command, at=AT)
    return change.order, [*journal, *change.entries]


def answer(resource: str) -> Document:
    """The answer to a supplement."""
    papers, (order, _) = papers_of(order_type(resource)), supplemented(resource)
    if papers.supplemented is None:
        return papers.placed(order, entry(order, Kind.DETAILS, previous=None))
    return papers.supplemented(order, sent(resource))


def barred(resource: str, *states: str, cancel: bool = False) -> Document:
    """The answer where the order's state does not allow it."""
    order = order_in(resource, *states)[0]
    try:
        if cancel:
            decide.cancel(order, Cancel(order=order.key, by="desk"), at=AT)
        decide.supplement(order, Supplement(order=order.key, details=sent(resource), by="desk"), at=AT)
    except Refused as error:
        return papers_of(order_type(resource)).refused(refusal(error, () if cancel else sent(resource)))
    raise AssertionError(f"{resource} {states} was not barred")


def failed() -> Document:
    """A port-in that the losing carrier has rejected."""
    order = order_in("portins")[0]
    wrong = (Failure("7999", "The name does not match.", ("2015550100",)), Failure("7205", "On another order."))
    move = MoveOrder(order=order.key, status="EXCEPTION", by="operator", failures=wrong)
    return papers_of(order.type).shown(decide.move(order, move, at=AT).order)


def cancelled() -> Document:
    """The answer to the cancel of a port-out; those of the other types are empty."""
    made = papers_of(order_type("portouts")).cancelled
    assert made is not None
    return made()


def bulk() -> Order:
    """A bulk port-in with numbers and a port-in."""
    order = order_in("bulkPortins")[0]
    parts = (("TnList", (("TN", "2015550100"),)), ("PortinList", (("PortinOrderId", CHILD),)))
    command = Supplement(order=order.key, details=parts, by="desk", leads="VALIDATE_DRAFT_TNS", inner=True)
    return decide.supplement(order, command, at=AT).order


SAMPLES: dict[str, Callable[[], Document]] = {
    **{f"{resource}-supplemented": lambda resource=resource: answer(resource) for resource in BODIES},  # type: ignore[misc] # because a default binds the loop's value
    "portins-failed": failed,
    "portins-barred": lambda: barred("portins", "CANCELLED"),
    "portins-not-cancelled": lambda: barred("portins", "FOC", "COMPLETE", cancel=True),
    "orders-barred": lambda: barred("orders"),
    "dldas-barred": lambda: barred("dldas", "PROCESSING"),
    "lsrorders-barred": lambda: barred("lsrorders", "COMPLETE"),
    "csrs-barred": lambda: barred("csrs"),
    "bulkPortins-not-cancelled": lambda: barred(
        "bulkPortins", "VALIDATE_DRAFT_TNS", "VALID_DRAFT_TNS", "IN_PROGRESS", cancel=True
    ),
    "portouts-cancelled": cancelled,
    "history-of-a-supplement": lambda: history.of(*supplemented("portins")),
    "journal-of-a-supplement": lambda: history.journal(supplemented("portins")[1]),
    "bulkPortins-numbers": lambda: supplements.numbers_of(bulk()),
    "bulkPortins-children": lambda: supplements.children_of(bulk()),
}
