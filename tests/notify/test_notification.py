"""The `<Notification>` document: what stands in it, in which order, whatever an entry holds."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.domain.subscription import NumberFormat
from chalicelib.notify.notification import notification
from tests.notify.lives import ORDER_ID, START, SUBSCRIPTION_ID, disconnect, placed, portin

FOC_DATE = datetime(2026, 12, 10, 15, 30, 0, 999_000, tzinfo=UTC)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WHOSE = (
    f"<SubscriptionId>{SUBSCRIPTION_ID}</SubscriptionId>",
    f"<OrderId>{ORDER_ID}</OrderId><OrderType>portins</OrderType><CustomerOrderId>PORT 7</CustomerOrderId>",
)


def written(entry: Entry, number_format: NumberFormat = NumberFormat.LEGACY) -> str:
    return notification(SUBSCRIPTION_ID, number_format, entry).decode()


def test_a_state_is_told_with_its_message_and_its_time() -> None:
    assert written(portin().last) == (
        f"{DECLARATION}<Notification><Status>SUBMITTED</Status>{WHOSE[0]}"
        f"<Message>Order has been created</Message>{WHOSE[1]}"
        "<LastModifiedDate>2026-12-03T09:00:00.089Z</LastModifiedDate></Notification>"
    )


def test_a_firm_date_is_told_last_and_without_milliseconds() -> None:
    assert written(portin().step("FOC", foc=FOC_DATE).last) == (
        f"{DECLARATION}<Notification><Status>FOC</Status>{WHOSE[0]}"
        f"<Message>Order waiting for activation</Message>{WHOSE[1]}"
        "<LastModifiedDate>2026-12-03T10:30:00.089Z</LastModifiedDate>"
        "<ActualFocDate>2026-12-10T15:30:00Z</ActualFocDate></Notification>"
    )


def test_a_note_is_told_without_status_and_message() -> None:
    noted = portin().step("FOC", foc=FOC_DATE).note("Friday <b>please</b> & thanks")
    assert written(noted.last) == (
        f"{DECLARATION}<Notification>{WHOSE[0]}{WHOSE[1]}"
        "<Note>Friday &lt;b&gt;please&lt;/b&gt; &amp; thanks</Note>"
        "<LastModifiedDate>2026-12-03T12:00:00.089Z</LastModifiedDate></Notification>"
    )


def test_a_final_state_lists_the_numbers_between_order_and_time() -> None:
    assert written(disconnect(2).step("COMPLETE").last) == (
        f"{DECLARATION}<Notification><Status>COMPLETE</Status>{WHOSE[0]}<Message>Order is complete.</Message>"
        f"<OrderId>{ORDER_ID}</OrderId><OrderType>disconnects</OrderType><CompletedTelephoneNumbers>"
        "<TelephoneNumber>2015550100</TelephoneNumber><TelephoneNumber>2015550101</TelephoneNumber>"
        "</CompletedTelephoneNumbers><LastModifiedDate>2026-12-03T10:30:00.089Z</LastModifiedDate></Notification>"
    )


def test_numbers_are_written_as_the_subscription_wants_them() -> None:
    entry = replace(disconnect(1).step("COMPLETE").last, completed_numbers=("+12015550100", "+442071838750"))
    legacy, e164 = written(entry), written(entry, NumberFormat.E164)
    assert re.findall(r"<TelephoneNumber>(.*?)<", legacy) == ["2015550100", "+442071838750"]
    assert re.findall(r"<TelephoneNumber>(.*?)<", e164) == ["+12015550100", "+442071838750"]


@pytest.mark.parametrize("number", ["2015550100", "12015550100", "+12015550100"])
def test_every_spelling_of_a_number_becomes_one(number: str) -> None:
    assert NumberFormat.LEGACY.written(number) == "2015550100"
    assert NumberFormat.E164.written(number) == "+12015550100"


@pytest.mark.parametrize("number", ["+442071838750", "911", "", "(201) 555-0100", "1015550100"])
def test_what_is_no_such_number_stays_as_it_is(number: str) -> None:
    assert {style.written(number) for style in NumberFormat} == {number}


@pytest.mark.parametrize("resource", ["emergencyNotificationGroupOrders", "emergencyNotificationEndpointOrders"])
def test_emergency_orders_that_are_completed_are_told_as_complete(resource: str) -> None:
    entry = placed(resource, ()).step("COMPLETED").last
    assert "<Status>COMPLETE</Status>" in written(entry)


def test_bulk_port_ins_that_are_completed_are_told_as_completed() -> None:
    entry = replace(portin().last, order=OrderKey("9900000", "bulkPortins", ORDER_ID), status="COMPLETED")
    assert "<Status>COMPLETED</Status>" in written(entry)


@pytest.mark.parametrize("kind", ORDER_TYPES, ids=lambda kind: kind.resource)
def test_each_type_is_called_by_its_name_in_subscriptions(kind: object) -> None:
    entry = placed(kind.resource, ()).last  # type: ignore[attr-defined]  # because pytest's ids want an object
    assert f"<OrderType>{kind.token}</OrderType>" in written(entry)  # type: ignore[attr-defined]  # as above


def test_characters_that_xml_cannot_carry_are_replaced() -> None:
    entry = portin().note("a\x00b\x0bc\ufffed\ud800e\U0001f642").last
    assert "<Note>a\ufffdb\ufffdc\ufffdd\ufffde\U0001f642</Note>" in written(entry)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


@given(note=texts, customer_order_id=texts, at=st.datetimes(min_value=datetime(2020, 1, 1)))  # noqa: DTZ001 because Hypothesis wants bounds without a zone
def test_whatever_an_entry_holds_a_reader_gets_back_and_twice_the_same(
    note: str, customer_order_id: str, at: datetime
) -> None:
    entry = Entry(
        order=OrderKey("9900000", "portins", ORDER_ID), number=3, kind=Kind.NOTE, at=at.replace(tzinfo=UTC),
        by="carol", status="FOC", note=note, customer_order_id=customer_order_id,
    )  # fmt: skip
    document = notification(SUBSCRIPTION_ID, NumberFormat.LEGACY, entry)
    read = ET.fromstring(document)
    assert (read.findtext("Note"), read.findtext("CustomerOrderId")) == (note, customer_order_id)
    assert document == notification(SUBSCRIPTION_ID, NumberFormat.LEGACY, entry)


def test_times_of_other_zones_are_told_in_utc() -> None:
    entry = replace(portin().last, at=datetime.fromisoformat("2026-12-03T10:00:00.500+01:00"))
    assert "<LastModifiedDate>2026-12-03T09:00:00.500Z</LastModifiedDate>" in written(entry)
    assert entry.at.astimezone(UTC) > START
