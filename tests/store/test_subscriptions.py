"""The promises of the subscriptions, in every world."""

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from chalicelib.domain.cursor import Lease
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Conflict, DuplicateSubscription, ReceiptTaken
from chalicelib.domain.health import Health
from chalicelib.domain.record import Routed, Version
from chalicelib.domain.subscription import (
    ANY_ORDER,
    EVENTS,
    Callback,
    Digest,
    Mailbox,
    NumberFormat,
    Route,
    Subscription,
)  # fmt: skip
from tests.domain.samples import START, at, key
from tests.store.worlds import ACCOUNT, Stores, mailed, noted, placed, receipt, recorded, soon, subscription

SICK = Health(
    revision=2, failures=6, failing_since=at(1), failing_order="o", several_orders=True, open_until=at(9),
    probe=Lease("token", at(7)), disabled=True,
)  # fmt: skip


def _added(stores: Stores, *subscriptions: Subscription) -> None:
    for each in subscriptions:
        stores.subscriptions.add(each, now=START)


def _heard(stores: Stores, order: OrderKey | None = None) -> list[str]:
    return [route.subscription_id for route in stores.subscriptions.routes(order or key(1)).routes]


def test_a_callback_is_read_back_as_it_was_added(stores: Stores) -> None:
    target = Callback(
        url="https://h.example/ü", secret="whsec_1", username="u", password="p", public_key="k",
        number_format=NumberFormat.E164,
    )  # fmt: skip
    full = replace(
        subscription(order=key(1), after=3), target=target, expires_at=at(99), status="503", status_at=at(5),
        health=SICK, version=4,
    )  # fmt: skip
    _added(stores, full)
    assert stores.subscriptions.get(ACCOUNT, full.id) == full


def test_a_mailbox_is_read_back_as_it_was_added(stores: Stores) -> None:
    full = replace(mailed(7, "Ann@Example.net"), target=Mailbox(email="Ann@Example.net", digest=Digest.DAILY))
    _added(stores, full)
    assert stores.subscriptions.get(ACCOUNT, full.id) == full


def test_a_subscription_to_an_event_is_read_back_as_it_was_added(stores: Stores) -> None:
    full = replace(
        subscription(), order_type=None, event_type="MESSAGING_LOST", routes=(Route(type=EVENTS, since=START),)
    )
    _added(stores, full)
    assert stores.subscriptions.get(ACCOUNT, full.id) == full


@pytest.mark.parametrize("odd", ["", "x" * 5000, "\ud800", "a#b"])
def test_an_id_that_nobody_has_gives_nothing(stores: Stores, odd: str) -> None:
    _added(stores, subscription())
    assert stores.subscriptions.get(ACCOUNT, odd) is None
    assert stores.subscriptions.get(ACCOUNT, str(UUID(int=1))) is None
    assert stores.subscriptions.get("9900001", subscription().id) is None
    assert stores.subscriptions.tagged(ACCOUNT, "0123456789") is None


def test_a_subscription_is_found_by_its_tag(stores: Stores) -> None:
    _added(stores, subscription(7), subscription(8))
    assert stores.subscriptions.tagged(ACCOUNT, subscription(8).tag) == subscription(8)
    assert stores.subscriptions.tagged("9900001", subscription(8).tag) is None


def test_all_of_an_account_are_listed_oldest_first(stores: Stores) -> None:
    _added(stores, subscription(9), subscription(7), subscription(8), replace(subscription(6), account="9900001"))
    assert list(stores.subscriptions.all(ACCOUNT)) == [subscription(7), subscription(8), subscription(9)]


def test_nobody_subscribes_twice_to_the_same_with_the_same_target(stores: Stores) -> None:
    _added(stores, subscription(7, url="https://h/"), mailed(20, "ann@example.net"))
    for same in (subscription(8, url="https://h/"), mailed(21, "ANN@example.NET")):
        with pytest.raises(DuplicateSubscription):
            stores.subscriptions.add(same, now=START, receipt=receipt())
        assert stores.subscriptions.get(ACCOUNT, same.id) is None
    assert stores.receipts.receipt("r", now=at(0)) is None
    assert len(_heard(stores)) == 2
    _added(
        stores,
        subscription(9, url="https://h/other"),
        subscription(10, url="https://h/", order=key(1)),
        replace(subscription(11, url="https://h/"), account="9900001"),
        replace(subscription(12, url="https://h/"), routes=(Route(type="disconnects", since=START),)),
    )


def test_a_claim_is_taken_over_from_one_that_has_expired(stores: Stores) -> None:
    old = replace(subscription(7, url="https://h/"), expires_at=at(10))
    new = subscription(8, url="https://h/")
    _added(stores, old)
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.add(new, now=at(9))
    stores.subscriptions.add(new, now=at(10))
    assert _heard(stores) == [old.id, new.id]  # the old one hears what was written before
    assert stores.subscriptions.remove_expired(old) is True
    assert _heard(stores) == [new.id]
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
    assert len(stores.subscriptions.all(ACCOUNT)) == len(_heard(stores)) == 1


def test_an_orders_version_is_held_while_somebody_subscribes_to_it(stores: Stores) -> None:
    order = placed(stores)
    version = Version(order.key, order.version)
    recorded(stores, noted(order))
    one = subscription(order=order.key, after=order.version)
    with pytest.raises(Conflict):
        stores.subscriptions.add(one, now=START, at=version)
    assert (stores.subscriptions.get(ACCOUNT, one.id), _heard(stores)) == (None, [])
    stores.subscriptions.add(one, now=START, at=Version(order.key, order.version + 1))
    assert _heard(stores) == [one.id]


def test_a_receipt_keeps_a_subscription_from_being_made_again(stores: Stores) -> None:
    stores.subscriptions.add(subscription(7), now=START, receipt=receipt())
    with pytest.raises(ReceiptTaken):
        stores.subscriptions.add(subscription(8), now=START, receipt=receipt())
    with pytest.raises(ReceiptTaken):
        stores.subscriptions.add(subscription(7), now=START, receipt=receipt())
    assert _heard(stores) == [subscription(7).id]


def test_routes_are_those_of_the_order_then_those_of_all(stores: Stores) -> None:
    _added(stores, subscription(7), subscription(9, order=key(1), after=4), subscription(8, order=key(2)))
    page = stores.subscriptions.routes(key(1))
    assert page.routes == (Routed(subscription(9).id, 4), Routed(subscription(7).id, 0))
    assert page.next is None
    assert stores.subscriptions.routes(key(1, "disconnects")).routes == ()
    assert stores.subscriptions.routes(replace(key(1), account="9900001")).routes == ()


def test_many_routes_are_read_in_pages(stores: Stores) -> None:
    ones = [subscription(number, order=key(1)) for number in range(1000, 1030)]
    every = [subscription(number) for number in range(1030, 1060)]
    _added(stores, *every, *ones)
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
    _added(stores, wide)
    assert stores.subscriptions.get(ACCOUNT, wide.id) == wide
    for number in (1, 45, 90):
        assert stores.subscriptions.routes(key(number)).routes == (Routed(wide.id, number),)
    assert stores.subscriptions.remove(wide) is True
    assert all(_heard(stores, key(number)) == [] for number in (1, 45, 90))


def test_a_change_moves_routes_and_claim(stores: Stores) -> None:
    old = subscription(7, url="https://h/old")
    _added(stores, old)
    new = replace(
        subscription(7, url="https://h/new", order=key(1), after=2), version=2, health=Health(revision=1),
        expires_at=at(50),
    )  # fmt: skip
    stores.subscriptions.replace(new, old=old, now=START)
    assert stores.subscriptions.get(ACCOUNT, old.id) == new
    assert stores.subscriptions.routes(key(1)).routes == (Routed(old.id, 2),)
    assert _heard(stores, key(2)) == []
    _added(stores, subscription(8, url="https://h/old"))
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.add(subscription(9, url="https://h/new", order=key(1)), now=START)
    again = replace(old, version=3, health=Health(revision=2))
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.replace(again, old=new, now=START)
    assert stores.subscriptions.get(ACCOUNT, old.id) == new


def test_a_change_that_keeps_its_target_keeps_its_claim(stores: Stores) -> None:
    old = replace(subscription(), expires_at=at(10))
    _added(stores, old)
    new = replace(old, expires_at=at(100), version=2, health=Health(revision=1))
    stores.subscriptions.replace(new, old=old, now=at(5))
    assert stores.subscriptions.get(ACCOUNT, old.id) == new
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.add(subscription(8, url=old.target.address), now=at(50))
    assert _heard(stores) == [old.id]


def test_what_was_changed_or_removed_meanwhile_is_not_changed(stores: Stores) -> None:
    old = subscription()
    new = replace(old, version=2, health=Health(revision=1), order_type="orders")
    with pytest.raises(Conflict):
        stores.subscriptions.replace(new, old=old, now=START)
    _added(stores, old)
    stores.subscriptions.replace(new, old=old, now=START)
    with pytest.raises(Conflict):
        stores.subscriptions.replace(replace(new, order_type="x"), old=old, now=START)
    assert stores.subscriptions.remove(old) is False
    assert stores.subscriptions.get(ACCOUNT, old.id) == new
    assert _heard(stores) == [old.id]


def test_a_change_holds_the_orders_version(stores: Stores) -> None:
    order, old = placed(stores), subscription()
    _added(stores, old)
    new = replace(subscription(order=order.key, after=order.version), version=2, health=Health(revision=1))
    with pytest.raises(Conflict):
        stores.subscriptions.replace(new, old=old, now=START, at=Version(order.key, order.version - 1))
    assert stores.subscriptions.get(ACCOUNT, old.id) == old
    stores.subscriptions.replace(new, old=old, now=START, at=Version(order.key, order.version))
    assert stores.subscriptions.get(ACCOUNT, old.id) == new


def test_what_is_removed_is_gone_with_routes_and_claim(stores: Stores) -> None:
    _added(stores, subscription(7), subscription(8, order=key(1)))
    assert stores.subscriptions.remove(subscription(7)) is True
    assert stores.subscriptions.get(ACCOUNT, subscription(7).id) is None
    assert _heard(stores) == [subscription(8).id]
    assert stores.subscriptions.remove(subscription(7)) is False
    _added(stores, subscription(9, url=subscription(7).target.address))


def test_health_is_written_on_the_revision_that_was_read(stores: Stores) -> None:
    read = subscription()
    _added(stores, read)
    sick = replace(SICK, revision=1)
    assert stores.subscriptions.note_health(read, sick, status="503", at=at(5)) is True
    stored = stores.subscriptions.get(ACCOUNT, read.id)
    assert stored == replace(read, health=sick, status="503", status_at=at(5))
    assert stores.subscriptions.note_health(read, Health(revision=1), status="200", at=at(6)) is False
    assert stores.subscriptions.get(ACCOUNT, read.id) == stored
    assert stores.subscriptions.note_health(stored, Health(revision=2), status="200", at=at(6)) is True
    assert stores.subscriptions.note_health(subscription(8), sick, status="503", at=at(5)) is False


def test_health_that_was_noted_meanwhile_does_not_undo_a_change_nor_the_change_it(stores: Stores) -> None:
    read = subscription()
    _added(stores, read)
    assert stores.subscriptions.note_health(read, replace(SICK, revision=1), status="503", at=at(5))
    changed = replace(read, version=2, order_type="orders", health=Health(revision=1))
    stores.subscriptions.replace(changed, old=read, now=START)
    stored = stores.subscriptions.get(ACCOUNT, read.id)
    assert stored is not None
    assert (stored.order_type, stored.version) == ("orders", 2)
    assert stored.health == Health(revision=stored.health.revision)
    # Whoever tries with what was known before the change does not write over it.
    before_change = replace(read, health=replace(SICK, revision=1))
    assert stores.subscriptions.note_health(before_change, replace(SICK, revision=2), status="500", at=at(6)) is False
    assert stores.subscriptions.get(ACCOUNT, read.id) == stored


def test_of_two_that_note_health_at_once_one_does(stores: Stores) -> None:
    read = subscription()
    _added(stores, read)
    barrier, outcomes = threading.Barrier(4, timeout=30), []

    def note(number: int) -> None:
        barrier.wait()
        noted = replace(SICK, revision=1, failures=number)
        outcomes.append(stores.subscriptions.note_health(read, noted, status="503", at=at(5)))

    threads = [threading.Thread(target=note, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, False, False, True]


def test_expired_ones_are_found_oldest_first(stores: Stores) -> None:
    expiring = [replace(subscription(number), expires_at=at(100 - number)) for number in range(10, 20)]
    _added(stores, *expiring, subscription(7))
    oldest_first = [each.id for each in reversed(expiring)]

    def found(before: float, limit: int) -> list[str]:
        return [each.id for each in stores.subscriptions.expired(before=at(before), limit=limit)]

    soon(lambda: found(200, 99), oldest_first)
    soon(lambda: found(200, 3), oldest_first[:3])
    soon(lambda: found(85.5, 99), oldest_first[:5])


def test_an_expired_one_is_removed_unless_it_was_renewed(stores: Stores) -> None:
    read = replace(subscription(), expires_at=at(10))
    renewed = replace(read, expires_at=at(99), version=2, health=Health(revision=1))
    _added(stores, read)
    stores.subscriptions.replace(renewed, old=read, now=at(5))
    assert stores.subscriptions.remove_expired(read) is False
    assert stores.subscriptions.get(ACCOUNT, read.id) == renewed
    assert stores.subscriptions.remove_expired(renewed) is True
    assert (stores.subscriptions.get(ACCOUNT, read.id), _heard(stores)) == (None, [])
    assert stores.subscriptions.remove_expired(renewed) is False


def test_a_hundred_years_are_a_time_like_any_other(stores: Stores) -> None:
    lasting = replace(subscription(), expires_at=START + timedelta(seconds=3_153_600_000))
    _added(stores, lasting)
    assert stores.subscriptions.get(ACCOUNT, lasting.id) == lasting
    assert lasting.routes[0].order_id == ANY_ORDER
