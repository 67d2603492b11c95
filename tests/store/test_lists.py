"""The promises of the ledger about lists: pages of orders, and the marks of what is not announced."""

from dataclasses import replace

import pytest

from chalicelib.domain import decide
from chalicelib.domain.commands import ChangeNote, Supplement
from chalicelib.domain.errors import OrderNotFound
from tests.domain.samples import at, key
from tests.store.worlds import Stores, asked, moved, noted, placed, recorded, soon


def test_a_change_marks_its_order_until_that_version_is_announced(stores: Stores) -> None:
    order = placed(stores)
    assert stores.ledger.marked(order.key) == 2
    order = recorded(stores, noted(order))
    assert stores.ledger.announced(order.key, 2) is False
    assert stores.ledger.marked(order.key) == 3
    assert stores.ledger.announced(order.key, 3) is True
    assert stores.ledger.marked(order.key) is None
    assert stores.ledger.announced(order.key, 3) is False
    assert stores.ledger.announced(key(5), 1) is False


def test_the_mark_bears_the_time_of_the_first_entry_that_is_not_announced(stores: Stores) -> None:
    first, second = placed(stores, 1, when=at(10)), placed(stores, 2, when=at(0))
    recorded(stores, noted(first, seconds=99))
    soon(lambda: sorted(stores.ledger.unannounced(before=at(20), limit=10)), [first.key, second.key])
    soon(lambda: list(stores.ledger.unannounced(before=at(5), limit=10)), [second.key])
    soon(lambda: list(stores.ledger.unannounced(before=at(20), limit=1)), [second.key])
    assert stores.ledger.announced(second.key, 2)
    soon(lambda: list(stores.ledger.unannounced(before=at(20), limit=10)), [first.key])


def test_an_announced_order_is_marked_again_by_its_next_change(stores: Stores) -> None:
    order = placed(stores)
    assert stores.ledger.announced(order.key, 2)
    order = recorded(stores, noted(order, seconds=50))
    soon(lambda: list(stores.ledger.unannounced(before=at(40), limit=10)), [])
    soon(lambda: list(stores.ledger.unannounced(before=at(60), limit=10)), [order.key])


def test_a_list_is_paged_newest_first_and_counts_all(stores: Stores) -> None:
    orders = [placed(stores, number, when=at(number // 2)) for number in range(1, 8)]
    newest_first = [replace(order, details=()) for order in reversed(orders)]
    soon(lambda: stores.ledger.page(asked(size=99)).total, 7)

    seen: list[object] = []
    start = None
    for _ in range(3):
        page = stores.ledger.page(asked(start=start, size=3))
        assert page.total == 7
        seen += page.orders
        start = page.next
    assert seen == newest_first
    assert start is None
    whole = stores.ledger.page(asked(size=7))
    assert (list(whole.orders), whole.next) == (newest_first, None)


def test_a_list_knows_the_last_note_and_how_often_an_order_was_supplemented(stores: Stores) -> None:
    order = recorded(stores, noted(placed(stores, 1), seconds=7))
    assert order.last_note is not None
    change = decide.change_note(
        order,
        order.last_note,
        ChangeNote(order=order.key, note_id=order.last_note.id, text="mended", by="desk"),
        at=at(9),
    )
    noted_ = recorded(stores, change)
    sent = Supplement(order=order.key, details=(("SiteId", "9"),), by="desk")
    supplemented = recorded(stores, decide.supplement(noted_, sent, at=at(11)))
    listed = stores.ledger.order(order.key)
    assert (listed.supplements, listed.last_note) == (1, change.notes[0])
    soon(lambda: list(stores.ledger.page(asked()).orders), [replace(supplemented, details=())])


def test_a_list_holds_one_account_and_one_type(stores: Stores) -> None:
    mine = placed(stores, 1)
    placed(stores, 2, type="disconnects")
    placed(stores, 3, account="9900001")
    soon(lambda: [order.key for order in stores.ledger.page(asked(size=9)).orders], [mine.key])
    assert stores.ledger.page(asked(account="1")).orders == ()
    with pytest.raises(OrderNotFound):
        stores.ledger.page(asked(start=key(2).id, size=9))
    with pytest.raises(OrderNotFound):
        stores.ledger.page(asked(start=key(3).id, size=9))


def test_a_list_shows_orders_as_they_stand(stores: Stores) -> None:
    order = recorded(stores, moved(placed(stores), "FOC"))
    soon(lambda: stores.ledger.page(asked(size=9)).orders, (replace(order, details=()),))


def test_drafts_are_listed_apart_until_they_are_submitted(stores: Stores) -> None:
    draft, order = placed(stores, 1, draft=True), placed(stores, 2)

    def listed(*, drafts: bool) -> tuple[list[str], int]:
        page = stores.ledger.page(asked(statuses=frozenset({"DRAFT"} if drafts else ())))
        return [each.key.id for each in page.orders], page.total

    soon(lambda: listed(drafts=False), ([order.key.id], 1))
    soon(lambda: listed(drafts=True), ([draft.key.id], 1))
    stores.ledger.record(moved(draft, "PENDING_DOCUMENTS"))
    soon(lambda: listed(drafts=False), ([order.key.id, draft.key.id], 2))
    soon(lambda: listed(drafts=True), ([], 0))


def test_a_final_order_is_read_as_any_other(stores: Stores) -> None:
    order = recorded(stores, moved(placed(stores), "CANCELLED"))
    assert order.ended_at is not None
    assert stores.ledger.announced(order.key, order.version) is True
    assert stores.ledger.marked(order.key) is None
    order = recorded(stores, noted(order, "thanks"))
    assert stores.ledger.order(order.key) == order
    assert stores.ledger.announced(order.key, order.version) is True
    assert len(stores.ledger.entries(order.key)) == order.version
