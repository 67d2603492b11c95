"""The weak mode is weak: each thing that DynamoDB does not promise is seen not to hold, and no promise is broken."""

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chalicelib.domain.delivery import Letter
from chalicelib.domain.order import Order
from chalicelib.domain.query import OrderQuery
from chalicelib.domain.subscription import Route
from infra.local.store import LocalStore
from tests.domain.samples import START, at, subscription
from tests.local.process import until
from tests.local.store.work import cursor, delivered, note, noting, place, placing, take
from tests.store.limits import TooMuch
from tests.store.weak import WeakStore, weak

SEEDS = range(20)


@pytest.fixture
def stores() -> Iterator[list[WeakStore]]:
    """One for each seed."""
    made = [weak(LocalStore.in_memory(), seed) for seed in SEEDS]
    yield made
    for store in made:
        store.close()


@pytest.fixture
def store(stores: list[WeakStore]) -> WeakStore:
    return stores[0]


def listed(order: Order, *, start: str | None = None) -> OrderQuery:
    """The list that an order is in."""
    return OrderQuery(account=order.key.account, type=order.key.type, start=start, size=9)


def test_an_index_may_lag_by_one_write_and_catches_up(stores: list[WeakStore]) -> None:
    first_looks = set()
    for store in stores:
        one, two = place(store, 1).key, place(store, 2).key
        first_looks.add(len(store.ledger.unannounced(before=at(1), limit=9)))
        assert set(store.ledger.unannounced(before=at(1), limit=9)) == {one, two}
    assert first_looks == {1, 2}


def test_every_index_lags(stores: list[WeakStore]) -> None:
    late: dict[str, set[int]] = defaultdict(set)
    for store in stores:
        order = place(store, 1)
        late["page"].add(store.ledger.page(listed(order)).total)
        store.cursors.want(cursor(order), 1, after=0, now=START)
        late["due"].add(len(store.cursors.due(before=at(1), limit=9)))
        store.subscriptions.add(subscription(expires_at=START), now=START)
        late["expired"].add(len(store.subscriptions.expired(before=at(1), limit=9)))
    assert late == {"page": {0, 1}, "due": {0, 1}, "expired": {0, 1}}


def test_a_consistent_read_never_lags(stores: list[WeakStore]) -> None:
    for store in stores:
        order = place(store)
        for version in range(2, 6):
            order = note(store, order, f"{version}")
            assert store.ledger.order(order.key) == order
            assert store.ledger.marked(order.key) == version
            assert len(store.ledger.notes(order.key)) == version - 1


def test_a_page_can_begin_at_an_order_that_the_index_has_not_seen(stores: list[WeakStore]) -> None:
    for store in stores:
        order = place(store)
        page = store.ledger.page(listed(order, start=order.key.id))
        assert [found.key for found in page.orders] in ([], [order.key])


def test_the_feed_repeats_and_mixes_orders_but_keeps_each_in_its_order(stores: list[WeakStore]) -> None:
    repeated = mixed = 0
    for store in stores:
        orders = [place(store, number) for number in (1, 2, 3)]
        for _ in range(4):
            orders = [note(store, order) for order in orders]
        at = 0
        seen: dict[str, list[int]] = defaultdict(list)
        while batch := store.feed(at, 4):
            mixed += [entry.order.id for _, entry in batch] != sorted(entry.order.id for _, entry in batch)
            for _, entry in batch:
                repeated += entry.number in seen[entry.order.id]
                seen[entry.order.id].append(entry.number)
            assert batch[-1][0] > at or repeated
            at = max(at, batch[-1][0])
        for numbers in seen.values():
            assert list(dict.fromkeys(numbers)) == [1, 2, 3, 4, 5]
    assert repeated
    assert mixed


def test_what_is_tried_in_vain_leaves_nothing_behind(stores: list[WeakStore]) -> None:
    for store in stores:
        order = note(store, place(store))
        assert [entry.number for entry in store.ledger.entries(order.key)] == [1, 2]
        ref = cursor(order)
        assert store.cursors.want(ref, 2, after=0, now=START)
        taken = take(store, ref)
        assert taken is not None
        assert taken.lost == 1


def test_many_threads_may_use_it(store: WeakStore) -> None:
    def write(number: int) -> None:
        order = place(store, number)
        for _ in range(10):
            order = note(store, order)
            store.ledger.unannounced(before=at(1), limit=9)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert until(lambda: len(store.ledger.unannounced(before=at(1), limit=99)) == 8, what="the index")


def test_an_item_above_400_kb_is_refused(store: WeakStore) -> None:
    order = place(store)
    long = noting(order, "hello")
    huge = replace(long, entries=(replace(long.entries[0], message="x" * 400_001),))
    with pytest.raises(TooMuch, match="an item of 4"):
        store.ledger.record(huge)
    ref = cursor(order)
    store.cursors.want(ref, 1, after=0, now=START)
    taken = take(store, ref)
    assert taken is not None
    letter = Letter(message_id="m", content_type="text/xml", body=b"x" * 400_001)
    with pytest.raises(TooMuch):
        store.cursors.not_told(taken, replace(delivered(ref, 1), letter=letter), due=START)
    assert store.ledger.order(order.key) == order


def test_details_of_a_megabyte_are_taken(store: WeakStore) -> None:
    details = (("Comment", "x" * 1024 * 1024),)
    change = placing(1)
    store.ledger.record(replace(change, order=replace(change.order, details=details)))
    assert store.ledger.order(change.order.key).details == details


def routes(count: int) -> tuple[Route, ...]:
    return tuple(Route(type="portins", order_id=f"{number}", since=START) for number in range(count))


def test_ninety_routes_are_taken_and_a_hundred_are_not(store: WeakStore) -> None:
    wide = subscription(*routes(90))
    store.subscriptions.add(wide, now=START)
    store.subscriptions.replace(replace(wide, version=2), old=wide, now=START)
    with pytest.raises(TooMuch, match="102 items"):
        store.subscriptions.replace(
            replace(wide, version=3, routes=routes(99)), old=replace(wide, version=2), now=START
        )
    kept = store.subscriptions.get(wide.account, wide.id)
    assert kept is not None
    assert kept.routes == wide.routes


def test_two_writes_to_one_item_are_refused(store: WeakStore) -> None:
    change = noting(place(store), "hello")
    with pytest.raises(TooMuch, match="two writes"):
        store.ledger.record(replace(change, notes=change.notes * 2))
