"""What a protocol may leave open, and must not: lost leases, giving up, the breaker, beginnings, fences."""

import pytest

from chalicelib.domain.cursor import MAX_LOST, CursorRef
from chalicelib.domain.delivery import Outcome
from chalicelib.domain.health import DISABLED_AFTER, Breaker
from tests.flow.world import World


def test_an_entry_that_kills_its_sender_is_given_up(world: World) -> None:
    """G1: leases without a result are counted; what comes after the entry is told."""
    who, order = world.hook(), world.place()
    world.receivers.script(who.id, *[MemoryError("of this entry")] * MAX_LOST)
    world.announce(order, 1)
    for _ in range(MAX_LOST):
        with pytest.raises(MemoryError):
            world.tell(CursorRef(who.id, order))
        world.clock.on(60)
    world.move(order, "FOC")
    world.swept()
    record = world.record(who, order, 1)
    assert record is not None
    assert (record.outcome, record.reason) == (Outcome.GIVEN_UP, "10 attempts ended without a result")
    assert world.told(who) == [2]
    assert world.arrivals(who)[0].missed == 1


def test_a_lease_with_a_result_is_not_counted_as_lost(world: World) -> None:
    """G1: ten crashes spread over entries that were told in between are no reason to give up."""
    who, order = world.hook(), world.place()
    for number in range(1, MAX_LOST + 3):
        world.announce(order, number)
        world.process(world.tell, CursorRef(who.id, order)).until("notifier.deliver").kill()
        world.clock.on(60)
        world.tell(CursorRef(who.id, order))
        world.note(order)
    assert world.told(who) == list(range(1, MAX_LOST + 3))


def test_what_was_given_up_is_on_record_and_the_next_told_entry_says_so_once(world: World) -> None:
    """G2."""
    who, order = world.hook(), world.place()
    for _ in range(3):
        world.note(order)
    world.receivers.script(who.id, *[Outcome.NOT_TOLD] * 6)
    world.announced(order)
    world.swept(times=10)
    records = [world.record(who, order, number) for number in (1, 2, 3, 4)]
    assert [record and record.outcome for record in records] == [
        Outcome.GIVEN_UP, Outcome.GIVEN_UP, Outcome.TOLD, Outcome.TOLD
    ]  # fmt: skip
    assert [record and len(record.attempts) for record in records] == [3, 3, 1, 1]
    assert [(a.number, a.missed) for a in world.arrivals(who) if a.outcome is Outcome.TOLD] == [
        (3, 2),
        (4, 0),
    ]
    cursor = world.cursor(who, order)
    assert cursor is not None
    assert (cursor.attempt, cursor.missed) == (0, 0)


def test_an_open_breaker_forgets_no_cursor_and_a_dead_prober_stops_nobody(world: World) -> None:
    """G3."""
    who, orders = world.hook(), [world.place() for _ in range(5)]
    world.receivers.script(who.id, *[Outcome.NOT_TOLD] * 5)
    for order in orders:
        world.announced(order)
    stored = world.stored(who)
    assert stored is not None
    assert stored.health.breaker(world.clock.now) is Breaker.OPEN
    world.clock.on(60)
    prober = world.process(world.tell, CursorRef(who.id, orders[0])).until("notifier.deliver")
    prober.kill()
    world.swept(times=3)
    assert sorted(world.told(who)) == [1] * 5
    assert all(world.quiet(who, order) for order in orders)


def test_a_disabled_subscription_gives_up_with_that_reason(world: World) -> None:
    """G3."""
    who, order = world.hook(expiry=10**9), world.place()
    world.receivers.script(who.id, *[Outcome.NOT_TOLD] * 2)
    world.announced(order)
    world.clock.on(DISABLED_AFTER.total_seconds())
    world.swept(times=2)
    attempts = len(world.arrivals(who))
    world.note(order)
    world.announced(order)
    record = world.record(who, order, 2)
    assert record is not None
    assert (record.outcome, record.reason) == (Outcome.GIVEN_UP, "the subscription is disabled")
    assert len(world.arrivals(who)) == attempts == 2


def test_a_new_cursor_begins_at_the_beginning(world: World) -> None:
    """G4: the second announcement may come first."""
    who, order = world.hook(), world.place()
    world.move(order, "FOC")
    world.announce(order, 2)
    world.announce(order, 1)
    world.ring()
    assert world.told(who) == [1, 2]


def test_the_mark_keeps_the_time_of_the_first_entry_not_announced(world: World) -> None:
    """G4: on a busy order it must grow old all the same."""
    order = world.place()
    world.clock.on(50)
    world.note(order)
    assert list(world.store.ledger.unannounced(before=world.at(-49), limit=9)) == [order]


def test_a_late_teller_is_fenced_off(world: World) -> None:
    """G4: each lease has a token of its own, so one that lapsed writes nothing any more."""
    who, order = world.hook(), world.place()
    world.move(order, "FOC")
    world.announce(order, 2)
    late = world.process(world.tell, CursorRef(who.id, order)).until("cursors.passed")
    world.swept(times=2)
    before = world.cursor(who, order)
    late.finish()
    assert world.cursor(who, order) == before
    assert world.told(who) == [1, 1, 2]


def test_two_leases_of_one_teller_are_two(world: World) -> None:
    """G4: whoever comes late finds a lease, perhaps of the same machine, that is not the one it wrote."""
    who, order = world.hook(), world.place()
    world.move(order, "FOC")
    world.announce(order, 2)
    late = world.process(world.tell, CursorRef(who.id, order)).until("cursors.passed")
    world.clock.on(60)
    other = world.process(world.tell, CursorRef(who.id, order)).until("cursors.passed").until("cursors.passed")
    before = world.cursor(who, order)
    late.finish()
    assert world.cursor(who, order) == before
    other.finish()
    assert world.told(who) == [1, 1, 2]


def test_what_was_committed_before_the_acknowledgement_may_be_told_but_only_once(world: World) -> None:
    """G5: with `*`, an entry of the moment is covered by its time; whether it is told hangs on the next one."""
    order = world.place()
    who = world.hook()
    world.announced(order)
    world.move(order, "FOC")
    world.announced(order)
    assert world.told(who) == [1, 2]
