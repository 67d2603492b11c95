"""Changing and leaving: what PUT keeps and sets back, races, renewal, expiry, and what is listed."""

import pytest

from chalicelib.domain.delivery import Outcome
from chalicelib.domain.errors import (
    DuplicateSubscription,
    OrderBusy,
    SubscriptionNotFound,
)
from chalicelib.domain.subscription import DEFAULT_EXPIRY, READY, Callback, Mailbox, NumberFormat
from chalicelib.flow.accept import TRIES
from tests.flow.world import ACCOUNT, World, moving

FULL = Callback(
    url="https://hooks.example.net/full", secret="", username="hook", password="pass", public_key="AAAA",
    number_format=NumberFormat.E164,
)  # fmt: skip


def test_a_change_sets_back_what_is_not_said_and_keeps_id_secret_and_beginning(world: World) -> None:
    who = world.hook(target=FULL, expiry=600)
    order = world.place()
    world.announced(order)
    world.clock.on(100)
    plain = Callback(url=FULL.url, secret="")
    changed = world.subscribe.change(world.wish(target=plain), who.id)
    assert isinstance(changed.target, Callback)
    assert isinstance(who.target, Callback)
    assert changed == world.stored(who) == world.subscribe.one(ACCOUNT, who.id)
    assert (changed.id, changed.created_at, changed.routes) == (who.id, who.created_at, who.routes)
    assert changed.target.secret == who.target.secret
    assert (changed.target.username, changed.target.password, changed.target.public_key) == (None, None, None)
    assert changed.target.number_format is NumberFormat.LEGACY
    assert changed.expires_at == world.at(DEFAULT_EXPIRY)
    assert changed.version == who.version + 1
    assert changed.status == "200 OK"


def test_a_new_address_begins_without_a_status(world: World) -> None:
    who = world.hook()
    world.announced(world.place())
    changed = world.subscribe.change(world.wish(), who.id)
    assert (changed.status, changed.status_at) == (READY, None)


def test_what_was_pending_is_told_to_the_new_address(world: World) -> None:
    who, order = world.hook(), world.place()
    world.subscribe.change(world.wish(), who.id)
    world.announced(order)
    assert world.told(who) == [1]


def test_a_change_to_another_order_tells_nothing_of_before(world: World) -> None:
    order, other = world.place(), world.place()
    world.note(other)
    who = world.hook(order)
    world.subscribe.change(world.wish(other, target=who.target), who.id)
    for moved in (order, other):
        world.note(moved)
        world.announced(moved)
    assert (world.told(who, order), world.told(who, other)) == ([], [3])


def test_an_entry_that_failed_and_is_covered_no_more_leaves_its_attempts_behind(world: World) -> None:
    order, other = world.place(), world.place()
    who = world.hook(order)
    world.receivers.script(who.id, Outcome.NOT_TOLD, Outcome.NOT_TOLD)
    world.note(order)
    world.announced(order)
    for moved in (other, order):
        world.subscribe.change(world.wish(moved, target=who.target), who.id)
    world.note(order)
    world.announced(order)
    world.swept(times=2)
    assert [(arrival.number, arrival.attempt) for arrival in world.arrivals(who)] == [(2, 1), (3, 1), (3, 2)]


def test_a_change_of_kind_gives_a_callback_a_secret(world: World) -> None:
    who = world.mailbox("ann@example.net")
    changed = world.subscribe.change(world.wish(), who.id)
    assert isinstance(changed.target, Callback)
    assert changed.target.secret


def test_a_change_into_a_duplicate_is_refused_and_changes_nothing(world: World) -> None:
    world.hook(target=FULL)
    who = world.hook()
    with pytest.raises(DuplicateSubscription):
        world.subscribe.change(world.wish(target=FULL), who.id)
    assert world.stored(who) == who


def test_two_changes_at_once_are_both_made_one_after_the_other(world: World) -> None:
    who = world.hook()
    late = world.process(world.subscribe.change, world.wish(target=FULL), who.id).until("subscriptions.replace")
    world.subscribe.change(world.wish(target=Mailbox(email="a@b.net")), who.id)
    late.finish()
    stored = world.subscribe.one(ACCOUNT, who.id)
    assert (stored.version, stored.target.address) == (3, FULL.url)


def test_a_change_is_tried_again_when_the_order_moves_meanwhile(world: World) -> None:
    order, other = world.place(), world.place()
    who = world.hook(order)
    moving(world, other, 2, "subscriptions.replace")
    assert world.subscribe.change(world.wish(other), who.id).routes[0].after == 3


def test_a_change_that_loses_every_race_is_told_so(world: World) -> None:
    order, other = world.place(), world.place()
    who = world.hook(order)
    moving(world, other, TRIES, "subscriptions.replace")
    with pytest.raises(OrderBusy):
        world.subscribe.change(world.wish(other), who.id)
    assert world.stored(who) == who


def test_a_change_for_the_same_order_races_with_nobody(world: World) -> None:
    order = world.place()
    who = world.hook(order)
    moving(world, order, TRIES, "subscriptions.replace")
    assert world.subscribe.change(world.wish(order), who.id).routes == who.routes


def test_a_removal_wins_over_a_change_under_way(world: World) -> None:
    who = world.hook()
    late = world.process(world.subscribe.change, world.wish(), who.id).until("subscriptions.replace")
    world.subscribe.remove(ACCOUNT, who.id)
    with pytest.raises(SubscriptionNotFound):
        late.finish()
    assert world.stored(who) is None


def test_a_change_under_way_does_not_save_it_from_removal(world: World) -> None:
    who = world.hook()
    late = world.process(world.subscribe.remove, ACCOUNT, who.id).until("subscriptions.remove")
    world.subscribe.change(world.wish(), who.id)
    late.finish()
    assert world.stored(who) is None
    assert world.store.subscriptions.routes(world.place()).routes == ()


def test_after_its_expiry_it_is_gone_for_the_api_at_once(world: World) -> None:
    who = world.hook(expiry=60)
    world.clock.on(60)
    for ask in (
        lambda: world.subscribe.one(ACCOUNT, who.id),
        lambda: world.subscribe.change(world.wish(target=who.target), who.id),
        lambda: world.subscribe.remove(ACCOUNT, who.id),
    ):
        with pytest.raises(SubscriptionNotFound):
            ask()
    assert world.subscribe.of(ACCOUNT) == []


def test_a_change_renews(world: World) -> None:
    who = world.hook(expiry=60)
    world.clock.on(59)
    world.subscribe.change(world.wish(target=who.target, expiry=60), who.id)
    world.clock.on(59)
    world.announced(world.place())
    assert world.told(who) == [1]


def test_another_accounts_subscription_is_not_there(world: World) -> None:
    who = world.hook()
    with pytest.raises(SubscriptionNotFound):
        world.subscribe.one("9900001", who.id)
    with pytest.raises(SubscriptionNotFound):
        world.subscribe.remove("9900001", who.id)
    assert world.stored(who) == who


def test_they_are_listed_oldest_first_by_type_and_order(world: World) -> None:
    order = world.place()
    first = world.hook()
    world.clock.on(1)
    second, third = world.hook(order), world.hook(order_type="portouts")

    def ids(**filters: str) -> list[str]:
        return [who.id for who in world.subscribe.of(ACCOUNT, **filters)]

    assert ids()[0] == first.id
    assert set(ids()) == {first.id, second.id, third.id}
    assert set(ids(order_type="LSR")) == {first.id, second.id}
    assert ids(order_type="lsrorders", order_id=order.id) == ids(order_id=order.id) == [second.id]
    assert ids(order_type="teapots") == []
