"""The promises of the ledger, in every world."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import decide
from chalicelib.domain.commands import ChangeNote
from chalicelib.domain.details import Details
from chalicelib.domain.entry import Kind
from chalicelib.domain.errors import Conflict, OrderNotFound, ReceiptTaken
from chalicelib.domain.order import Change
from tests.domain.samples import at, key
from tests.store.worlds import Stores, asked, creation, moved, noted, placed, receipt, recorded

MEBIBYTE: Details = (("Notes", tuple((f"Line{n}", "ÅΩ🙂 " * 40 + "x" * 1000) for n in range(1000))),)


def test_an_order_is_read_back_as_it_was_recorded(stores: Stores) -> None:
    details: Details = (
        ("CustomerOrderId", "C-1"), ("SiteId", "12"), ("Empty", ""), ("Twice", "a"), ("Twice", "b"),
        ("Odd", "\x01 \ud800 \U0001f642"), ("TelephoneNumber", "9195551234"),
    )  # fmt: skip
    order = placed(stores, details=details)
    assert stores.ledger.order(order.key) == order


def test_every_field_of_an_order_and_its_entries_is_kept(stores: Stores) -> None:
    order = placed(stores)
    change = moved(order, "FOC")
    foc = datetime(2026, 12, 1, 15, 30, tzinfo=UTC)
    full = replace(change.order, actual_foc_date=foc, completed_numbers=("9195551234",), facts=(("SiteId", "1"),))
    entry = replace(
        change.entries[0], actual_foc_date=foc, completed_numbers=("9195551234", "9195551235"), message="m",
        customer_order_id="c", by_mail=True, note_id="3", note="n",
    )  # fmt: skip
    stores.ledger.record(Change(change.base, full, (entry,)))
    assert stores.ledger.order(order.key) == full
    assert list(stores.ledger.entries(order.key, after=order.version)) == [entry]


def test_a_mebibyte_of_details_is_kept(stores: Stores) -> None:
    order = placed(stores, details=MEBIBYTE)
    assert stores.ledger.order(order.key).details == MEBIBYTE


def test_an_order_that_nobody_placed_is_not_found(stores: Stores) -> None:
    placed(stores)
    for missing in (key(2), key(1, "disconnects"), replace(key(1), account="9900001")):
        with pytest.raises(OrderNotFound):
            stores.ledger.order(missing)
        assert (list(stores.ledger.entries(missing)), list(stores.ledger.notes(missing))) == ([], [])
        assert stores.ledger.marked(missing) is None


@pytest.mark.parametrize("odd", ["", "x" * 5000, "\ud800", "a#b", "%23", "../HEAD"])
def test_an_id_that_no_order_can_have_is_not_found(stores: Stores, odd: str) -> None:
    where = replace(key(1), id=odd)
    with pytest.raises(OrderNotFound):
        stores.ledger.order(where)
    with pytest.raises(OrderNotFound):
        stores.ledger.page(asked(start=odd))
    assert (list(stores.ledger.entries(where)), list(stores.ledger.notes(where))) == ([], [])
    assert stores.ledger.marked(where) is None


def test_an_order_is_placed_once(stores: Stores) -> None:
    order = placed(stores)
    with pytest.raises(Conflict):
        stores.ledger.record(creation())
    assert stores.ledger.order(order.key) == order


def test_a_change_of_another_version_is_refused_and_leaves_nothing(stores: Stores) -> None:
    order = placed(stores)
    newer = recorded(stores, noted(order, "first"))
    with pytest.raises(Conflict):
        stores.ledger.record(noted(order, "second"), receipt())
    assert stores.ledger.order(order.key) == newer
    assert [note.text for note in stores.ledger.notes(order.key)] == ["first"]
    assert [entry.number for entry in stores.ledger.entries(order.key)] == [1, 2, 3]
    assert stores.receipts.receipt("r", now=at(0)) is None


def test_a_change_of_an_order_that_is_not_there_is_refused(stores: Stores) -> None:
    with pytest.raises(Conflict):
        stores.ledger.record(noted(creation().order))


def test_the_journal_is_read_between_two_numbers_in_order(stores: Stores) -> None:
    order = placed(stores)
    for number in range(12):
        order = recorded(stores, noted(order, str(number), seconds=number))

    def numbers(after: int = 0, upto: int | None = None) -> list[int]:
        return [entry.number for entry in stores.ledger.entries(order.key, after=after, upto=upto)]

    assert numbers() == list(range(1, 15))
    assert numbers(after=9) == [10, 11, 12, 13, 14]
    assert numbers(after=9, upto=11) == [10, 11]
    assert numbers(upto=2) == [1, 2]
    assert numbers(after=14) == numbers(after=5, upto=5) == numbers(after=9, upto=3) == []


def test_notes_are_read_oldest_first_with_their_current_text(stores: Stores) -> None:
    order = placed(stores)
    for number in range(9):
        order = recorded(stores, noted(order, f"note {number}"))
    third = stores.ledger.notes(order.key)[2]
    change = decide.change_note(
        order, third, ChangeNote(order=order.key, note_id=third.id, text="changed", by="boss"), at=at(9)
    )
    order = recorded(stores, change)
    notes = stores.ledger.notes(order.key)
    assert [note.id for note in notes] == [str(number) for number in range(3, 12)]
    assert notes[2] == change.notes[0]
    assert stores.ledger.entries(order.key)[-1].kind is Kind.NOTE_CHANGED


def test_a_change_without_entries_writes_only_the_receipt(stores: Stores) -> None:
    order = placed(stores)
    stores.ledger.record(Change(order.version, order), receipt())
    stores.ledger.record(Change(order.version, order))
    assert stores.ledger.order(order.key) == order
    assert stores.receipts.receipt("r", now=at(0)) == receipt()
    with pytest.raises(Conflict):
        stores.ledger.record(Change(order.version - 1, order), receipt("another"))


def test_a_receipt_is_written_with_its_change_and_keeps_it_from_happening_again(stores: Stores) -> None:
    order = placed(stores)
    newer = noted(order).order
    stores.ledger.record(noted(order), receipt())
    assert stores.receipts.receipt("r", now=at(0)) == receipt()
    with pytest.raises(ReceiptTaken):
        stores.ledger.record(noted(newer, "again"), receipt())
    with pytest.raises(ReceiptTaken):
        stores.ledger.record(noted(order), receipt())
    assert stores.ledger.order(order.key) == newer
    assert len(stores.ledger.notes(order.key)) == 1


def test_a_void_receipt_is_no_receipt(stores: Stores) -> None:
    order = placed(stores)
    void = receipt(expires_at=at(-86400))
    stores.ledger.record(noted(order), void)
    order = noted(order).order
    assert stores.receipts.receipt("r", now=at(0)) is None
    assert stores.receipts.receipt("r", now=at(-86401)) in (void, None)
    stores.ledger.record(noted(order), receipt(body_hash="other"))
    assert stores.receipts.receipt("r", now=at(0)) == receipt(body_hash="other")


def test_two_writers_that_race_never_both_win_a_version(stores: Stores) -> None:
    order = placed(stores)
    rounds, writers = 8, 3
    wins: list[int] = []
    barrier = threading.Barrier(writers, timeout=30)

    def write(name: int) -> None:
        for _ in range(rounds):
            now = stores.ledger.order(order.key)
            barrier.wait()
            try:
                stores.ledger.record(noted(now, f"writer {name}"))
                wins.append(now.version + 1)
            except Conflict:
                pass
            barrier.wait()

    threads = [threading.Thread(target=write, args=(name,)) for name in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = order.version + rounds
    assert sorted(wins) == list(range(order.version + 1, last + 1))
    assert stores.ledger.order(order.key).version == last
    assert [entry.number for entry in stores.ledger.entries(order.key)] == list(range(1, last + 1))


def test_times_are_kept_to_the_millisecond(stores: Stores) -> None:
    when = at(0) + timedelta(milliseconds=7)
    assert stores.ledger.order(placed(stores, when=when).key).created_at == when
