"""No list costs more because an account has grown: the same reads with ten orders and with a thousand."""

from dataclasses import replace
from uuid import UUID

import pytest

from chalicelib.domain.query import EXAMINED, OrderQuery, Span
from chalicelib.store import keys
from chalicelib.store.adapters import Tables
from chalicelib.store.rows import OrderRow
from infra.local.store import LocalStore
from infra.local.store.listing import _parts
from tests.domain.samples import at, key
from tests.store.meter import metered
from tests.store.test_queries import of_kind, sent
from tests.store.worlds import asked, moved, recorded

INDEXED = {
    "by state": asked(statuses=frozenset({"FOC"})),
    "by states": asked(statuses=frozenset({"FOC", "CANCELLED"})),
    "by date": asked(created=Span(at(-100), at(100))),
    "by state and date": asked(statuses=frozenset({"FOC"}), created=Span(at(-100), at(2))),
    "by customer order id": asked(customer_order_id="PO 1"),
    "by number": asked(number="2015550100"),
    "by billing number": asked(billing="9195550000"),
    "by number, with details": asked(number="2015550100", detailed=True),
    "by number and user": asked(number="2015550100", user="ann"),
}


def wanted(dynamo: Tables) -> None:
    """Three orders that the lists find."""
    for number in (1, 2, 3):
        details = sent("2015550100", billing="9195550000", customer="PO 1")
        recorded(dynamo, moved(recorded(dynamo, of_kind(number, details, number)), "FOC"))


def crowd(first: int, last: int) -> None:
    """Other orders, later than those: heads alone, which is all that indexes and lists see of them."""
    like = next(iter(OrderRow.query(keys.order(of_kind(1, (), 1).order.key), OrderRow.sk == keys.HEAD)))
    with OrderRow.batch_write() as batch:
        for number in range(first, last):
            other = dict(like.attribute_values)
            other["pk"] = keys.order(key(number))
            other["listed_at"] = keys.listed_at(f"2026-11-25T10:{number % 60:02}:00.000Z", str(UUID(int=number)))
            other["standing"] = keys.standing("9900000", "portins", "EXCEPTION")
            other["lookup"] = f"another {number}"
            batch.save(OrderRow(**other))


def bills(dynamo: Tables) -> dict[str, str]:
    """What each list costs now, and how long it is."""
    found = {}
    for name, query in INDEXED.items():
        with metered(dynamo.ledger.connection) as bill:
            page = dynamo.ledger.page(query)
        found[name] = f"{bill} for {len(page.orders)} of {page.total}"
    return found


def test_reads_do_not_grow_with_the_account(dynamo: Tables) -> None:
    wanted(dynamo)
    crowd(10, 17)
    few = bills(dynamo)
    assert {bill.split(" for ")[1] for bill in few.values()} <= {"3 of 3", "2 of 2", "1 of 1"}
    crowd(17, 1007)
    assert bills(dynamo) == few


def test_a_filter_without_an_index_is_bounded_and_goes_on(dynamo: Tables) -> None:
    wanted(dynamo)
    crowd(10, 310)
    bounded = replace(dynamo.ledger, examined=100)
    query = asked(
        user="ann", modified_by="desk", statuses=frozenset({"FOC", "EXCEPTION"}), created=Span(before=at(500))
    )
    assert [len(dynamo.ledger.page(query).orders)] == [3]
    beyond = asked(id_prefix="00000003-0000-4000-8000")
    pages, start = [], None
    for _ in range(9):
        page = bounded.page(replace(beyond, start=start))
        pages.append(len(page.orders))
        start = page.next
        if start is None:
            break
    assert pages == [0, 0, 0, 1]  # the 303 orders, a hundred at a time: never cut without a link that leads on
    with metered(dynamo.ledger.connection) as bill:
        bounded.page(beyond)
    assert bill.reads <= 100


@pytest.mark.parametrize("query", [asked(), *INDEXED.values()], ids=["all", *INDEXED])
def test_sqlite_reads_every_list_from_an_index(query: OrderQuery) -> None:
    store = LocalStore.in_memory()
    try:
        for sql, values in _parts(query, (0, "x")):
            plan = store.reads.rows(f"EXPLAIN QUERY PLAN {sql} ORDER BY created_at DESC, id DESC LIMIT 9", values)
            steps = [str(row[3]) for row in plan]
            assert all(step.startswith("SEARCH") for step in steps), steps
    finally:
        store.close()
    assert EXAMINED == 1000
