"""The ways in which a cursor goes wrong when one of its conditions is missing, each played step by step.

In every trace one process dies, lags or loses a race at the worst place; what must hold is the test's name.
"""

import pytest

from chalicelib.domain.cursor import MAX_LOST, CursorRef
from chalicelib.domain.delivery import Outcome
from chalicelib.domain.health import DISABLED_AFTER, Breaker
from tests.flow.world import World


def test_a_crash_between_told_and_the_end_leaves_nothing_ringing_for_ever(world: World) -> None:
    """F1: the lease is taken on condition that `due` is present, not that told < wanted."""
    who, order = world.hook(), world.place()
    world.announce(order, 1)
    world.process(world.tell, CursorRef(who.id, order)).until("cursors.finish").kill()
    cursor = world.cursor(who, order)
    assert cursor is not None
    assert (cursor.told, cursor.wanted) == (1, 1)
    assert cursor.due is not None
    world.swept(times=2)
    assert world.quiet(who, order)
    assert world.told(who) == [1]


def test_a_teller_goes_no_further_than_was_wanted_when_it_began(world: World) -> None:
    """F2: what was committed meanwhile, but not announced, is not its business; so it always comes to an end."""
    who, order = world.hook(), world.place()
    world.announce(order, 1)
    teller = world.process(world.tell, CursorRef(who.id, order)).until("ledger.entries")
    world.move(order, "FOC")
    teller.finish()
    cursor = world.cursor(who, order)
    assert cursor is not None
    assert (cursor.told, cursor.wanted, cursor.due) == (1, 1, None)
    world.swept(times=2)
    assert world.told(who) == [1, 2]


def test_what_is_not_covered_is_passed_for_good(world: World) -> None:
    """F3: at the end told = wanted, so that a skipped entry is not met again and again."""
    order = world.place("portouts")
    who = world.hook(order_type="portouts")
    world.note(order)
    world.move(order, "SUPP")
    world.announced(order)
    assert world.told(who) == [2]
    cursor = world.cursor(who, order)
    assert cursor is not None
    assert (cursor.told, cursor.wanted, cursor.due, cursor.lease) == (3, 3, None, None)


def test_a_deleted_subscription_hears_nothing_that_was_not_under_way(world: World) -> None:
    """F4: the subscription is read before each attempt, not once for all of them."""
    who, order = world.hook(), world.place()
    world.move(order, "FOC")
    world.announce(order, 2)
    teller = world.process(world.tell, CursorRef(who.id, order)).until("notifier.deliver")
    world.subscribe.remove(who.account, who.id)
    teller.finish()
    world.swept(times=3)
    assert world.told(who) == [1]


def test_a_cursor_written_after_the_deletion_goes_away(world: World) -> None:
    """F5: an announcer that had read the routes before still writes the cursor; the teller finds nobody and drops it."""
    who, order = world.hook(), world.place()
    announcer = world.process(world.announce, order, 1).until("cursors.want")
    world.subscribe.remove(who.account, who.id)
    announcer.finish()
    assert world.cursor(who, order) is not None
    world.swept()
    assert world.cursor(who, order) is None
    assert world.told(who) == []


def test_a_subscription_ends_in_the_write_that_says_its_final_entry_was_told(world: World) -> None:
    """F6: dead before that write, it is told again; after it, everything has ended."""
    order = world.place()
    who = world.hook(order)
    world.move(order, "COMPLETE")
    world.announce(order, 2)
    world.process(world.tell, CursorRef(who.id, order)).until("cursors.passed").kill()
    assert world.stored(who) is not None
    world.swept(times=2)
    assert world.told(who) == [2, 2]
    assert len({arrival.message_id for arrival in world.arrivals(who)}) == 1
    stored = world.stored(who)
    assert stored is not None
    assert stored.ended_at is not None
    assert world.store.subscriptions.routes(order).routes == ()
    assert world.quiet(who, order)


def test_a_note_after_the_final_entry_is_never_told_to_the_orders_own_subscription(world: World) -> None:
    """F6: whether the note comes before or after the telling must not matter."""
    order = world.place()
    who = world.hook(order)
    world.move(order, "COMPLETE")
    world.note(order)
    world.announced(order)
    world.swept(times=2)
    assert world.told(who) == [2]
    assert world.quiet(who, order)


def test_what_was_written_before_a_subscription_expired_is_told_to_it(world: World) -> None:
    """F7: neither announcing nor removing looks at expiry alone."""
    who, order = world.hook(expiry=30), world.place()
    world.clock.on(30)
    late = world.place()
    for _ in range(3):
        world.sweep()
        world.ring()
    assert world.told(who, order) == [1]
    assert world.told(who, late) == []


def test_a_renewal_is_never_swept_away(world: World) -> None:
    """F7: the removal holds the expiry that it read."""
    who = world.hook(expiry=30)
    world.clock.on(29)
    found = world.store.subscriptions.expired(before=world.at(60), limit=9)
    world.subscribe.change(world.wish(target=who.target, expiry=600), who.id)
    assert [world.store.subscriptions.remove_expired(old) for old in found] == [False]
    assert world.subscribe.one(who.account, who.id).expires_at == world.at(600)


def test_each_entry_has_all_its_attempts(world: World) -> None:
    """F8: the count begins anew with each entry."""
    who, order = world.hook(), world.place()
    world.move(order, "FOC")
    world.receivers.script(who.id, Outcome.NOT_TOLD, Outcome.TOLD, Outcome.NOT_TOLD, Outcome.NOT_TOLD)
    world.announced(order)
    world.swept(times=4)
    assert world.told(who) == [1, 2]
    assert [arrival.attempt for arrival in world.arrivals(who)] == [1, 2, 1, 2, 3]


def test_an_order_that_became_final_while_it_was_being_subscribed_to_is_waited_for_by_nobody(
    world: World,
) -> None:
    """F9: one order is covered by number, from a version that is held in the subscription's own write."""
    order = world.place()
    subscriber = world.process(world.hook, order).until("subscriptions.add")
    world.move(order, "COMPLETE")
    world.announced(order)
    subscriber.finish()
    who = world.subscribe.of(order.account)[0]
    assert who.routes[0].after == 2
    world.note(order)
    world.announced(order)
    assert world.told(who) == [3]


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


def test_what_was_committed_before_the_acknowledgement_may_be_told_but_only_once(world: World) -> None:
    """G5: with `*`, an entry of the moment is covered by its time; whether it is told hangs on the next one."""
    order = world.place()
    who = world.hook()
    world.announced(order)
    world.move(order, "FOC")
    world.announced(order)
    assert world.told(who) == [1, 2]


def test_an_announcement_does_not_take_away_the_mark_of_a_later_entry(world: World) -> None:
    order = world.place()
    announcer = world.process(world.announce, order, 1).until("ledger.announced")
    world.note(order)
    announcer.finish()
    assert world.store.ledger.marked(order) == 2


def test_a_late_announcement_does_not_lower_what_is_wanted(world: World) -> None:
    who, order = world.hook(), world.place()
    late = world.process(world.announce, order, 1).until("cursors.want")
    world.note(order)
    world.announce(order, 2)
    late.finish()
    cursor = world.cursor(who, order)
    assert cursor is not None
    assert cursor.wanted == 2


def test_the_end_of_telling_does_not_forget_what_was_announced_meanwhile(world: World) -> None:
    who, order = world.hook(), world.place()
    world.announce(order, 1)
    teller = world.process(world.tell, CursorRef(who.id, order)).until("cursors.finish")
    world.note(order)
    world.announce(order, 2)
    teller.finish()
    assert world.told(who) == [1, 2]
    assert world.quiet(who, order)


def test_a_change_acknowledged_during_the_last_attempt_is_not_undone_by_its_end(world: World) -> None:
    """The subscription moves to another order while the final entry of its first one is being told."""
    order, other = world.place(), world.place()
    who = world.hook(order)
    world.move(order, "COMPLETE")
    world.announce(order, 2)
    teller = world.process(world.tell, CursorRef(who.id, order)).until("cursors.passed")
    world.subscribe.change(world.wish(other, target=who.target), who.id)
    teller.finish()
    world.move(other, "FOC")
    world.announced(other)
    world.swept(times=2)
    assert world.told(who, other) == [2]
    assert world.subscribe.one(who.account, who.id).order_id == other.id
    assert world.quiet(who, order)
