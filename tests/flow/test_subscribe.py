"""Subscribing: what PUT keeps and what it sets back, duplicates, races with the order, expiry, the same request again."""

from typing import Any

import pytest

from chalicelib.domain.errors import (
    Conflict,
    DuplicateSubscription,
    Invalid,
    KeyReused,
    OrderBusy,
    OrderNotFound,
    SubscriptionNotFound,
)
from chalicelib.domain.subscription import ANY_ORDER, DEFAULT_EXPIRY, READY, Callback, Mailbox, NumberFormat
from chalicelib.flow.accept import TRIES, Keyed
from tests.flow.world import ACCOUNT, World

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


def moving(world: World, order: Any, times: int, call: str) -> None:  # noqa: ANN401 because it is only passed on
    """The order gets a note just before the first so many such calls."""
    left = [call] * times

    def watch(made: str, _args: tuple[Any, ...]) -> None:
        if made == call and left:
            left.pop()
            world.note(order)

    world.watch = watch


# ---- PUT


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
    order = world.place()
    who = world.hook(order)
    moving(world, order, TRIES, "subscriptions.replace")
    with pytest.raises(OrderBusy):
        world.subscribe.change(world.wish(order), who.id)
    assert world.stored(who) == who


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


# ---- the same request again


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
    assert world.subscribe.create(wish, KEY)


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
