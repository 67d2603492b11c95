"""Announcing: who is rung for, in pages, and what a crash leaves to the sweep."""

from tests.flow.world import World


def test_everyone_who_hears_of_the_order_is_rung_for_once(world: World) -> None:
    order, other = world.place(), world.place()
    every, own, others = world.hook(), world.hook(order), world.hook(other)
    world.note(order)
    world.announced(order)
    world.announced(order)
    assert (world.told(every)[-1], world.told(own), world.told(others)) == (2, [2], [])
    assert world.store.ledger.marked(order) is None


def test_other_types_and_accounts_hear_nothing(world: World) -> None:
    elsewhere = world.hook(account="9900001")
    other_type = world.hook(order_type="portouts")
    world.announced(world.place())
    assert world.told(elsewhere) == world.told(other_type) == []


def test_more_subscriptions_than_a_page_are_met_page_by_page_and_the_last_clears_the_mark(
    world: World,
) -> None:
    everyone, order = {world.hook().id for _ in range(501)}, world.place()
    world.announce(order, 1)
    assert world.store.ledger.marked(order) == 1
    (rest,) = (ring for ring in world.bells.rings if ring.order is not None)
    assert sum(ring.ref is not None for ring in world.bells.rings) == 500
    world.answer(rest)
    assert world.store.ledger.marked(order) is None
    assert {ring.ref.subscription_id for ring in world.bells.rings if ring.ref is not None} == everyone


def test_a_crash_at_any_step_leaves_the_order_to_the_sweep(world: World) -> None:
    for call in ("subscriptions.routes", "cursors.want", "bell.tell", "ledger.announced"):
        who, order = world.hook(expiry=10_000), world.place()
        world.process(world.announce, order, 1).until(call).kill()
        world.swept(times=2)
        assert world.told(who, order) == [1], call
        assert world.quiet(who, order)


def test_an_order_without_subscribers_is_announced_all_the_same(world: World) -> None:
    order = world.place()
    world.announced(order)
    assert world.store.ledger.marked(order) is None


def test_a_subscription_made_after_the_entry_is_not_given_a_cursor(world: World) -> None:
    order = world.place()
    who = world.hook(order)
    world.announced(order)
    assert world.cursor(who, order) is None
