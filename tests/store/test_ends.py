"""The promises of the cursors about leases that are lost, and about the end of a subscription."""

from dataclasses import replace

import pytest

from chalicelib.domain.cursor import Cursor, Lease
from chalicelib.domain.delivery import Outcome
from chalicelib.domain.errors import Conflict, DuplicateSubscription
from chalicelib.domain.health import Health
from tests.domain.samples import START, at, key
from tests.store.worlds import ACCOUNT, Stores, delivery, ref, soon, subscription, taken


def _wanted(stores: Stores, number: int = 3, *, seconds: float = 0) -> None:
    assert stores.cursors.want(ref(), number, after=0, now=at(seconds)) is True


def test_who_lost_the_lease_writes_nothing(stores: Stores) -> None:
    _wanted(stores)
    stores.subscriptions.add(subscription(order=key(1)), now=START)
    stale = taken(stores)
    current = taken(stores, token="two", seconds=60)
    assert stores.cursors.extend(stale, at(200)) is None
    assert stores.cursors.postpone(stale, at(200)) is False
    assert stores.cursors.passed(stale, delivery(1), until=at(200)) is None
    assert stores.cursors.passed(stale, delivery(1), until=at(200), ends=subscription(order=key(1))) is None
    assert stores.cursors.not_told(stale, delivery(1, Outcome.NOT_TOLD), due=at(200)) is False
    assert stores.cursors.finish(stale) is False
    stores.cursors.drop(stale)
    assert stores.cursors.get(ref()) == current
    assert stores.cursors.delivery(ref(), 1) is None
    assert stores.subscriptions.get(ACCOUNT, subscription().id) == subscription(order=key(1))


def test_a_lapsed_lease_is_still_ours_until_another_takes_it(stores: Stores) -> None:
    _wanted(stores)
    following = stores.cursors.passed(taken(stores), delivery(1), until=at(999))
    assert following is not None
    assert following.lease == Lease("one", at(999))


def test_a_dropped_cursor_is_gone(stores: Stores) -> None:
    _wanted(stores)
    stores.cursors.drop(taken(stores))
    assert stores.cursors.get(ref()) is None
    soon(lambda: list(stores.cursors.due(before=at(10), limit=9)), [])
    stores.cursors.drop(Cursor(ref=ref(), told=0, wanted=0))


def test_the_final_entry_ends_the_subscription_with_its_cursor(stores: Stores) -> None:
    one = subscription(order=key(1))
    stores.subscriptions.add(one, now=START)
    _wanted(stores)
    closed = stores.cursors.passed(taken(stores), delivery(3), until=at(80), ends=one)
    stored = stores.cursors.get(ref())
    assert stored is not None
    assert (stored.told, stored.due, stored.lease) == (3, None, None)
    assert closed is not None
    assert (closed.due, closed.lease) == (None, None)
    assert stores.cursors.delivery(ref(), 3) == delivery(3)
    ended = stores.subscriptions.get(ACCOUNT, one.id)
    assert ended == replace(one, ended_at=delivery(3).at)
    assert stores.subscriptions.routes(key(1)).routes == ()
    stores.subscriptions.add(subscription(8, order=key(1), url=one.target.address), now=START)
    soon(lambda: list(stores.cursors.due(before=at(99), limit=9)), [])


def test_an_end_does_not_undo_a_change_that_was_acknowledged_meanwhile(stores: Stores) -> None:
    one = subscription(order=key(1))
    stores.subscriptions.add(one, now=START)
    _wanted(stores)
    cursor = taken(stores)
    changed = replace(one, version=2, health=Health(revision=1))
    stores.subscriptions.replace(changed, old=one, now=START)
    assert stores.cursors.passed(cursor, delivery(3), until=at(80), ends=one) is None
    assert stores.cursors.get(ref()) == cursor
    assert stores.cursors.delivery(ref(), 3) is None
    assert stores.subscriptions.get(ACCOUNT, one.id) == changed
    assert len(stores.subscriptions.routes(key(1)).routes) == 1


def test_an_end_is_not_kept_from_coming_by_health_that_was_noted(stores: Stores) -> None:
    one = subscription(order=key(1))
    stores.subscriptions.add(one, now=START)
    _wanted(stores)
    assert stores.subscriptions.note_health(one, Health(revision=1), status="200", at=at(1))
    assert stores.cursors.passed(taken(stores), delivery(3), until=at(80), ends=one) is not None
    ended = stores.subscriptions.get(ACCOUNT, one.id)
    assert ended is not None
    assert (ended.status, ended.ended_at) == ("200", delivery(3).at)


def test_an_ended_subscription_is_not_changed_any_more(stores: Stores) -> None:
    one = replace(subscription(order=key(1)), expires_at=at(500))
    stores.subscriptions.add(one, now=START)
    _wanted(stores)
    assert stores.cursors.passed(taken(stores), delivery(3), until=at(80), ends=one)
    with pytest.raises(Conflict):
        stores.subscriptions.replace(replace(one, version=2, health=Health(revision=1)), old=one, now=START)


def test_the_claim_of_another_is_not_taken_away_at_the_end(stores: Stores) -> None:
    one = replace(subscription(order=key(1)), expires_at=at(10))
    stores.subscriptions.add(one, now=START)
    _wanted(stores)
    cursor = taken(stores)
    heir = subscription(8, order=key(1), url=one.target.address)
    stores.subscriptions.add(heir, now=at(20))
    assert stores.cursors.passed(cursor, delivery(3), until=at(80), ends=one) is not None
    assert [route.subscription_id for route in stores.subscriptions.routes(key(1)).routes] == [heir.id]
    with pytest.raises(DuplicateSubscription):
        stores.subscriptions.add(subscription(9, order=key(1), url=one.target.address), now=at(20))
