"""The promises of the subscriptions about their changes: PUT, removal, expiry, and health noted meanwhile."""

import threading
from dataclasses import replace

import pytest

from chalicelib.domain.errors import Conflict, DuplicateSubscription
from chalicelib.domain.health import Health
from chalicelib.domain.record import Routed, Version
from tests.domain.samples import START, at, key
from tests.store.worlds import ACCOUNT, SICK, Stores, added, heard, placed, soon, subscription


def test_a_change_moves_routes_and_claim(stores: Stores) -> None:
    old = subscription(7, url="https://h/old")
    added(stores, old)
    new = replace(
        subscription(7, url="https://h/new", order=key(1), after=2), version=2, health=Health(revision=1),
        expires_at=at(50),
    )  # fmt: skip
    stores.subscriptions.replace(new, old=old, now=START)
    assert stores.subscriptions.get(ACCOUNT, old.id) == new
    assert stores.subscriptions.routes(key(1)).routes == (Routed(old.id, 2),)
    assert heard(stores, key(2)) == []
    added(stores, subscription(8, url="https://h/old"))
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.add(subscription(9, url="https://h/new", order=key(1)), now=START)
    again = replace(old, version=3, health=Health(revision=2))
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.replace(again, old=new, now=START)
    assert stores.subscriptions.get(ACCOUNT, old.id) == new


def test_a_change_that_keeps_its_target_keeps_its_claim(stores: Stores) -> None:
    old = replace(subscription(), expires_at=at(10))
    added(stores, old)
    new = replace(old, expires_at=at(100), version=2, health=Health(revision=1))
    stores.subscriptions.replace(new, old=old, now=at(5))
    assert stores.subscriptions.get(ACCOUNT, old.id) == new
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.add(subscription(8, url=old.target.address), now=at(50))
    assert heard(stores) == [old.id]


def test_what_was_changed_or_removed_meanwhile_is_not_changed(stores: Stores) -> None:
    old = subscription()
    new = replace(old, version=2, health=Health(revision=1), order_type="orders")
    with pytest.raises(Conflict):
        stores.subscriptions.replace(new, old=old, now=START)
    added(stores, old)
    stores.subscriptions.replace(new, old=old, now=START)
    with pytest.raises(Conflict):
        stores.subscriptions.replace(replace(new, order_type="x"), old=old, now=START)
    assert stores.subscriptions.remove(old) is False
    assert stores.subscriptions.get(ACCOUNT, old.id) == new
    assert heard(stores) == [old.id]


def test_a_change_holds_the_orders_version(stores: Stores) -> None:
    order, old = placed(stores), subscription()
    added(stores, old)
    new = replace(subscription(order=order.key, after=order.version), version=2, health=Health(revision=1))
    with pytest.raises(Conflict):
        stores.subscriptions.replace(new, old=old, now=START, at=[Version(order.key, order.version - 1)])
    assert stores.subscriptions.get(ACCOUNT, old.id) == old
    stores.subscriptions.replace(new, old=old, now=START, at=[Version(order.key, order.version)])
    assert stores.subscriptions.get(ACCOUNT, old.id) == new


def test_what_is_removed_is_gone_with_routes_and_claim(stores: Stores) -> None:
    added(stores, subscription(7), subscription(8, order=key(1)))
    assert stores.subscriptions.remove(subscription(7)) is True
    assert stores.subscriptions.get(ACCOUNT, subscription(7).id) is None
    assert heard(stores) == [subscription(8).id]
    assert stores.subscriptions.remove(subscription(7)) is False
    added(stores, subscription(9, url=subscription(7).target.address))


def test_health_is_written_on_the_revision_that_was_read(stores: Stores) -> None:
    read = subscription()
    added(stores, read)
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
    added(stores, read)
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
    added(stores, read)
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
    added(stores, *expiring, subscription(7))
    oldest_first = [each.id for each in reversed(expiring)]

    def found(before: float, limit: int) -> list[str]:
        return [each.id for each in stores.subscriptions.expired(before=at(before), limit=limit)]

    soon(lambda: found(200, 99), oldest_first)
    soon(lambda: found(200, 3), oldest_first[:3])
    soon(lambda: found(85.5, 99), oldest_first[:5])


def test_an_expired_one_is_removed_unless_it_was_renewed(stores: Stores) -> None:
    read = replace(subscription(), expires_at=at(10))
    renewed = replace(read, expires_at=at(99), version=2, health=Health(revision=1))
    added(stores, read)
    stores.subscriptions.replace(renewed, old=read, now=at(5))
    assert stores.subscriptions.remove_expired(read) is False
    assert stores.subscriptions.remove_expired(replace(renewed, expires_at=read.expires_at)) is False
    assert stores.subscriptions.get(ACCOUNT, read.id) == renewed
    assert stores.subscriptions.remove_expired(renewed) is True
    assert (stores.subscriptions.get(ACCOUNT, read.id), heard(stores)) == (None, [])
    assert stores.subscriptions.remove_expired(renewed) is False
