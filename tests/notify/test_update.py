"""What callbacks of version 2, and of events, carry: the golden bodies, and what holds for any entry."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.domain.subscription import NumberFormat
from chalicelib.notify.notification import notification
from chalicelib.notify.update import update
from tests.notify.golden import ACCOUNT, CALLBACKS, FOLDER, ORDERS
from tests.notify.lives import ORDER_ID, START, SUBSCRIPTION_ID, events, json_subscription, portin


@pytest.mark.parametrize("name", CALLBACKS)
def test_a_callback_is_the_one_that_was_looked_at(name: str) -> None:
    # Written anew by `python -m tests.notify.golden`.
    assert CALLBACKS[name]() == (FOLDER / name).read_bytes()


def test_an_event_without_a_number_has_no_list_of_them_in_either_version() -> None:
    entry = replace(events("2015550100").last, completed_numbers=())
    subscription = json_subscription(portin(), ACCOUNT)
    assert b"Impacted" not in notification(SUBSCRIPTION_ID, NumberFormat.E164, entry)
    assert "impactedTelephoneNumbers" not in json.loads(update(subscription, ACCOUNT, NumberFormat.E164, entry))


def test_a_creation_has_no_state_before_it() -> None:
    [created, submitted] = portin().journal
    subscription = json_subscription(portin(), ORDERS)
    shown = [json.loads(update(subscription, ORDERS, NumberFormat.E164, each)) for each in (created, submitted)]
    assert [each.get("previousStatus") for each in shown] == [None, "PENDING_DOCUMENTS"]


ANYTHING = st.text(max_size=60)
ENTRIES = st.builds(
    Entry,
    order=st.builds(OrderKey, st.just("9900000"), st.sampled_from([each.resource for each in ORDER_TYPES]),
                    st.just(ORDER_ID)),
    number=st.integers(1, 10**9), kind=st.sampled_from(Kind), at=st.just(START), by=ANYTHING,
    status=st.sampled_from(["COMPLETE", "FOC", "FAILED"]), previous=st.none() | st.just("NEW"),
    message=st.none() | ANYTHING, note=st.none() | ANYTHING, customer_order_id=st.none() | ANYTHING,
    completed_numbers=st.lists(ANYTHING, max_size=3).map(tuple), actual_foc_date=st.none() | st.just(START),
)  # fmt: skip


@given(entry=ENTRIES, lone=st.sampled_from(["", "\ud800", "\x00"]))
def test_whatever_an_entry_holds_is_told_in_json_and_the_same_each_time(entry: Entry, lone: str) -> None:
    entry = replace(entry, note=(entry.note or "") + lone, by=entry.by + lone)
    subscription = json_subscription(portin(), ORDERS)
    body = update(subscription, ORDERS, NumberFormat.E164, entry)
    assert body == update(subscription, ORDERS, NumberFormat.E164, entry)
    told = json.loads(body.decode())
    assert (told["orderId"], told["sequence"], told["subscriptionId"]) == (ORDER_ID, entry.number, SUBSCRIPTION_ID)
    assert told["eventType"] == ("note" if entry.kind is Kind.NOTE else "order_change")
    assert len(told.get("completedTelephoneNumbers", ())) == len(entry.completed_numbers)
    assert None not in told.values()
