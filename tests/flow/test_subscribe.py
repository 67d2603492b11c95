"""Subscribing: targets, duplicates, races with the order, the same request again."""

from typing import Any

import pytest

from chalicelib.domain.errors import (
    Conflict,
    DuplicateSubscription,
    Invalid,
    KeyReused,
    OrderBusy,
    OrderNotFound,
)
from chalicelib.domain.subscription import ANY_ORDER, DEFAULT_EXPIRY, Callback, NumberFormat
from chalicelib.flow.accept import TRIES, Keyed
from tests.flow.world import ACCOUNT, World, moving

KEY = Keyed("ann POST /subscriptions key-1", body_hash="abc")
FULL = Callback(
    url="https://hooks.example.net/full", secret="", username="hook", password="pass", public_key="AAAA",
    number_format=NumberFormat.E164,
)  # fmt: skip


def test_a_callback_lives_a_day_and_a_mailbox_until_it_is_removed(world: World) -> None:
    assert world.hook().expires_at == world.at(DEFAULT_EXPIRY)
    assert world.mailbox("ann@example.net").expires_at is None
    assert world.mailbox("bob@example.net", expiry=60).expires_at == world.at(60)


def test_a_callback_gets_a_secret_of_its_own(world: World) -> None:
    first, second = world.hook().target, world.hook().target
    assert isinstance(first, Callback)
    assert isinstance(second, Callback)
    assert first.secret != second.secret != ""


def test_it_is_for_all_orders_of_a_type_from_now_on_or_for_one_from_its_last_entry_on(world: World) -> None:
    order = world.place()
    world.note(order)
    (every,), (one,) = world.hook().routes, world.hook(order).routes
    assert (every.type, every.order_id, every.since, every.after) == (
        "lsrorders",
        ANY_ORDER,
        world.clock.now,
        0,
    )
    assert (one.type, one.order_id, one.after) == ("lsrorders", order.id, 2)


def test_the_type_is_taken_by_any_of_its_names_and_kept_as_written(world: World) -> None:
    who = world.hook(order_type="LSR")
    assert (who.routes[0].type, who.order_type) == ("lsrorders", "LSR")
    with pytest.raises(Invalid) as refusal:
        world.hook(order_type="teapots")
    assert refusal.value.problems[0].field == "OrderType"


def test_an_order_that_does_not_exist_in_the_account_cannot_be_subscribed_to(world: World) -> None:
    order = world.place()
    for fields in ({"account": "9900001"}, {"order_type": "portouts"}, {"order_id": ACCOUNT}):
        with pytest.raises(OrderNotFound):
            world.hook(order, **fields)
    assert world.subscribe.of(ACCOUNT) == world.subscribe.of("9900001") == []


def test_the_same_target_for_the_same_orders_is_a_duplicate(world: World) -> None:
    order, other = world.place(), world.place()
    world.hook(target=FULL)
    world.hook(order, target=FULL)
    world.hook(other, target=FULL)
    world.hook(order_type="portouts", target=FULL)
    world.hook(target=FULL, account="9900001")
    for again in (None, order, other):
        with pytest.raises(DuplicateSubscription):
            world.hook(again, target=FULL)
    world.mailbox("ann@example.net")
    with pytest.raises(DuplicateSubscription):
        world.mailbox("Ann@Example.NET")


def test_an_expired_an_ended_and_a_removed_one_leave_their_place_free(world: World) -> None:
    order = world.place()
    expired, removed, ended = (
        world.hook(target=FULL, expiry=60),
        world.hook(order),
        world.hook(order, target=FULL),
    )
    world.clock.on(60)
    world.subscribe.remove(ACCOUNT, removed.id)
    world.move(order, "COMPLETE")
    world.announced(order)
    assert not world.subscribe.of(ACCOUNT)
    for before, where in ((expired, None), (removed, order), (ended, order)):
        assert world.hook(where, target=before.target).id != before.id


@pytest.mark.parametrize("races", [1, TRIES - 1])
def test_it_is_tried_again_when_the_order_moves_meanwhile(world: World, races: int) -> None:
    order = world.place()
    moving(world, order, races, "subscriptions.add")
    assert world.hook(order).routes[0].after == races + 1


def test_an_order_that_never_holds_still_is_busy(world: World) -> None:
    order = world.place()
    moving(world, order, TRIES, "subscriptions.add")
    with pytest.raises(OrderBusy):
        world.hook(order)
    assert world.subscribe.of(ACCOUNT) == []


def test_a_repeated_request_gets_the_first_answer_and_not_a_duplicate(world: World) -> None:
    wish = world.wish()
    first = world.subscribe.create(wish, KEY)
    assert world.subscribe.create(wish, KEY) == first
    with pytest.raises(KeyReused):
        world.subscribe.create(wish, Keyed(KEY.id, body_hash="xyz"))
    assert world.subscribe.of(ACCOUNT) == [first]


def test_two_same_requests_at_once_make_one(world: World) -> None:
    wish = world.wish()
    late = world.process(world.subscribe.create, wish, KEY).until("subscriptions.add")
    first = world.subscribe.create(wish, KEY)
    assert late.finish().result == first
    assert world.subscribe.of(ACCOUNT) == [first]


def test_a_crash_before_the_write_leaves_nothing(world: World) -> None:
    wish = world.wish()
    world.process(world.subscribe.create, wish, KEY).until("subscriptions.add").kill()
    assert world.subscribe.of(ACCOUNT) == []
    made = world.subscribe.create(wish, KEY)
    assert world.subscribe.of(ACCOUNT) == [made]


def test_a_store_that_always_conflicts_is_told_as_busy(world: World) -> None:
    def watch(made: str, _args: tuple[Any, ...]) -> None:
        if made.startswith("subscriptions.") and made != "subscriptions.get":
            raise Conflict

    who = world.hook()
    world.watch = watch
    with pytest.raises(OrderBusy):
        world.hook()
    with pytest.raises(OrderBusy):
        world.subscribe.change(world.wish(), who.id)
