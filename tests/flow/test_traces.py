"""Where the letter of a simpler protocol fails: each flaw, played step by step.

In every trace one process dies, lags or loses a race at the worst place; what must hold is the test's name.
"""

from chalicelib.domain.cursor import Cursor, CursorRef
from chalicelib.domain.delivery import Outcome
from tests.flow.world import World


def test_the_write_that_says_the_last_entry_was_told_is_also_the_end(world: World) -> None:
    """F1: there is no moment between the two at which a crash could leave something ringing."""
    who, order = world.hook(), world.place()
    world.announce(order, 1)
    teller = world.process(world.tell, CursorRef(who.id, order)).until("cursors.passed")
    teller.step()
    teller.kill()
    assert world.cursor(who, order) == Cursor(ref=CursorRef(who.id, order), told=1, wanted=1)
    world.swept(times=2)
    assert world.told(who) == [1]


def test_a_crash_before_the_end_leaves_nothing_ringing_for_ever(world: World) -> None:
    """F1, where the last entry is not told: the lease is taken on condition that `due` is present."""
    who, order = world.hook(order_type="portouts"), world.place("portouts")
    world.note(order)
    world.move(order, "SUPP")
    world.announce(order, 3)
    world.process(world.tell, CursorRef(who.id, order)).until("cursors.finish").kill()
    cursor = world.cursor(who, order)
    assert cursor is not None
    assert (cursor.told, cursor.wanted) == (2, 3)
    assert cursor.due is not None
    world.swept(times=2)
    assert world.quiet(who, order)
    assert world.told(who) == [2]


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
    """F5: an announcer that had read the routes before still writes the cursor; the teller drops it."""
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
    for _ in range(2):  # an index that lags catches up
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
    teller = world.process(world.tell, CursorRef(who.id, order)).until("cursors.passed")
    world.note(order)
    world.announce(order, 2)
    teller.finish()
    assert world.told(who) == [1, 2]
    assert world.quiet(who, order)


def test_the_end_of_passing_over_does_not_forget_what_was_announced_meanwhile(world: World) -> None:
    order = world.place("portouts")
    who = world.hook(order_type="portouts")
    world.announce(order, 1)
    teller = world.process(world.tell, CursorRef(who.id, order)).until("cursors.finish")
    world.note(order)
    world.announce(order, 2)
    teller.finish()
    assert world.told(who) == [2]
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
