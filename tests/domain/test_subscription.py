"""What a subscription covers, where it ends, how long it lives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.entry import Entry, Kind
from chalicelib.domain.subscription import LONGEST_EXPIRY, Route, Subscription, expiry
from tests.domain.samples import HOOK, START, at, entry, key, mailbox, subscription

SLACK = timedelta(seconds=5)
ALL = subscription()
ONE = subscription(Route(type="portins", order_id=key().id, since=START, after=2))
DAY = subscription(expires_at=at(86_400))
MAIL = subscription(target=mailbox("Ann@Example.net"))
MOVED = subscription(
    Route(type="portins", order_id=key().id, since=START, after=2), Route(type="disconnects", since=at(100))
)

COVERS = {
    "all: a notified state": (ALL, entry(), True),
    "all: a state that is not notified": (ALL, entry(status="SNAPBACK"), False),
    "all: a note, whatever the state": (ALL, entry(kind=Kind.NOTE, status="SNAPBACK"), True),
    "all: a changed note": (ALL, entry(kind=Kind.NOTE_CHANGED), False),
    "all: changed details": (ALL, entry(kind=Kind.DETAILS), False),
    "all: a creation into a notified state": (ALL, entry(kind=Kind.CREATED, status="SUBMITTED"), True),
    "all: another type": (ALL, entry(order=key(1, "disconnects"), status="COMPLETE"), False),
    "all: just within the clocks' slack": (ALL, entry(at=at(-5)), True),
    "all: before it": (ALL, entry(at=at(-5.001)), False),
    "all: a number does not matter": (ALL, entry(number=999), True),
    "one: another order": (ONE, entry(order=key(2), number=3), False),
    "one: up to its beginning": (ONE, entry(number=2), False),
    "one: from then on": (ONE, entry(number=3), True),
    "one: time does not matter": (ONE, entry(number=3, at=at(-10_000)), True),
    "expiry: just before": (DAY, entry(at=at(86_399.999)), True),
    "expiry: at the moment": (DAY, entry(at=at(86_400)), False),
    "mail: one's own reply": (MAIL, entry(kind=Kind.NOTE, by="ANN@example.net", by_mail=True), False),
    "mail: one's own note by the API": (MAIL, entry(kind=Kind.NOTE, by="ann@example.net"), True),
    "mail: another's reply": (MAIL, entry(kind=Kind.NOTE, by="bob@example.net", by_mail=True), True),
    "callback: a reply by mail": (ALL, entry(kind=Kind.NOTE, by="ann@example.net", by_mail=True), True),
    "moved: the order, from then on": (MOVED, entry(number=3), True),
    "moved: the order, before": (MOVED, entry(number=2), False),
    "moved: the added type, from then on": (
        MOVED, entry(order=key(5, "disconnects"), status="COMPLETE", at=at(95)), True
    ),
    "moved: the added type, before": (
        MOVED, entry(order=key(5, "disconnects"), status="COMPLETE", at=at(94)), False
    ),
    "moved: the type that was left": (MOVED, entry(order=key(6), number=3), False),
}  # fmt: skip


@pytest.mark.parametrize(("who", "what", "covered"), COVERS.values(), ids=COVERS)
def test_covers(who: Subscription, what: Entry, covered: bool) -> None:  # noqa: FBT001 because a table names its columns
    assert who.covers(what, slack=SLACK) is covered


ENDS = {
    "one: its final entry": (ONE, entry(number=3, status="COMPLETE"), True),
    "one: a final entry that is not notified": (
        subscription(Route(type="portouts", order_id=key().id, since=START, after=0)),
        entry(order=key(1, "portouts"), status="CANCELLED"),
        True,
    ),
    "one: any other entry": (ONE, entry(number=3, status="FOC"), False),
    "one: a note on an order that is final": (ONE, entry(number=3, kind=Kind.NOTE, status="COMPLETE"), False),
    "one: final before it was made": (ONE, entry(number=2, status="COMPLETE"), False),
    "one: another order": (ONE, entry(order=key(2), number=3, status="COMPLETE"), False),
    "one: the same id in another type": (
        ONE,
        entry(order=key(1, "orders"), number=3, status="COMPLETE"),
        False,
    ),
    "all: a final entry": (ALL, entry(number=3, status="COMPLETE"), False),
    "moved: its one order": (MOVED, entry(number=3, status="CANCELLED"), True),
}


@pytest.mark.parametrize(("who", "what", "ended"), ENDS.values(), ids=ENDS)
def test_ends_at(who: Subscription, what: Entry, ended: bool) -> None:  # noqa: FBT001 because a table names its columns
    assert who.ends_at(what) is ended


def test_slack_may_be_nothing() -> None:
    assert ALL.covers(entry(at=START), slack=timedelta(0))
    assert not ALL.covers(entry(at=at(-0.001)), slack=timedelta(0))


@pytest.mark.parametrize(
    ("who", "seconds", "live"),
    [
        (ALL, 10**9, True),
        (DAY, 86_399.999, True),
        (DAY, 86_400, False),
        (replace(ALL, ended_at=START), 0, False),
    ],
)
def test_the_api_knows_it_until_it_expires_or_ends(who: Subscription, seconds: float, live: bool) -> None:  # noqa: FBT001 because a table names its columns
    assert who.live(at(seconds)) is live


def test_seconds_left_never_fall_below_nothing() -> None:
    assert [DAY.seconds_left(at(seconds)) for seconds in (0, 86_390, 86_400, 99_999)] == [86_400, 10, 0, 0]
    assert ALL.seconds_left(START) is None


def test_an_expiry_beyond_a_hundred_years_counts_as_that() -> None:
    assert expiry(START, 60) == at(60)
    assert expiry(START, 10**15) == expiry(START, LONGEST_EXPIRY) == START + timedelta(seconds=LONGEST_EXPIRY)


def test_two_targets_are_the_same_by_address_and_mail_addresses_by_any_case() -> None:
    assert mailbox("A@b.net").address == mailbox("a@B.net").address
    assert replace(HOOK, secret="another", username="u").address == HOOK.address
    assert replace(HOOK, url=HOOK.url.upper()).address != HOOK.address


def test_one_knows_its_order_and_all_knows_none() -> None:
    assert (ONE.order_id, ALL.order_id) == (key().id, None)


def test_secrets_are_not_shown_where_a_subscription_is_printed() -> None:
    shown = repr(subscription(target=replace(HOOK, password="hunter2")))
    assert "hunter2" not in shown
    assert HOOK.secret not in shown
