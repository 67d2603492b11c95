"""Events of an account, from being raised to being told, and the limit of subscriptions to them."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.commands import RaiseEvent
from chalicelib.domain.cursor import Cursor
from chalicelib.domain.entry import Entry
from chalicelib.domain.errors import TooManySubscriptions
from chalicelib.domain.event import events_of
from chalicelib.domain.filters import Definition, Filters
from chalicelib.domain.subscription import Callback, Mailbox, Subscription
from tests.flow.world import ACCOUNT, World

EVENTS = events_of(ACCOUNT)
ABOUT_EVENTS: dict[str, Any] = {"order_type": None, "event_type": "MESSAGING_LOST"}
OF_VERSION_2: dict[str, Any] = {"order_type": None, "filters": Filters(definition=Definition.ACCOUNT_EVENT)}


def lost(world: World, *numbers: str) -> Entry:
    command = RaiseEvent(account=ACCOUNT, event_type="MESSAGING_LOST", numbers=numbers, by="operator")
    entry = world.accept.raise_event(command)
    world.announced(EVENTS)
    return entry


def test_each_event_is_told_once_in_order_to_who_subscribed_before_it(world: World) -> None:
    early, orders = world.hook(**ABOUT_EVENTS), world.hook()
    lost(world, "2015550100")
    world.clock.on(60)
    late = world.hook(**OF_VERSION_2)
    lost(world, "2015550101")
    world.swept()
    assert (world.told(early), world.told(late), world.told(orders)) == ([1, 2], [2], [])
    assert world.quiet(early, EVENTS)


def test_a_mail_about_an_event_reads_none_of_those_before_it(world: World) -> None:
    """Their journal has no end; a mail of the hundred thousandth must cost what the first one did."""
    world.mailbox("ann@example.net", **ABOUT_EVENTS)
    told: list[tuple[int, tuple[Entry, ...]]] = []
    world.receivers.watch = lambda telling: told.append((telling.entry.number, tuple(telling.journal)))
    for number in range(3):
        lost(world, f"201555010{number}")
    reads: list[tuple[object, ...]] = []
    world.watch = lambda call, args: reads.append(args) if call == "ledger.entries" else None
    lost(world, "2015550109")
    assert told == [(number, ()) for number in range(1, 5)]
    assert len(reads) <= 2  # what was raised, and what there is to tell


@pytest.mark.parametrize("about", [ABOUT_EVENTS, OF_VERSION_2])
def test_a_new_subscriber_is_not_led_past_the_events_of_all_the_years_before(
    world: World, about: dict[str, Any]
) -> None:
    first = world.hook(**about)
    assert first.routes[0].after == 0
    for number in range(3):
        lost(world, f"201555010{number}")
    late = world.hook(**about)
    assert late.routes[0].after == 3
    told_from: list[int] = []
    world.receivers.watch = lambda telling: told_from.append(cursor_of(world, telling.subscription).told)
    lost(world, "2015550109")
    assert (world.told(first), world.told(late)) == ([1, 2, 3, 4], [4])
    assert told_from == [3, 3]


def test_who_comes_over_to_events_hears_none_of_those_before(world: World) -> None:
    who = world.hook(**ABOUT_EVENTS)
    lost(world, "2015550100")
    world.subscribe.change(world.wish(target=who.target), who.id)
    lost(world, "2015550101")
    world.subscribe.change(world.wish(target=who.target, **ABOUT_EVENTS), who.id)
    lost(world, "2015550102")
    assert world.told(who) == [1, 3]


@pytest.mark.parametrize("none_before", [True, False])
def test_an_event_raised_while_a_subscription_is_written_keeps_nobody_waiting(world: World, none_before: bool) -> None:  # noqa: FBT001 because pytest gives it by name
    if not none_before:
        lost(world, "2015550100")
    subscriber = world.process(world.hook, **ABOUT_EVENTS).until("subscriptions.add")
    lost(world, "2015550101")
    who = subscriber.finish().result
    assert isinstance(who, Subscription)
    last = lost(world, "2015550102").number
    assert world.told(who)[-1] == last
    assert world.quiet(who, EVENTS)


def cursor_of(world: World, who: Subscription) -> Cursor:
    found = world.cursor(who, EVENTS)
    assert found is not None
    return found


@pytest.mark.parametrize("about", [{}, ABOUT_EVENTS, {"filters": Filters(definition=Definition.ORDER_UPDATE)}])
def test_an_account_has_so_many_subscriptions_to_a_whole_type_as_it_may_have(
    world: World, about: dict[str, Any]
) -> None:
    limited = replace(world.subscribe, limit=2)
    first, _ = (limited.create(world.wish(**about)) for _ in range(2))
    with pytest.raises(TooManySubscriptions, match="2"):
        limited.create(world.wish(**about))
    limited.create(world.wish(world.place()))  # one order is none of them
    limited.create(world.wish(account="9900001", **about))
    limited.change(world.wish(**{**about, "target": Mailbox(email="ann@example.net")}), first.id)
    limited.remove(ACCOUNT, first.id)
    made = limited.create(world.wish(**about))
    assert isinstance(made.target, Callback)
