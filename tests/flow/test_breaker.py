"""The breaker: what it costs, who may probe, and what closes it."""

from chalicelib.domain.cursor import Cursor, CursorRef
from chalicelib.domain.delivery import Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.health import Breaker
from chalicelib.domain.subscription import Subscription
from tests.flow.world import World

FAILED = Outcome.NOT_TOLD


def stands(world: World, who: Subscription, order: OrderKey) -> Cursor:
    cursor = world.cursor(who, order)
    assert cursor is not None
    return cursor


def breaker(world: World, who: Subscription) -> Breaker:
    stored = world.stored(who)
    assert stored is not None
    return stored.health.breaker(world.clock.now)


def opened(world: World) -> tuple[Subscription, list[OrderKey]]:
    """A subscription whose breaker has just opened over five orders."""
    who, orders = world.hook(), [world.place() for _ in range(5)]
    world.receivers.script(who.id, *[FAILED] * 5)
    for order in orders:
        world.announced(order)
    assert breaker(world, who) is Breaker.OPEN
    return who, orders


def test_an_open_breaker_costs_no_attempt_and_counts_none(world: World) -> None:
    who, orders = opened(world)
    attempts = len(world.arrivals(who))
    sixth = world.place()
    world.announced(sixth)
    world.clock.on(9.9)
    world.sweep()
    world.ring()
    assert len(world.arrivals(who)) == attempts
    cursor = stands(world, who, sixth)
    assert (cursor.attempt, cursor.lost, cursor.lease) == (0, 0, None)
    assert cursor.due is not None
    assert stands(world, who, orders[0]).attempt == 1


def test_half_open_lets_one_probe_through(world: World) -> None:
    who, orders = opened(world)
    world.clock.on(10)
    assert breaker(world, who) is Breaker.HALF_OPEN
    world.receivers.script(who.id)
    probe = world.process(world.tell, CursorRef(who.id, orders[0])).until("notifier.deliver")
    attempts = len(world.arrivals(who))
    for order in orders[1:]:
        world.tell(CursorRef(who.id, order))
    assert len(world.arrivals(who)) == attempts
    probe.finish()
    assert breaker(world, who) is Breaker.CLOSED
    world.swept()
    assert sorted(world.told(who)) == [1] * 5


def test_a_probe_that_is_told_closes_the_breaker_for_all_that_wait(world: World) -> None:
    who, orders = opened(world)
    world.note(orders[0])
    world.announced(orders[0])
    world.clock.on(10)
    world.ring()
    assert breaker(world, who) is Breaker.CLOSED
    assert world.told(who, orders[0]) == [1, 2]


def test_a_probe_that_fails_opens_it_again(world: World) -> None:
    who, orders = opened(world)
    world.clock.on(10)
    world.receivers.script(who.id, FAILED)
    world.tell(CursorRef(who.id, orders[0]))
    assert breaker(world, who) is Breaker.OPEN
    attempts = len(world.arrivals(who))
    world.tell(CursorRef(who.id, orders[1]))
    assert len(world.arrivals(who)) == attempts


def test_of_two_that_would_probe_at_once_one_does(world: World) -> None:
    who, orders = opened(world)
    world.clock.on(10)
    world.receivers.script(who.id)
    first = world.process(world.tell, CursorRef(who.id, orders[0])).until("subscriptions.note_health")
    second = world.process(world.tell, CursorRef(who.id, orders[1])).until("subscriptions.note_health")
    attempts = len(world.arrivals(who))
    first.until("notifier.deliver")
    second.finish()
    assert len(world.arrivals(who)) == attempts
    first.finish()
    assert len(world.arrivals(who)) == attempts + 1


def test_a_change_of_the_subscription_closes_the_breaker(world: World) -> None:
    who, _orders = opened(world)
    world.subscribe.change(world.wish(target=who.target), who.id)
    assert breaker(world, who) is Breaker.CLOSED


def test_health_is_written_only_when_the_outcome_changes(world: World) -> None:
    who, order = world.hook(), world.place()
    world.announced(order)
    before = world.stored(who)
    for _ in range(3):
        world.note(order)
        world.announced(order)
    assert world.stored(who) == before
    assert before is not None
    assert before.status == "200 OK"


def test_a_run_that_hands_over_takes_no_probe_with_it(world: World) -> None:
    who, orders = opened(world)
    world.clock.on(10)
    world.receivers.script(who.id)
    world.tell(CursorRef(who.id, orders[0]), ends=world.at(19))
    world.tell(CursorRef(who.id, orders[1]))
    assert world.told(who, orders[1]) == [1]
