"""The promises of the subscriptions, in every world."""

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from chalicelib.domain.errors import Conflict, DuplicateSubscription, ReceiptTaken
from chalicelib.domain.record import Routed, Version
from chalicelib.domain.subscription import (
    ANY_ORDER,
    EVENTS,
    Callback,
    Digest,
    Mailbox,
    NumberFormat,
    Route,
)  # fmt: skip
from tests.domain.samples import START, at, key
from tests.store.worlds import (
    ACCOUNT,
    SICK,
    Stores,
    added,
    heard,
    mailed,
    noted,
    placed,
    receipt,
    recorded,
    subscription,
)


def test_a_callback_is_read_back_as_it_wasadded(stores: Stores) -> None:
    target = Callback(
        url="https://h.example/ü", secret="whsec_1", username="u", password="p", public_key="k",
        number_format=NumberFormat.E164,
    )  # fmt: skip
    full = replace(
        subscription(order=key(1), after=3), target=target, expires_at=at(99), status="503", status_at=at(5),
        health=SICK, version=4,
    )  # fmt: skip
    added(stores, full)
    assert stores.subscriptions.get(ACCOUNT, full.id) == full


def test_a_mailbox_is_read_back_as_it_wasadded(stores: Stores) -> None:
    full = replace(mailed(7, "Ann@Example.net"), target=Mailbox(email="Ann@Example.net", digest=Digest.DAILY))
    added(stores, full)
    assert stores.subscriptions.get(ACCOUNT, full.id) == full


def test_a_subscription_to_an_event_is_read_back_as_it_wasadded(stores: Stores) -> None:
    full = replace(
        subscription(), order_type=None, event_type="MESSAGING_LOST", routes=(Route(type=EVENTS, since=START),)
    )
    added(stores, full)
    assert stores.subscriptions.get(ACCOUNT, full.id) == full


@pytest.mark.parametrize("odd", ["", "x" * 5000, "\ud800", "a#b"])
def test_an_id_that_nobody_has_gives_nothing(stores: Stores, odd: str) -> None:
    added(stores, subscription())
    assert stores.subscriptions.get(ACCOUNT, odd) is None
    assert stores.subscriptions.get(ACCOUNT, str(UUID(int=1))) is None
    assert stores.subscriptions.get("9900001", subscription().id) is None
    assert stores.subscriptions.tagged(ACCOUNT, "0123456789") is None


def test_a_subscription_is_found_by_its_tag(stores: Stores) -> None:
    added(stores, subscription(7), subscription(8))
    assert stores.subscriptions.tagged(ACCOUNT, subscription(8).tag) == subscription(8)
    assert stores.subscriptions.tagged("9900001", subscription(8).tag) is None


def test_all_of_an_account_are_listed_oldest_first(stores: Stores) -> None:
    added(stores, subscription(9), subscription(7), subscription(8), replace(subscription(6), account="9900001"))
    assert list(stores.subscriptions.all(ACCOUNT)) == [subscription(7), subscription(8), subscription(9)]


def test_nobody_subscribes_twice_to_the_same_with_the_same_target(stores: Stores) -> None:
    added(stores, subscription(7, url="https://h/"), mailed(20, "ann@example.net"))
    for same in (subscription(8, url="https://h/"), mailed(21, "ANN@example.NET")):
        with pytest.raises(DuplicateSubscription):
            stores.subscriptions.add(same, now=START, receipt=receipt())
        assert stores.subscriptions.get(ACCOUNT, same.id) is None
    assert stores.receipts.receipt("r", now=at(0)) is None
    assert len(heard(stores)) == 2
    added(
        stores,
        subscription(9, url="https://h/other"),
        subscription(10, url="https://h/", order=key(1)),
        replace(subscription(11, url="https://h/"), account="9900001"),
        replace(subscription(12, url="https://h/"), routes=(Route(type="disconnects", since=START),)),
    )


def test_a_claim_is_taken_over_from_one_that_has_expired(stores: Stores) -> None:
    old = replace(subscription(7, url="https://h/"), expires_at=at(10))
    new = subscription(8, url="https://h/")
    added(stores, old)
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.add(new, now=at(9))
    stores.subscriptions.add(new, now=at(10))
    assert heard(stores) == [old.id, new.id]  # the old one hears what was written before
    assert stores.subscriptions.remove_expired(old) is True
    assert heard(stores) == [new.id]
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.add(subscription(9, url="https://h/"), now=at(20))


def test_of_two_that_want_the_same_one_gets_it(stores: Stores) -> None:
    barrier, outcomes = threading.Barrier(4, timeout=30), []

    def subscribe(number: int) -> None:
        barrier.wait()
        try:
            stores.subscriptions.add(subscription(number, url="https://h/"), now=START)
            outcomes.append("added")
        except DuplicateSubscription:
            outcomes.append("duplicate")

    threads = [threading.Thread(target=subscribe, args=(number,)) for number in range(7, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["added", "duplicate", "duplicate", "duplicate"]
    assert len(stores.subscriptions.all(ACCOUNT)) == len(heard(stores)) == 1


def test_an_orders_version_is_held_while_somebody_subscribes_to_it(stores: Stores) -> None:
    order = placed(stores)
    version = Version(order.key, order.version)
    recorded(stores, noted(order))
    one = subscription(order=order.key, after=order.version)
    with pytest.raises(Conflict):
        stores.subscriptions.add(one, now=START, at=[version])
    assert (stores.subscriptions.get(ACCOUNT, one.id), heard(stores)) == (None, [])
    stores.subscriptions.add(one, now=START, at=[Version(order.key, order.version + 1)])
    assert heard(stores) == [one.id]


def test_a_receipt_keeps_a_subscription_from_being_made_again(stores: Stores) -> None:
    stores.subscriptions.add(subscription(7), now=START, receipt=receipt())
    with pytest.raises(ReceiptTaken):
        stores.subscriptions.add(subscription(8), now=START, receipt=receipt())
    with pytest.raises(ReceiptTaken):
        stores.subscriptions.add(subscription(7), now=START, receipt=receipt())
    assert heard(stores) == [subscription(7).id]


def test_routes_are_those_of_the_order_then_those_of_all(stores: Stores) -> None:
    added(stores, subscription(7), subscription(9, order=key(1), after=4), subscription(8, order=key(2)))
    page = stores.subscriptions.routes(key(1))
    assert page.routes == (Routed(subscription(9).id, 4), Routed(subscription(7).id, 0))
    assert page.next is None
    assert stores.subscriptions.routes(key(1, "disconnects")).routes == ()
    assert stores.subscriptions.routes(replace(key(1), account="9900001")).routes == ()


def test_many_routes_are_read_in_pages(stores: Stores) -> None:
    ones = [subscription(number, order=key(1)) for number in range(1000, 1030)]
    every = [subscription(number) for number in range(1030, 1060)]
    added(stores, *every, *ones)
    seen: list[str] = []
    start, pages = None, 0
    while True:
        page = stores.subscriptions.routes(key(1), start=start, limit=20)
        seen += [route.subscription_id for route in page.routes]
        start, pages = page.next, pages + 1
        if start is None:
            break
    assert pages == 3
    assert seen == [each.id for each in (*ones, *every)]
    whole = stores.subscriptions.routes(key(1), limit=60)
    assert (len(whole.routes), whole.next) == (60, None)
    first = stores.subscriptions.routes(key(1), limit=30)
    assert first.next is not None
    second = stores.subscriptions.routes(key(1), start=first.next, limit=30)
    assert ([route.subscription_id for route in second.routes], second.next) == ([each.id for each in every], None)


def test_a_subscription_may_have_ninety_routes(stores: Stores) -> None:
    routes = tuple(Route(type="portins", order_id=str(UUID(int=n)), since=START, after=n) for n in range(1, 91))
    wide = replace(subscription(), routes=routes)
    added(stores, wide)
    assert stores.subscriptions.get(ACCOUNT, wide.id) == wide
    for number in (1, 45, 90):
        assert stores.subscriptions.routes(key(number)).routes == (Routed(wide.id, number),)
    assert stores.subscriptions.remove(wide) is True
    assert all(heard(stores, key(number)) == [] for number in (1, 45, 90))


def test_a_hundred_years_are_a_time_like_any_other(stores: Stores) -> None:
    lasting = replace(subscription(), expires_at=START + timedelta(seconds=3_153_600_000))
    added(stores, lasting)
    assert stores.subscriptions.get(ACCOUNT, lasting.id) == lasting
    assert lasting.routes[0].order_id == ANY_ORDER
