"""The promises of the ledger about filters: a list is what a person would pick out by hand, and no page loses any."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain import decide
from chalicelib.domain.commands import AddNote, CreateOrder, MoveOrder
from chalicelib.domain.details import Details
from chalicelib.domain.entry import Kind
from chalicelib.domain.errors import OrderNotFound
from chalicelib.domain.handle import Handle, Handled, handles
from chalicelib.domain.order import Change, Order
from chalicelib.domain.query import OrderQuery, Span
from tests.domain.samples import at
from tests.store.worlds import ACCOUNT, Stores, asked, placed, recorded, soon

ACCOUNTS = count()
"""A new account for each list of orders: the store is the same for all of them."""

PHONES = ("2015550100", "2015550101", "+12015550102")
STEPS = ("FOC", "EXCEPTION", "CANCELLED", "REQUESTED_SUPP")


def sent(*numbers: str, billing: str | None = None, customer: str | None = None, site: str = "743") -> Details:
    """A port-in's details."""
    listed = tuple(("PhoneNumber", number) for number in numbers)
    return (
        ("SiteId", site),
        *((("CustomerOrderId", customer),) if customer else ()),
        *((("BillingTelephoneNumber", billing),) if billing else ()),
        ("ListOfPhoneNumbers", listed),
    )


def picked(orders: list[Order], query: OrderQuery) -> list[Order]:
    """The list as a person would pick it: every order looked at, with its details."""

    def fits(order: Order) -> bool:
        named = query.number is None or Handled(Handle.NUMBER, query.number) in handles(order)
        return named and query.matches(order)

    found = sorted((order for order in orders if fits(order)), key=lambda order: (order.created_at, order.key.id))
    found = found if query.oldest_first else found[::-1]
    return [replace(order, details=()) for order in found]


def all_pages(stores: Stores, query: OrderQuery) -> Iterator[Order]:
    """Every order of the list, page after page."""
    start: str | None = None
    for _ in range(100):
        page = stores.ledger.page(replace(query, start=start))
        yield from page.orders
        start = page.next
        if start is None:
            return
    raise AssertionError("the list has no end")


def of_kind(number: int, details: Details, when: int, **how: Any) -> Change:  # noqa: ANN401 because the rest is CreateOrder's own
    command = CreateOrder(**{"account": ACCOUNT, "type": "portins", "details": details, "by": "ann", **how})
    return decide.create(command, order_id=f"{number:08x}-0000-4000-8000-{number:012x}", at=at(when))


DETAILS = st.builds(
    sent, st.sampled_from(PHONES), st.sampled_from(PHONES), billing=st.sampled_from((None, *PHONES, "9195550000")),
    customer=st.sampled_from((None, "PO 1", "PO 2")), site=st.sampled_from(("743", "744")),
)  # fmt: skip
PLACED = (DETAILS, st.integers(0, 9), st.sampled_from((None, *STEPS)), st.booleans(), st.sampled_from(("ann", "bob")))
ORDERS = st.lists(st.tuples(*PLACED), max_size=12)
SPANS = st.builds(
    Span, st.none() | st.integers(0, 9).map(at), st.none() | st.integers(0, 9).map(at)
)  # fmt: skip
QUERIES = st.builds(
    OrderQuery, account=st.just(ACCOUNT), type=st.just("portins"), size=st.integers(1, 5), oldest_first=st.booleans(),
    drafts=st.booleans(), created=SPANS, modified=st.just(Span()) | SPANS,
    statuses=st.frozensets(st.sampled_from(("SUBMITTED", "FOC", "CANCELLED", "DRAFT")), max_size=3),
    customer_order_id=st.sampled_from((None, None, "PO 1", "PO 3")), number=st.sampled_from((None, None, "2015550102")),
    billing=st.sampled_from((None, None, "2015550100", "9195550000")), user=st.sampled_from((None, None, "bob")),
    modified_by=st.sampled_from((None, None, "desk")), id_prefix=st.sampled_from((None, None, "00000003")),
    site=st.sampled_from((None, None, "744")),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=ORDERS, query=QUERIES)
def test_a_list_is_what_a_person_would_pick_page_by_page(stores: Stores, orders: list[Any], query: OrderQuery) -> None:
    account = f"A{next(ACCOUNTS)}"
    query = replace(query, account=account)
    kept = []
    for number, (details, when, step, draft, by) in enumerate(orders, start=1):
        order = recorded(stores, of_kind(number, details, when, account=account, draft=draft, by=by))
        if step and step in order.type.allowed(order.status):
            command = MoveOrder(order=order.key, status=step, by="desk")
            order = recorded(stores, decide.move(order, command, at=at(when + 3)))
        kept.append(order)
    expected = picked(kept, query)
    soon(lambda: list(all_pages(stores, query)), expected)
    soon(lambda: stores.ledger.total(query), len(expected))
    assert stores.ledger.page(query).total == len(expected)


def test_no_order_is_missed_or_shown_twice_while_others_come_and_go(stores: Stores) -> None:
    orders = [placed(stores, number, when=at(number)) for number in range(1, 8)]
    query = asked(size=2, statuses=frozenset({"SUBMITTED"}))
    soon(lambda: stores.ledger.page(query).total, 7)
    seen, start, number = [], None, 20
    while True:
        page = stores.ledger.page(replace(query, start=start))
        seen += [order.key for order in page.orders]
        placed(stores, number, when=at(number))  # newer than all that is shown
        placed(stores, number + 100, when=at(-number))  # older than all: it may be seen at the end
        number, start = number + 1, page.next
        if start is None or number > 40:
            break
    assert len(seen) == len(set(seen))
    assert {order.key for order in orders} <= set(seen)


def test_details_are_loaded_with_the_page_and_cut_it_where_they_are_too_long(stores: Stores) -> None:
    small = [placed(stores, number, when=at(number)) for number in (1, 2, 3)]
    query = asked(detailed=True)
    soon(lambda: stores.ledger.page(query).orders, tuple(reversed(small)))
    long: Details = (*sent(PHONES[0]), ("Note", "x" * 1_000_000))
    large = [recorded(stores, of_kind(number, long, number)) for number in range(11, 16)]
    soon(lambda: stores.ledger.page(query).total, 8)
    page = stores.ledger.page(query)
    assert page.orders == tuple(reversed(large))[:2]
    assert page.next == large[2].key.id
    assert list(all_pages(stores, query)) == [*reversed(large), *reversed(small)]


def test_an_order_is_found_by_what_a_supplement_names_and_no_more_by_what_it_named(stores: Stores) -> None:
    order = recorded(stores, of_kind(1, sent("2015550100", "2015550101", billing="9195550000", customer="PO 1"), 1))
    soon(lambda: stores.ledger.page(asked(number="2015550101")).total, 1)
    soon(lambda: stores.ledger.page(asked(billing="9195550000")).total, 1)
    changed = recorded(stores, resent(order, sent("2015550100", "2015550199", customer="PO 1")))
    soon(lambda: stores.ledger.page(asked(number="2015550199")).orders, (replace(changed, details=()),))
    soon(lambda: stores.ledger.page(asked(number="2015550100")).total, 1)
    soon(lambda: stores.ledger.page(asked(number="2015550101")).total, 0)
    soon(lambda: stores.ledger.page(asked(billing="9195550000")).total, 0)


def test_an_order_is_found_by_each_of_thousands_of_numbers(stores: Stores) -> None:
    numbers = [f"201{number:07}" for number in range(1200)]
    order = recorded(stores, of_kind(1, sent(*numbers), 1))
    for number in (numbers[0], numbers[600], numbers[-1]):
        soon(partial(_total, stores, number), 1)
    changed = recorded(stores, resent(order, sent(*numbers[600:], "3015550100")))
    soon(lambda: stores.ledger.page(asked(number=numbers[0])).total, 0)
    soon(lambda: stores.ledger.page(asked(number="3015550100")).orders, (replace(changed, details=()),))
    soon(lambda: stores.ledger.page(asked(number=numbers[-1])).total, 1)
    assert stores.ledger.order(order.key) == changed
    assert len(stores.ledger.entries(order.key)) == changed.version


def _total(stores: Stores, number: str) -> int:
    return stores.ledger.page(asked(number=number)).total


def resent(order: Order, details: Details) -> Change:
    """A supplement that replaces all that was sent."""
    noted = decide.add_note(order, AddNote(order=order.key, text="changed", by="ann"), at=at(50))
    entry = replace(noted.entries[0], kind=Kind.DETAILS, note_id=None, note=None)
    facts = tuple((name, value) for name, value in details if isinstance(value, str) and name in order.type.facts)
    return Change(order.version, replace(noted.order, details=details, facts=facts), (entry,), rewrites=True)


@pytest.mark.parametrize("start", ["", "x", "\ud800", "0" * 3000])
def test_a_page_that_begins_nowhere_is_no_page(stores: Stores, start: str) -> None:
    with pytest.raises(OrderNotFound):
        stores.ledger.page(asked(start=start))


@pytest.mark.parametrize("odd", ["\ud800", "é", "#", "x" * 5000, "%23"])
def test_no_value_is_too_odd_to_be_looked_up(stores: Stores, odd: str) -> None:
    mine = recorded(stores, of_kind(1, (("PON", odd), ("SiteId", "1")), 1, type="portouts"))
    query = asked(type="portouts", pon=odd)
    if odd != "\ud800":
        soon(lambda: [order.key for order in stores.ledger.page(query).orders], [mine.key])
    assert stores.ledger.page(replace(query, pon=odd + "?")).orders == ()
