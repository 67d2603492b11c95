"""Whatever happens, in whatever order: at the end everything promised was told once, in order, or is on record.

DOCKET_SCHEDULES sets how many histories are played over each store (80), DOCKET_SEED the first of them;
a failure names its own seed.
"""

import os
from collections import defaultdict
from typing import Any

import pytest

from chalicelib.domain.delivery import Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.subscription import Subscription
from tests.flow.schedule import Schedule
from tests.flow.stores import STORES

SCHEDULES = int(os.environ.get("DOCKET_SCHEDULES", "80"))
SEED = int(os.environ.get("DOCKET_SEED", "0"))
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("store", STORES)
def test_everything_promised_is_told_in_order_or_on_record(store: str, part: int) -> None:
    for seed in range(SEED + part, SEED + SCHEDULES, PARTS):
        schedule = Schedule(STORES[store](), seed)
        try:
            schedule.play()
            schedule.close()
            for who in schedule.promises.subscriptions.values():
                for order in schedule.orders:
                    check(schedule, who, order)
            repeat_everything(schedule)
            let_a_week_pass(schedule)
        except AssertionError as error:
            story = "\n".join(schedule.story)
            raise AssertionError(f"DOCKET_SEED={seed} DOCKET_SCHEDULES=1: {error}\n{story}") from error
        finally:
            schedule.world.close()


def check(schedule: Schedule, who: Subscription, order: OrderKey) -> None:
    """What holds of one cursor once everything is quiet."""
    world = schedule.world
    records = {n: world.record(who, order, n) for n in range(1, world.store.ledger.order(order).version + 1)}
    given_up = {n for n, record in records.items() if record and record.outcome is Outcome.GIVEN_UP}
    told = world.told(who, order)
    for entry in schedule.promises.must(who, order):
        assert entry.number in told or entry.number in given_up, f"entry {entry.number} was promised to {who.id[:4]}"
    assert all(record.reason for record in records.values() if record), "a record without a reason"
    in_time = [number for number in dict.fromkeys(told) if number not in given_up]
    assert in_time == sorted(in_time), f"first arrivals {told} out of order"
    ids = defaultdict(set)
    for arrival in world.arrivals(who, order):
        ids[arrival.number].add(arrival.message_id)
    assert all(len(names) == 1 for names in ids.values()), "one entry under two ids"
    for arrival in world.arrivals(who, order):
        if told.count(arrival.number) == 1 and arrival.outcome is Outcome.TOLD and arrival.number not in given_up:
            before = [n for n in in_time if n < arrival.number]
            missed = [n for n in given_up if max(before, default=0) < n < arrival.number]
            assert arrival.missed == len(missed), f"entry {arrival.number} says {arrival.missed} missed: {missed}"
    stored = world.stored(who)
    if stored is not None:
        ended = any(stored.ends_at(entry) for entry in world.store.ledger.entries(order))
        assert not ended or stored.ended_at is not None, "its order is final, and it has not ended"


def repeat_everything(schedule: Schedule) -> None:
    """Any bell, announcement and sweep again, at any time, changes nothing but time.

    The first round may still reach a subscription that was made between an entry and its announcement: that one may
    be told of it. It is told nothing again, and from then on nothing changes at all.
    """
    known = {arrival.message_id for arrival in schedule.world.receivers.arrivals}
    length = len(schedule.world.receivers.arrivals)
    ring_all(schedule)
    more = schedule.world.receivers.arrivals[length:]
    assert not known & {arrival.message_id for arrival in more}, "told again"
    before = state(schedule)
    ring_all(schedule)
    after = state(schedule)
    changed = [f"{name}: {before[name]} → {after[name]}" for name in before if before[name] != after[name]]
    assert not changed, "a repetition changed " + "; ".join(changed)


def ring_all(schedule: Schedule) -> None:
    world = schedule.world
    for order in schedule.orders:
        for number in range(1, world.store.ledger.order(order).version + 1):
            world.announce(order, number)
    for ref in schedule.refs():
        world.tell(ref)
        world.tell(ref, new_work=True)
    world.swept(times=8)


def state(schedule: Schedule) -> dict[str, Any]:
    """All that a repetition might change."""
    world = schedule.world
    refs = [(who, order) for who in schedule.promises.subscriptions.values() for order in schedule.orders]
    ended = [
        stored.id
        for stored in map(world.stored, schedule.promises.subscriptions.values())
        if stored and stored.ended_at
    ]
    return {
        "arrivals": list(world.receivers.arrivals),
        "cursors": [world.cursor(*ref) for ref in refs if ref[0].id not in ended and world.stored(ref[0])],
        "records": [world.record(*ref, number) for ref in refs for number in range(1, 9)],
        "subscriptions": [world.stored(who) for who in schedule.promises.subscriptions.values()],
        "journals": [world.store.ledger.entries(order) for order in schedule.orders],
        "marks": [world.store.ledger.marked(order) for order in schedule.orders],
        "quiet": schedule.quiet(),
    }


def let_a_week_pass(schedule: Schedule) -> None:
    """What had expired is removed, and nothing else."""
    world = schedule.world
    stored = [world.stored(who) for who in schedule.promises.subscriptions.values()]
    short = {who.id for who in stored if who and who.expires_at and who.expires_at < world.at(2000)}
    world.clock.on(8 * 86_400)
    world.swept(times=2)
    for who in stored:
        if who is not None:
            assert (world.stored(who) is None) == (who.id in short), "removed, or kept, against its expiry"
    assert schedule.quiet()
