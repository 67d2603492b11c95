"""What a supplement makes of an order, rule by rule."""

import pytest

from chalicelib.domain import decide
from chalicelib.domain.commands import Cancel, CreateOrder, HandIn, MoveOrder, Supplement
from chalicelib.domain.decide.merging import differences, merged
from chalicelib.domain.details import Details
from chalicelib.domain.entry import SYSTEM, Changed, Kind
from chalicelib.domain.errors import Barred, Invalid, StepRefused
from chalicelib.domain.order import Change, Failure, Order
from tests.domain.samples import NUMBERS, START, at

ADDRESS: Details = (
    ("Subscriber", (("BusinessName", "Acme"), ("ServiceAddress", (("HouseNumber", "12"), ("City", "Cary"))))),
)
TOLL_FREE: Details = (("ListOfPhoneNumbers", (("PhoneNumber", "+18005550100"),)),)


def placed(details: Details = NUMBERS, order_type: str = "portins", *, draft: bool = False) -> Order:
    command = CreateOrder(account="9900000", type=order_type, details=details, by="ann", draft=draft)
    return decide.create(command, order_id="0b6f3a2e-9d0e-4e0e-8a59-0a3c7d2f1b11", at=START).order


def moved(order: Order, *states: str) -> Order:
    for status in states:
        order = decide.move(order, MoveOrder(order=order.key, status=status, by="desk"), at=START).order
    return order


def sent(order: Order, details: Details, *, inner: bool = False) -> Change:
    command = Supplement(order=order.key, details=details, by="ann", inner=inner)
    return decide.supplement(order, command, at=at(60))


def test_what_is_not_sent_stays_and_a_list_is_replaced_whole() -> None:
    after = merged((*NUMBERS, ("SiteId", "1")), (("listofphonenumbers", (("PhoneNumber", "9195551299"),)),))
    assert after == (("ListOfPhoneNumbers", (("PhoneNumber", "9195551299"),)), ("SiteId", "1"))


def test_an_element_of_a_list_is_not_merged_with_the_one_before() -> None:
    before: Details = (("DldaTnGroups", (("DldaTnGroup", (("ListingType", "LISTED"), ("AccountType", "BUSINESS"))),)),)
    after: Details = (("DldaTnGroups", (("DldaTnGroup", (("AccountType", "RESIDENCE"),)),)),)
    assert merged(before, after) == after


def test_an_address_is_changed_part_by_part_unless_it_is_reset() -> None:
    part: Details = (("Subscriber", (("ServiceAddress", (("City", "Apex"),)),)),)
    order = sent(placed((*NUMBERS, *ADDRESS)), part).order
    assert order.details[1][1][1] == ("ServiceAddress", (("HouseNumber", "12"), ("City", "Apex")))
    reset: Details = (("Subscriber", (("ServiceAddress", (("ResetAddressFields", "true"), ("City", "Apex"))),)),)
    order = sent(placed((*NUMBERS, *ADDRESS)), reset).order
    assert order.details[1][1][1] == ("ServiceAddress", (("City", "Apex"),))


def test_differences_name_each_element_and_join_repeated_texts() -> None:
    before: Details = (*NUMBERS, ("SiteId", "1"))
    after: Details = (("ListOfPhoneNumbers", (("PhoneNumber", "9195551234"),)), ("PeerId", "2"))
    assert differences(before, after) == (
        Changed("ListOfPhoneNumbers/PhoneNumber", "9195551234, 9195551235", "9195551234"),
        Changed("SiteId", "1", ""),
        Changed("PeerId", "", "2"),
    )


def test_a_huge_change_is_told_in_bounds() -> None:
    after: Details = tuple((f"E{number}", "x" * 5000) for number in range(500))
    found = differences((), after)
    assert all(len(each.after) < 2100 for each in found)
    assert sum(len(each.after) for each in found) < 25_100
    assert found[-1].after == f"{501 - len(found)} more elements"
    many = differences((), tuple((f"E{number}", "x") for number in range(500)))
    assert (len(many), many[-1].after) == (201, "300 more elements")


def test_a_supplement_in_another_state_is_one_entry_that_says_both() -> None:
    change = sent(placed(), (("SiteId", "7"),))
    (entry,) = change.entries
    assert (entry.kind, entry.previous, entry.status) == (Kind.STATUS, "SUBMITTED", "REQUESTED_SUPP")
    assert entry.changes == (Changed("SiteId", "", "7"),)
    assert change.rewrites
    (again,) = sent(change.order, (("SiteId", "8"),)).entries
    assert (again.kind, again.status) == (Kind.DETAILS, "REQUESTED_SUPP")


def test_what_clients_send_back_as_they_read_it_means_nothing() -> None:
    order = moved(placed(), "FOC")
    back: Details = (("ProcessingStatus", "FOC"), ("OrderId", "x"), ("userId", "eve"), ("LastModifiedDate", "now"))
    change = sent(order, (*back, ("SiteId", "7")))
    assert change.order.details == (*order.details, ("SiteId", "7"))
    assert change.order.status == "REQUESTED_SUPP"


@pytest.mark.parametrize("state", ["SUBMITTED", "FOC", "EXCEPTION", "REQUESTED_SUPP"])
@pytest.mark.parametrize("again", [(), (("ProcessingStatus", "SUBMITTED"),), NUMBERS, (("PeerId", ""),)])
def test_what_changes_nothing_of_a_port_in_leads_nowhere(state: str, again: Details) -> None:
    order = placed() if state == "SUBMITTED" else moved(placed(), state)
    change = sent(order, again)
    assert (change.order, change.entries, change.rewrites) == (order, (), False)


def test_a_supplement_that_changes_something_is_taken_while_one_is_requested() -> None:
    order = moved(placed(), "REQUESTED_SUPP")
    change = sent(order, (("ProcessingStatus", "REQUESTED_SUPP"), ("SiteId", "7")))
    assert [(entry.kind, entry.status) for entry in change.entries] == [(Kind.DETAILS, "REQUESTED_SUPP")]


def test_the_country_that_is_shown_of_every_address_is_no_change_and_another_is() -> None:
    order = moved(placed((*NUMBERS, *ADDRESS)), "EXCEPTION")

    def country(name: str) -> Details:
        return (("Subscriber", (("ServiceAddress", (("Country", name), ("AddressType", "Service"))),)),)

    assert sent(order, country("United States")).entries == ()
    assert sent(order, country("Canada")).order.status == "REQUESTED_SUPP"


def test_the_orders_own_foc_date_may_come_back_and_no_other() -> None:
    order = decide.move(
        placed(), MoveOrder(order=placed().key, status="FOC", by="desk", actual_foc_date=START), at=START
    ).order
    assert sent(order, (("ActualFocDate", START.isoformat()),)).entries == ()
    for other in (at(60).isoformat(), START.replace(tzinfo=None).isoformat(), "soon"):
        with pytest.raises(Invalid, match="ActualFocDate"):
            sent(order, (("ActualFocDate", other),))


def test_a_draft_is_submitted_with_its_word_and_not_without_a_number() -> None:
    word: Details = (("ProcessingStatus", "SUBMITTED"),)
    change = sent(placed(draft=True), word)
    assert [(entry.status, entry.by) for entry in change.entries] == [
        ("PENDING_DOCUMENTS", "ann"),
        ("SUBMITTED", SYSTEM),
    ]
    with pytest.raises(Invalid, match="no telephone number"):
        sent(placed((), draft=True), word)


def test_a_word_that_a_draft_does_not_know_now_is_refused() -> None:
    draft = moved(placed(draft=True), "VALIDATE_DRAFT_TFNS")
    with pytest.raises(StepRefused):
        sent(draft, (("ProcessingStatus", "SUBMITTED"),))
    for status in ("FOC", "CANCELLED"):
        with pytest.raises(StepRefused):
            sent(draft, (("ProcessingStatus", status),))
    for status in ("DRAFT", "VALIDATE_DRAFT_TFNS"):
        assert sent(draft, (("ProcessingStatus", status),)).entries == ()


def test_a_toll_free_order_is_validated_first_and_waits_for_its_documents() -> None:
    order = placed(TOLL_FREE)
    assert order.status == "VALIDATE_TFNS"
    waiting = moved(order, "PENDING_DOCUMENTS")
    assert waiting.status == "PENDING_DOCUMENTS"
    change = decide.hand_in(waiting, HandIn(order=waiting.key, by="ann"), at=at(1))
    assert (change.order.status, change.entries[0].changes[0].field) == ("SUBMITTED", "LoaDate")
    assert not decide.hand_in(change.order, HandIn(order=waiting.key, by="ann"), at=at(2)).entries


def test_a_toll_free_draft_is_validated_when_it_is_submitted() -> None:
    assert sent(placed(TOLL_FREE, draft=True), (("ProcessingStatus", "SUBMITTED"),)).order.status == "VALIDATE_TFNS"


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ((("BillingTelephoneNumber", "9195551299"),), "7305"),
        ((("Subscriber", (("BusinessName", "Other"),)),), "7306"),
        ((("Subscriber", (("ServiceAddress", (("City", "Apex"),)),)),), "7307"),
    ],
)
def test_what_the_carrier_has_confirmed_is_fixed_from_then_on(details: Details, code: str) -> None:
    order = moved(placed((*NUMBERS, *ADDRESS)), "FOC")
    with pytest.raises(Invalid) as refusal:
        sent(order, details)
    assert refusal.value.problems[0].code == code
    assert sent(order, (("RequestedFocDate", "2026-12-24"), *ADDRESS)).order.status == "REQUESTED_SUPP"


@pytest.mark.parametrize("state", ["SUBMITTED", "REQUESTED_SUPP", "EXCEPTION", "FOC"])
def test_a_port_in_keeps_its_numbers_and_its_site_from_its_submission_on(state: str) -> None:
    details: Details = (("BillingTelephoneNumber", "9195551234"), ("SiteId", "7"), *NUMBERS)
    order = placed(details) if state == "SUBMITTED" else moved(placed(details), state)
    for empty in ("", (("PhoneNumber", " "),)):
        assert sent(order, (("ListOfPhoneNumbers", empty), ("SiteId", ""))).entries == ()
        after = sent(order, (("ListOfPhoneNumbers", empty), ("LoaAuthorizingPerson", "B. Person"))).order
        assert (after.numbers, after.fact("SiteId")) == (order.numbers, "7")
    assert sent(order, (("SiteId", "8"), ("PeerId", ""))).order.status == "REQUESTED_SUPP"
    cleared = sent(placed(details, draft=True), (("ListOfPhoneNumbers", ""), ("SiteId", ""))).order
    assert cleared.details == (("BillingTelephoneNumber", "9195551234"), ("SiteId", ""), ("ListOfPhoneNumbers", ""))


def test_a_port_in_keeps_its_billing_number() -> None:
    order = placed((("BillingTelephoneNumber", "9195551234"),))
    assert sent(order, (("BillingTelephoneNumber", ""),)).entries == ()


def test_a_foc_date_is_not_the_clients_to_say() -> None:
    with pytest.raises(Invalid, match="ActualFocDate"):
        sent(placed(), (("ActualFocDate", "2026-12-24"),))


def test_failures_are_those_of_the_last_move_and_make_its_message() -> None:
    command = MoveOrder(
        order=placed().key, status="EXCEPTION", by="desk", failures=(Failure("7999", "Bad.", ("9195551234",)),)
    )
    failed = decide.move(placed(), command, at=START).order
    assert (failed.message, failed.failures) == ("7999: Bad.", command.failures)
    assert moved(failed, "FOC").failures == ()


def test_a_child_of_a_bulk_port_in_is_changed_by_it_alone() -> None:
    child = sent(placed(draft=True), (("BulkPortinOrderId", "b"),), inner=True).order
    assert child.fact("BulkPortinOrderId") == "b"
    with pytest.raises(Barred):
        sent(child, (("SiteId", "7"),))
    with pytest.raises(Barred):
        decide.cancel(child, Cancel(order=child.key, by="ann"), at=START)


def test_a_closed_back_order_is_partial_or_failed_by_what_was_obtained() -> None:
    waiting = moved(placed(NUMBERS, "orders"), "BACKORDERED")
    assert sent(waiting, (("CloseOrder", "true"),)).order.status == "FAILED"
    some = MoveOrder(order=waiting.key, status="BACKORDERED", by="desk", completed_numbers=("9195551234",))
    partly = decide.move(waiting, some, at=START).order
    assert sent(partly, (("CloseOrder", "true"), ("Name", "n"))).order.status == "PARTIAL"


def test_a_cancel_by_word_changes_nothing_else() -> None:
    order = placed(NUMBERS, "lsrorders")
    change = sent(order, (("OrderStatus", "CANCELLED"), ("ListOfPhoneNumbers", "")))
    assert (change.order.status, change.order.details) == ("CANCELLED", order.details)
