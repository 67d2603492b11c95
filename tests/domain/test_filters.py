"""What a filter lets through, and that a filter never lets a subscription hear of more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.commands import RaiseEvent
from chalicelib.domain.entry import Entry, Kind
from chalicelib.domain.event import events_of, raised, unheard_of
from chalicelib.domain.filters import NOTE, ORDER_CHANGE, Definition, Filters, event_type
from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.domain.subscription import ANY_ORDER, EVENTS, Route
from tests.domain.samples import START, at, entry, key, subscription

SLACK = timedelta(seconds=5)
EVENT = entry(order=events_of("9900000"), status="MESSAGING_LOST")


@pytest.mark.parametrize(
    ("what", "called"),
    [
        (entry(), ORDER_CHANGE),
        (entry(kind=Kind.CREATED), ORDER_CHANGE),
        (entry(kind=Kind.NOTE), NOTE),
        (EVENT, "MESSAGING_LOST"),
    ],
)
def test_what_version_2_calls_it(what: Entry, called: str) -> None:
    assert event_type(what) == called


ENTRIES = st.builds(
    entry,
    order=st.builds(key, st.integers(1, 2), st.sampled_from(["portins", "disconnects", "events"])),
    number=st.integers(1, 6), kind=st.sampled_from(Kind), at=st.integers(-10, 10).map(at),
    status=st.sampled_from(["FOC", "COMPLETE", "SNAPBACK", "MESSAGING_LOST"]),
)  # fmt: skip
ROUTES = st.lists(
    st.builds(
        Route, type=st.sampled_from(["portins", "disconnects", "events"]),
        order_id=st.sampled_from([ANY_ORDER, key(1).id, key(2).id]), since=st.integers(-5, 5).map(at),
        after=st.integers(0, 6),
    ),
    min_size=1, max_size=4,
).map(tuple)  # fmt: skip
FILTERS = st.one_of(
    st.builds(Filters, definition=st.just(Definition.ORDER_UPDATE),
              event_types=st.lists(st.sampled_from([ORDER_CHANGE, NOTE]), max_size=2).map(tuple)),
    st.builds(Filters, definition=st.just(Definition.ACCOUNT_EVENT),
              event_types=st.lists(st.just("MESSAGING_LOST"), max_size=1).map(tuple)),
)  # fmt: skip


@given(what=ENTRIES, routes=ROUTES, filters=FILTERS)
def test_a_filter_only_takes_away(what: Entry, routes: tuple[Route, ...], filters: Filters) -> None:
    plain = subscription(*routes)
    filtered = replace(plain, filters=filters)
    wanted = event_type(what) in (filters.event_types or (event_type(what),))
    assert filtered.covers(what, slack=SLACK) is (plain.covers(what, slack=SLACK) and wanted)


@given(what=ENTRIES, routes=ROUTES, filters=FILTERS)
def test_several_routes_hear_what_each_of_them_hears(what: Entry, routes: tuple[Route, ...], filters: Filters) -> None:
    each = [subscription(route, filters=filters).covers(what, slack=SLACK) for route in routes]
    assert subscription(*routes, filters=filters).covers(what, slack=SLACK) is any(each)


@given(what=ENTRIES, routes=ROUTES, filters=FILTERS)
def test_no_entry_ends_a_subscription_of_version_2(what: Entry, routes: tuple[Route, ...], filters: Filters) -> None:
    assert not subscription(*routes, filters=filters).ends_at(what)


def test_what_is_heard_is_the_same_however_it_was_written() -> None:
    one, other = Route(type="portins", since=START), Route(type="disconnects", order_id=key().id, since=at(9))
    unsaid = subscription(one, other, filters=Filters(definition=Definition.ORDER_UPDATE))
    said = Filters(definition=Definition.ORDER_UPDATE, event_types=(NOTE, ORDER_CHANGE), order_types=("portins",))
    assert unsaid.heard == subscription(other, one, filters=said).heard
    less = replace(said, event_types=(NOTE,))
    assert unsaid.heard != subscription(one, other, filters=less).heard != subscription(one, filters=less).heard
    assert subscription(one).heard == ()


def test_events_are_one_journal_of_each_account_and_of_no_order_type() -> None:
    assert events_of("9900000") == events_of("9900000") != events_of("9900001")
    assert events_of("9900000").id != events_of("9900001").id
    assert EVENTS not in {each.resource for each in ORDER_TYPES}


@given(seconds=st.lists(st.integers(-50, 50), min_size=1, max_size=6))
def test_events_are_numbered_without_a_gap_and_never_go_back_in_time(seconds: list[int]) -> None:
    order = unheard_of("9900000", by="operator", at=START)
    entries: list[Entry] = []
    for each in seconds:
        command = RaiseEvent(account="9900000", event_type="MESSAGING_LOST", numbers=("2015550100",), by="operator")
        change = raised(order, command, at=at(each))
        order, entries = change.order, [*entries, *change.entries]
    assert [one.number for one in entries] == list(range(1, len(seconds) + 1))
    assert [one.at for one in entries] == sorted(one.at for one in entries)
    assert all(one.notified and not one.final and one.completed_numbers == ("2015550100",) for one in entries)
