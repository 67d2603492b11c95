"""Telling: the schedule, giving up, and the end of a subscription."""

from collections import Counter
from typing import Any

import pytest

from chalicelib.domain.cursor import Cursor, CursorRef
from chalicelib.domain.delivery import RETRY_SCHEDULE, Attempt, Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.subscription import Mailbox, Subscription
from chalicelib.flow import tell
from tests.flow.stores import STORES
from tests.flow.world import World

FAILED = Outcome.NOT_TOLD


def stands(world: World, who: Subscription, order: OrderKey) -> Cursor:
    cursor = world.cursor(who, order)
    assert cursor is not None
    return cursor


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


def test_a_letter_is_written_anew_when_a_callback_became_a_mailbox_or_the_reverse(world: World) -> None:
    who, order = world.hook(), world.place()
    world.receivers.script(who.id, FAILED, FAILED)
    world.announced(order)
    world.subscribe.change(world.wish(target=Mailbox(email="ann@example.net")), who.id)
    world.swept()
    world.subscribe.change(world.wish(), who.id)
    world.swept()
    kinds = [arrival.content_type for arrival in world.arrivals(who)]
    assert kinds == ["application/xml", "message/rfc822", "application/xml"]
    assert len({arrival.message_id for arrival in world.arrivals(who)}) == 1


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
    assert world.subscribe.one(who.account, who.id) == world.stored(who)


def test_who_replied_by_mail_is_not_mailed_the_reply(world: World) -> None:
    order = world.place()
    ann, bob = world.mailbox("ann@example.net", order), world.mailbox("bob@example.net", order)
    world.accept.add_note(_reply(order, "Ann@example.net"))
    world.announced(order)
    assert (world.told(ann), world.told(bob)) == ([], [2])


def _reply(order: OrderKey, by: str) -> Any:  # noqa: ANN401 because the flow names its own commands
    from chalicelib.domain.commands import AddNote  # noqa: PLC0415 because only this rule needs it

    return AddNote(order=order, text="thanks", by=by, by_mail=True)


def late_to(world: World, order: OrderKey, notes: int) -> Subscription:
    """A subscriber to the whole type who came after so many notes on the order; another follows."""
    for _ in range(notes):
        world.note(order)
    world.clock.on(60)
    who = world.hook()
    world.note(order)
    world.announce(order, notes + 2)
    return who


def test_entries_that_it_does_not_hear_of_cost_it_no_reads_of_their_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tell, "PAGE", 5)
    order = world.place()
    who, calls = late_to(world, order, notes=10), Counter[str]()

    def watch(call: str, _args: object) -> None:
        calls[call] += 1

    world.watch = watch
    world.ring()
    assert world.told(who) == [12]
    assert calls["subscriptions.get"] == calls["ledger.entries"] == 3
    world.note(order)
    world.note(order)
    world.announced(order)
    assert (world.told(who), calls["subscriptions.get"]) == ([12, 13, 14], 5)


def test_who_leaves_while_the_journal_is_read_hears_nothing_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tell, "PAGE", 5)
    order = world.place()
    who = late_to(world, order, notes=4)  # the entry that it hears of is the first of the second page
    teller = world.process(world.tell, CursorRef(who.id, order)).until("ledger.entries").until("ledger.entries")
    world.subscribe.remove(who.account, who.id)
    teller.finish()
    assert world.arrivals(who) == []
    assert world.cursor(who, order) is None


def test_what_was_skipped_before_an_entry_that_fails_costs_it_no_attempt(world: World) -> None:
    order = world.place()
    who = late_to(world, order, notes=2)
    world.receivers.script(who.id, FAILED, FAILED, FAILED)
    world.ring()
    assert (stands(world, who, order).told, stands(world, who, order).attempt) == (3, 1)
    world.swept(times=3)
    assert [(arrival.number, arrival.attempt) for arrival in world.arrivals(who)] == [(4, 1), (4, 2), (4, 3)]
    assert world.record(who, order, 1) is None
