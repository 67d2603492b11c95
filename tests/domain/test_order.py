"""Single rules of orders, each as one sentence."""

from datetime import datetime

import pytest

from chalicelib.domain import decide
from chalicelib.domain.commands import AddNote, ChangeNote, CreateOrder, MoveOrder
from chalicelib.domain.details import Details
from chalicelib.domain.entry import SYSTEM, Kind
from chalicelib.domain.errors import StepRefused
from chalicelib.domain.order import Change, Order
from chalicelib.domain.order_types import ORDER_TYPES, OrderType
from tests.domain.samples import NUMBERS, START, at


def created(order_type: str = "portins", details: Details = NUMBERS, *, draft: bool = False) -> Change:
    command = CreateOrder(account="9900000", type=order_type, details=details, by="ann", draft=draft)
    return decide.create(command, order_id="0b6f3a2e-9d0e-4e0e-8a59-0a3c7d2f1b11", at=START)


def moved(order: Order, *states: str, when: datetime = START) -> Order:
    for status in states:
        order = decide.move(order, MoveOrder(order=order.key, status=status, by="desk"), at=when).order
    return order


def test_a_port_in_passes_pending_documents_at_once() -> None:
    change = created()
    assert [(entry.kind, entry.status, entry.previous, entry.by) for entry in change.entries] == [
        (Kind.CREATED, "PENDING_DOCUMENTS", None, "ann"),
        (Kind.STATUS, "SUBMITTED", "PENDING_DOCUMENTS", SYSTEM),
    ]
    assert [entry.message for entry in change.entries] == ["LOA required", "Order has been created"]
    assert (change.order.version, change.order.status) == (2, "SUBMITTED")


def test_a_port_in_without_numbers_is_cancelled_with_the_reason() -> None:
    change = created(details=())
    assert [entry.status for entry in change.entries] == ["PENDING_DOCUMENTS", "CANCELLED"]
    assert change.entries[-1].message == "7203: There is no telephone number to port."
    assert change.order.ended_at == START


def test_the_billing_number_counts_where_no_number_is_listed() -> None:
    change = created(details=(("BillingTelephoneNumber", "9195551234"),))
    assert (change.order.status, change.order.number_count) == ("SUBMITTED", 1)


def test_a_number_outside_the_list_is_not_to_be_ported() -> None:
    contact = ("Contact", (("TelephoneNumber", "8005550177"),))
    order = created(details=(*NUMBERS, contact)).order
    assert (order.status, order.number_count, order.toll_free) == ("SUBMITTED", 2, False)
    assert created(details=(contact,)).order.status == "CANCELLED"


def test_a_draft_waits_and_follows_its_steps_once_submitted() -> None:
    draft = created(draft=True).order
    assert (draft.status, draft.version, draft.draft) == ("DRAFT", 1, True)
    change = decide.move(draft, MoveOrder(order=draft.key, status="PENDING_DOCUMENTS", by="ann"), at=START)
    assert [entry.status for entry in change.entries] == ["PENDING_DOCUMENTS", "SUBMITTED"]
    assert not change.order.draft


def test_a_toll_free_port_in_waits_for_its_documents() -> None:
    order = moved(created(draft=True).order, "VALIDATE_DRAFT_TFNS", "VALID_DRAFT_TFNS", "VALIDATE_TFNS")
    change = decide.move(order, MoveOrder(order=order.key, status="PENDING_DOCUMENTS", by="desk"), at=START)
    assert [entry.status for entry in change.entries] == ["PENDING_DOCUMENTS"]
    assert change.order.status == "PENDING_DOCUMENTS"


@pytest.mark.parametrize("kind", ORDER_TYPES, ids=lambda kind: kind.resource)
def test_only_types_with_drafts_make_them(kind: OrderType) -> None:
    first = created(kind.resource, draft=True).entries[0]
    assert first.status == ("DRAFT" if kind.resource in ("portins", "bulkPortins") else kind.initial)


def test_a_cancelled_order_takes_no_more_steps() -> None:
    order = moved(created().order, "CANCELLED")
    with pytest.raises(StepRefused, match="none: the state is final") as refusal:
        moved(order, "FOC")
    assert refusal.value.allowed == ()


def test_a_state_may_be_entered_again_where_the_type_says_so_and_only_a_difference_is_written() -> None:
    foc = decide.move(
        created().order,
        MoveOrder(order=created().order.key, status="FOC", by="desk", actual_foc_date=at(60)),
        at=START,
    ).order
    same = MoveOrder(order=foc.key, status="FOC", by="other", actual_foc_date=at(60))
    assert decide.move(foc, same, at=at(5)) == Change(foc.version, foc)
    new_date = MoveOrder(order=foc.key, status="FOC", by="desk", actual_foc_date=at(120))
    entries = decide.move(foc, new_date, at=at(5)).entries
    assert [(entry.status, entry.previous, entry.actual_foc_date) for entry in entries] == [("FOC", "FOC", at(120))]


def test_the_desk_has_the_last_word_on_message_and_numbers() -> None:
    order = moved(created().order, "FOC")
    command = MoveOrder(
        order=order.key, status="COMPLETE", by="desk", message="Done.", completed_numbers=("9195551234",)
    )
    change = decide.move(order, command, at=START)
    assert change.entries[0].message == change.order.message == "Done."
    assert change.entries[0].completed_numbers == change.order.completed_numbers == ("9195551234",)


def test_a_completed_order_tells_all_its_numbers_where_the_desk_names_none() -> None:
    order = moved(created().order, "FOC")
    change = decide.move(order, MoveOrder(order=order.key, status="COMPLETE", by="desk"), at=START)
    assert change.entries[0].completed_numbers == ("9195551234", "9195551235")


def test_the_foc_date_stands_only_in_entries_of_that_state() -> None:
    order = created().order
    command = MoveOrder(order=order.key, status="FOC", by="desk", actual_foc_date=at(60))
    foc = decide.move(order, command, at=START)
    done = decide.move(foc.order, MoveOrder(order=order.key, status="COMPLETE", by="desk"), at=START)
    noted = decide.add_note(foc.order, AddNote(order=order.key, text="when?", by="ann"), at=START)
    assert foc.entries[0].actual_foc_date == at(60)
    assert done.entries[0].actual_foc_date is None
    assert noted.entries[0].actual_foc_date is None
    assert done.order.actual_foc_date == at(60)


def test_a_note_says_nothing_of_the_state_and_its_id_is_its_entry() -> None:
    change = decide.add_note(created().order, AddNote(order=created().order.key, text=" ok ", by="ann"), at=at(9))
    (entry,), (note,) = change.entries, change.notes
    assert (entry.number, entry.note_id, note.id) == (3, "3", "3")
    assert (entry.message, entry.note, entry.status) == (None, " ok ", "SUBMITTED")


def test_a_changed_note_keeps_its_id_and_names_who_changed_it() -> None:
    noted = decide.add_note(created().order, AddNote(order=created().order.key, text="a", by="ann"), at=at(1))
    command = ChangeNote(order=noted.order.key, note_id="3", text="b", by="bob")
    change = decide.change_note(noted.order, noted.notes[0], command, at=at(2))
    assert (change.notes[0].id, change.notes[0].text, change.notes[0].by) == ("3", "b", "bob")
    assert (change.entries[0].number, change.entries[0].kind) == (4, Kind.NOTE_CHANGED)


def test_five_hundred_characters_fit_a_note() -> None:
    decide.add_note(created().order, AddNote(order=created().order.key, text="x" * 500, by="ann"), at=at(1))


def test_time_never_goes_back_within_a_journal() -> None:
    order = moved(created().order, "FOC", when=at(100))
    change = decide.add_note(order, AddNote(order=order.key, text="early", by="ann"), at=at(50))
    assert change.entries[0].at == change.notes[0].at == at(100)


def test_an_order_keeps_the_few_things_that_lists_show() -> None:
    details: Details = (
        ("SiteId", "12"),
        ("Subscriber", (("BusinessName", " Acme "),)),
        ("CustomerOrderId", "c-1"),
    )
    order = created(details=details).order
    assert (order.fact("SiteId"), order.fact("BusinessName"), order.fact("PeerId")) == ("12", "Acme", None)
    assert order.customer_order_id == created(details=details).entries[0].customer_order_id == "c-1"
