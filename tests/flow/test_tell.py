"""Telling: the schedule, giving up, the end of a subscription, the breaker, the time that a run has."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.cursor import Cursor, CursorRef
from chalicelib.domain.delivery import RETRY_SCHEDULE, Attempt, Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.health import Breaker
from chalicelib.domain.subscription import Subscription
from tests.flow.stores import STORES
from tests.flow.world import SCHEDULE, World

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


@pytest.mark.parametrize("store", STORES.values(), ids=STORES)
def test_a_failing_delivery_is_tried_by_the_schedule_and_then_given_up(store: Any) -> None:  # noqa: ANN401 because it opens one
    world = World(store(), schedule=RETRY_SCHEDULE)
    who, order = world.hook(expiry=10**8), world.place()
    world.receivers.script(who.id, *[FAILED] * 10)
    world.announced(order)
    start = world.clock.now
    while stands(world, who, order).due is not None:
        world.clock.now = max(world.clock.now, min(ring.due for ring in world.bells.rings))
        world.ring()
    times = [(arrival.at - start).total_seconds() for arrival in world.arrivals(who)]
    assert times == [sum(RETRY_SCHEDULE[:n]) for n in range(10)]
    record = world.record(who, order, 1)
    assert record is not None
    assert (record.outcome, record.reason, len(record.attempts), record.letter) == (
        Outcome.GIVEN_UP, "500 Internal Server Error", 10, None
    )  # fmt: skip
    world.note(order)
    world.announced(order)
    assert world.arrivals(who)[-1].missed == 1
    assert world.told(who) == [2]


def test_later_entries_of_the_order_wait_and_other_orders_do_not(world: World) -> None:
    who, order, other = world.hook(), world.place(), world.place()
    world.receivers.script(who.id, FAILED)
    world.announced(order)
    world.note(order)
    world.announced(order)
    world.announced(other)
    assert (world.told(who, order), world.told(who, other)) == ([], [1])
    world.clock.on(10)
    world.ring()
    assert world.told(who, order) == [1, 2]


def test_another_subscriptions_failure_keeps_nobody_waiting(world: World) -> None:
    failing, well, order = world.hook(), world.hook(), world.place()
    world.receivers.script(failing.id, FAILED)
    world.announced(order)
    assert (world.told(failing), world.told(well)) == ([], [1])


def test_each_attempt_says_the_same_under_the_same_id(world: World) -> None:
    who, order = world.hook(), world.place()
    world.receivers.script(who.id, FAILED, FAILED)
    world.announced(order)
    world.swept(times=3)
    assert len({(arrival.message_id, arrival.body) for arrival in world.arrivals(who)}) == 1
    assert [arrival.attempt for arrival in world.arrivals(who)] == [1, 2, 3]


def test_the_record_keeps_every_attempt_and_lets_go_of_the_letter_once_told(world: World) -> None:
    who, order = world.hook(), world.place()
    world.receivers.script(who.id, FAILED)
    world.announced(order)
    waiting = world.record(who, order, 1)
    assert waiting is not None
    assert waiting.letter is not None
    assert waiting.outcome is Outcome.NOT_TOLD
    world.swept()
    record = world.record(who, order, 1)
    assert record is not None
    assert [attempt.outcome for attempt in record.attempts] == [FAILED, Outcome.TOLD]
    assert (record.outcome, record.letter) == (Outcome.TOLD, None)


def test_what_is_given_up_without_an_attempt_keeps_the_attempts_made_before(world: World) -> None:
    who, order = world.hook(expiry=10**8), world.place()
    world.receivers.script(who.id, FAILED, FAILED)
    world.announced(order)
    world.clock.on(5 * 86_400)
    world.swept(times=2)
    record = world.record(who, order, 1)
    assert record is not None
    assert (record.outcome, record.reason) == (Outcome.GIVEN_UP, "the subscription is disabled")
    assert len(record.attempts) == 2


@pytest.mark.parametrize(("asked", "waits"), [(None, 10), (3, 10), (15, 15), (600, 20)])
def test_the_receiver_may_ask_for_up_to_twice_the_wait(world: World, asked: float | None, waits: float) -> None:
    who, order = world.hook(), world.place()
    answer = Attempt(at=world.clock.now, outcome=FAILED, milliseconds=1, reason="503", status=503, retry_after=asked)
    world.receivers.script(who.id, answer)
    world.announced(order)
    assert stands(world, who, order).due == world.at(waits)


def test_an_answer_of_410_ends_the_subscription(world: World) -> None:
    who, order, other = world.hook(), world.place(), world.place()
    world.receivers.script(who.id, Outcome.GONE)
    world.announced(order)
    world.announced(other)
    world.swept(times=2)
    assert world.subscribe.of(order.account) == []
    record = world.record(who, order, 1)
    assert record is not None
    assert record.outcome is Outcome.GONE
    assert world.told(who) == []
    assert world.quiet(who, order)
    assert world.quiet(who, other)


def test_an_unnotified_final_entry_ends_the_orders_subscription_without_an_attempt(world: World) -> None:
    order = world.place("portouts")
    who = world.hook(order)
    world.move(order, "CANCELLED")
    world.announced(order)
    assert world.arrivals(who) == []
    record = world.record(who, order, 2)
    assert record is not None
    assert record.outcome is Outcome.ENDED
    assert world.subscribe.of(order.account) == []


def test_a_final_entry_that_is_given_up_ends_it_too(world: World) -> None:
    order = world.place()
    who = world.hook(order)
    world.move(order, "COMPLETE")
    world.receivers.script(who.id, *[FAILED] * 3)
    world.announced(order)
    world.swept(times=5)
    record = world.record(who, order, 2)
    assert record is not None
    assert record.outcome is Outcome.GIVEN_UP
    assert world.subscribe.of(order.account) == []


def test_an_order_final_already_may_be_subscribed_to_until_that_expires(world: World) -> None:
    order = world.place()
    world.move(order, "COMPLETE")
    who = world.hook(order, expiry=100)
    world.note(order)
    world.announced(order)
    assert world.told(who) == [3]
    assert world.subscribe.one(who.account, who.id)


def test_who_replied_by_mail_is_not_mailed_the_reply(world: World) -> None:
    order = world.place()
    ann, bob = world.mailbox("ann@example.net", order), world.mailbox("bob@example.net", order)
    world.accept.add_note(_reply(order, "Ann@example.net"))
    world.announced(order)
    assert (world.told(ann), world.told(bob)) == ([], [2])


def _reply(order: OrderKey, by: str) -> Any:  # noqa: ANN401 because the flow names its own commands
    from chalicelib.domain.commands import AddNote  # noqa: PLC0415 because only this rule needs it

    return AddNote(order=order, text="thanks", by=by, by_mail=True)


# ---- the breaker


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


# ---- leases and the time of a run


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


def test_a_run_that_hands_over_takes_no_probe_with_it(world: World) -> None:
    who, orders = opened(world)
    world.clock.on(10)
    world.receivers.script(who.id)
    world.tell(CursorRef(who.id, orders[0]), ends=world.at(19))
    world.tell(CursorRef(who.id, orders[1]))
    assert world.told(who, orders[1]) == [1]


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
