"""The promises of the ledger about supplements and removals, in every world."""

import threading
from dataclasses import replace

import pytest

from chalicelib.domain import decide
from chalicelib.domain.commands import Cancel, Supplement
from chalicelib.domain.details import Details
from chalicelib.domain.entry import Kind
from chalicelib.domain.errors import Conflict, OrderNotFound
from chalicelib.domain.handle import phone
from chalicelib.domain.order import Change, Failure, Order
from tests.domain.samples import at
from tests.store.worlds import Stores, asked, moved, noted, placed, recorded, soon

OTHER: Details = (("ListOfPhoneNumbers", (("PhoneNumber", "2015550177"),)),)
LONG: Details = (("Notes", tuple((f"Line{n}", "ÅΩ🙂 " * 40 + "x" * 1000) for n in range(600))),)


def supplemented(order: Order, details: Details) -> Change:
    return decide.supplement(order, Supplement(order=order.key, details=details, by="ann"), at=at(2))


def removed(order: Order) -> Change:
    return decide.cancel(order, Cancel(order=order.key, by="ann"), at=at(2))


def test_a_supplement_replaces_the_details_and_its_entry_keeps_what_was_different(stores: Stores) -> None:
    order = recorded(stores, supplemented(placed(stores), OTHER))
    assert stores.ledger.order(order.key) == order
    assert order.numbers == ("2015550177",)
    (entry,) = stores.ledger.entries(order.key, after=2)
    assert (entry.changes[0].before, entry.changes[0].after) == ("9195551234, 9195551235", "2015550177")
    again = recorded(stores, supplemented(order, (("SiteId", "9"),)))
    assert stores.ledger.order(order.key) == again
    assert stores.ledger.entries(order.key, after=3)[0].kind is Kind.DETAILS


def test_details_grow_and_shrink_whole(stores: Stores) -> None:
    order = placed(stores)
    long = recorded(stores, supplemented(order, LONG))
    assert stores.ledger.order(order.key).details == long.details
    short = recorded(stores, supplemented(long, (("Notes", ""),)))
    assert stores.ledger.order(order.key) == short
    assert recorded(stores, noted(short)).details == stores.ledger.order(order.key).details


def test_a_supplement_that_lost_the_race_leaves_no_trace(stores: Stores) -> None:
    order = placed(stores)
    late = supplemented(order, OTHER)
    first = recorded(stores, supplemented(order, (("SiteId", "9"),)))
    with pytest.raises(Conflict):
        stores.ledger.record(late)
    assert stores.ledger.order(order.key) == first


def test_of_supplements_that_meet_one_wins_whole(stores: Stores) -> None:
    order, won = placed(stores), []

    def supplement(site: str) -> None:
        change = supplemented(order, (("SiteId", site), ("Name", site)))
        try:
            stores.ledger.record(change)
        except Conflict:
            return
        won.append(change.order)

    threads = [threading.Thread(target=supplement, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [stores.ledger.order(order.key)] == won


def test_an_order_is_found_by_the_numbers_it_has_now(stores: Stores) -> None:
    order = recorded(stores, supplemented(placed(stores), OTHER))
    new, old = phone("2015550177"), phone("9195551234")
    soon(lambda: [each.key for each in stores.ledger.page(asked(number=new)).orders], [order.key])
    soon(lambda: [each.key for each in stores.ledger.page(asked(number=old)).orders], [])


def test_a_removed_draft_is_nowhere_but_in_its_journal(stores: Stores) -> None:
    draft = placed(stores, draft=True)
    listed = asked(statuses=frozenset({"DRAFT", "CANCELLED"}))
    soon(lambda: len(stores.ledger.page(listed).orders), 1)
    stores.ledger.record(removed(draft))
    with pytest.raises(OrderNotFound):
        stores.ledger.order(draft.key)
    soon(lambda: len(stores.ledger.page(listed).orders), 0)
    soon(lambda: len(stores.ledger.page(asked(drafts=True)).orders), 0)
    assert [entry.kind for entry in stores.ledger.entries(draft.key)] == [Kind.CREATED, Kind.REMOVED]


def test_failures_are_kept(stores: Stores) -> None:
    order = placed(stores)
    change = moved(order, "EXCEPTION")
    failures = (Failure("7999", "Bad: <&> ÅΩ", ("9195551234",)), Failure("7205", "Taken."))
    stores.ledger.record(replace(change, order=replace(change.order, failures=failures)))
    assert stores.ledger.order(order.key).failures == failures
