"""Leases: who may tell, for how long, and what a run does that has no time left."""

from datetime import timedelta

from chalicelib.domain.cursor import Cursor, CursorRef
from chalicelib.domain.delivery import Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.subscription import Subscription
from tests.flow.stores import STORES
from tests.flow.world import SCHEDULE, World

FAILED = Outcome.NOT_TOLD


def stands(world: World, who: Subscription, order: OrderKey) -> Cursor:
    cursor = world.cursor(who, order)
    assert cursor is not None
    return cursor


def test_a_run_without_time_for_one_more_attempt_hands_over(world: World) -> None:
    who, order = world.hook(), world.place()
    world.note(order)
    world.announce(order, 2)
    world.tell(CursorRef(who.id, order), ends=world.at(19))
    assert world.told(who) == []
    cursor = stands(world, who, order)
    assert (cursor.lease, cursor.due, cursor.lost, cursor.attempt) == (None, world.clock.now, 0, 0)
    world.ring()
    assert world.told(who) == [1, 2]


def test_a_lease_is_made_to_outlast_the_attempt(world: World) -> None:
    who, order = world.hook(), world.place()
    world.announce(order, 1)
    teller = world.process(world.tell, CursorRef(who.id, order)).until("subscriptions.get")
    world.clock.on(45)
    teller.until("notifier.deliver")
    lease = stands(world, who, order).lease
    assert lease is not None
    assert lease.until == world.at(60)
    teller.finish()
    assert world.told(who) == [1]


def test_a_lease_that_another_took_meanwhile_costs_no_attempt(world: World) -> None:
    who, order = world.hook(), world.place()
    world.announce(order, 1)
    late = world.process(world.tell, CursorRef(who.id, order)).until("subscriptions.get")
    world.clock.on(60)
    other = world.process(world.tell, CursorRef(who.id, order)).until("notifier.deliver")
    late.finish()
    assert world.arrivals(who) == []
    other.finish()
    assert world.told(who) == [1]


def test_a_bell_for_new_work_does_not_cut_a_wait_short(world: World) -> None:
    who, order = world.hook(), world.place()
    world.receivers.script(who.id, FAILED)
    world.announced(order)
    world.tell(CursorRef(who.id, order), new_work=True)
    world.tell(CursorRef(who.id, order))
    assert len(world.arrivals(who)) == 1
    world.clock.on(SCHEDULE[0])
    world.tell(CursorRef(who.id, order))
    assert world.told(who) == [1]


def test_two_tellers_at_once_tell_once(world: World) -> None:
    who, order = world.hook(), world.place()
    world.announce(order, 1)
    first = world.process(world.tell, CursorRef(who.id, order)).until("notifier.deliver")
    world.tell(CursorRef(who.id, order), new_work=True)
    first.finish()
    assert world.told(who) == [1]


def test_clocks_may_disagree_by_the_slack() -> None:
    world = World(next(iter(STORES.values()))(), slack=timedelta(seconds=5))
    who = world.hook()
    world.clock.on(-5)
    on_time = world.place()
    world.clock.on(-0.001)
    early = world.place()
    world.clock.on(10)
    world.announced(on_time)
    world.announced(early)
    assert (world.told(who, on_time), world.told(who, early)) == ([1], [])
