"""What only DynamoDB's adapters have to do: fit its limits, know what TTL has not removed yet, name what went wrong."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from chalicelib.config import Settings
from chalicelib.domain.access import Credential, Role
from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.delivery import Letter, Outcome
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Conflict, Invalid, OrderNotFound, StoreUnavailable
from chalicelib.domain.order import Change
from chalicelib.domain.record import Routed
from chalicelib.store import adapters, keys
from chalicelib.store.adapters import Tables
from chalicelib.store.codec.orders import PIECE
from chalicelib.store.rows import ROWS, AccessRow, CursorRow, OrderRow, SubscriptionRow
from tests.domain.samples import START, at, key
from tests.store.clock import Clock
from tests.store.faults import counted, everything
from tests.store.worlds import (
    ACCOUNT,
    asked,
    creation,
    delivery,
    moved,
    noted,
    placed,
    receipt,
    recorded,
    ref,
    subscription,
    taken,
)  # fmt: skip

MANY_NUMBERS = tuple(f"{9_195_550_000 + 7 * n}" for n in range(80_000))


def _ttl(row: OrderRow | SubscriptionRow | CursorRow | AccessRow) -> object:
    return row.ttl


def test_details_stand_apart_in_pieces_and_are_not_written_by_later_changes(dynamo: Tables) -> None:
    order = placed(dynamo, details=(("Text", "x" * (3 * PIECE)),))
    pieces = [row for row in OrderRow.query(keys.order(order.key)) if row.sk.startswith("HEAD#")]
    assert [row.sk for row in pieces] == ["HEAD#01", "HEAD#02", "HEAD#03", "HEAD#04"]
    with counted(dynamo.ledger.connection) as calls:
        order = recorded(dynamo, noted(order))
    assert len(str(calls[0]["params"])) < 5_000
    assert dynamo.ledger.order(order.key) == order


def test_eighty_thousand_numbers_fit_an_entry_and_a_head(dynamo: Tables) -> None:
    change = moved(placed(dynamo), "CANCELLED")
    entry = replace(change.entries[0], completed_numbers=MANY_NUMBERS)
    order = replace(change.order, completed_numbers=MANY_NUMBERS)
    dynamo.ledger.record(Change(change.base, order, (entry,)))
    assert dynamo.ledger.order(order.key) == order
    assert list(dynamo.ledger.entries(order.key, after=change.base)) == [entry]


def test_what_no_item_can_hold_is_the_senders_mistake(dynamo: Tables) -> None:
    change = creation()
    huge = replace(change.order, facts=(("SiteId", "".join(chr(33 + n * n % 9973) for n in range(900_000))),))
    with pytest.raises(Invalid):
        dynamo.ledger.record(replace(change, order=huge))
    assert everything()["OrderRow"] == []


def test_pieces_of_other_details_than_the_heads_are_not_mixed_in(dynamo: Tables) -> None:
    order = placed(dynamo, details=(("Text", "x" * 2 * PIECE),))
    OrderRow(keys.order(order.key), keys.details(2)).update([OrderRow.details_version.set(9)])
    with pytest.raises(StoreUnavailable):
        dynamo.ledger.order(order.key)


def test_six_hundred_routes_are_two_pages(dynamo: Tables) -> None:
    pk = keys.routes(ACCOUNT, "portins", "*")
    ids = [str(UUID(int=number)) for number in range(600)]
    with SubscriptionRow.batch_write() as batch:
        for number, each in enumerate(ids):
            batch.save(SubscriptionRow(pk, each, after=number))
    first = dynamo.subscriptions.routes(key())
    assert (len(first.routes), first.next is None) == (500, False)
    second = dynamo.subscriptions.routes(key(), start=first.next)
    assert [route.subscription_id for route in (*first.routes, *second.routes)] == ids
    assert second.routes[-1] == Routed(ids[-1], 599)
    assert second.next is None


def test_a_list_counts_so_far_and_no_further(dynamo: Tables) -> None:
    for number in range(1, 8):
        placed(dynamo, number)
    assert dynamo.ledger.page(asked(size=2)).total == 7
    few = replace(dynamo.ledger, counted=5)
    assert few.page(asked(size=2)).total == 5


def test_a_letter_too_long_to_keep_does_not_stand_in_the_way(dynamo: Tables) -> None:
    dynamo.cursors.want(ref(), 1, after=0, now=at(0))
    long = Letter(message_id="m", content_type="t", body=b"x" * 1_000_000)
    failed = delivery(1, Outcome.NOT_TOLD, letter=long)
    assert dynamo.cursors.not_told(taken(dynamo), failed, due=at(5)) is True
    assert dynamo.cursors.delivery(ref(), 1) == replace(failed, letter=None)


def test_an_order_stays_for_its_retention_after_its_end_and_all_its_items_go(dynamo: Tables, clock: Clock) -> None:
    order = recorded(dynamo, noted(placed(dynamo)))
    assert dynamo.ledger.announced(order.key, order.version)
    assert {_ttl(row) for row in OrderRow.scan()} == {None}
    order = recorded(dynamo, moved(order, "CANCELLED", seconds=5))
    assert dynamo.ledger.announced(order.key, order.version)
    order = recorded(dynamo, noted(order, "thanks", seconds=9))
    gone = at(5) + timedelta(days=400)
    assert {_ttl(row) for row in OrderRow.scan()} == {gone}
    clock.at = gone - timedelta(seconds=1)
    assert dynamo.ledger.order(order.key) == order
    clock.at = gone
    with pytest.raises(OrderNotFound):
        dynamo.ledger.order(order.key)


def test_deliveries_receipts_and_what_has_ended_go_after_their_retention(dynamo: Tables) -> None:
    one = subscription(order=key())
    dynamo.subscriptions.add(one, now=START, receipt=receipt())
    dynamo.cursors.want(ref(), 2, after=0, now=at(0))
    cursor = dynamo.cursors.passed(taken(dynamo), delivery(1), until=at(60))
    assert cursor is not None
    assert {_ttl(row) for row in SubscriptionRow.scan()} == {None}
    assert _ttl(CursorRow.get(keys.cursor(ref()), keys.CURSOR)) is None
    assert dynamo.cursors.passed(cursor, delivery(2), until=at(60), ends=one)
    gone = delivery().at + timedelta(days=90)
    assert {_ttl(row) for row in CursorRow.scan()} == {_ttl(row) for row in SubscriptionRow.scan()} == {gone}
    assert [_ttl(row) for row in AccessRow.scan()] == [receipt().expires_at]


def test_a_void_receipt_that_ttl_has_not_removed_is_written_over(dynamo: Tables, clock: Clock) -> None:
    order = placed(dynamo)
    dynamo.ledger.record(noted(order), receipt())
    order = noted(order).order
    clock.at = receipt().expires_at
    later = receipt(expires_at=at(999_999))
    dynamo.ledger.record(noted(order), later)
    assert dynamo.receipts.receipt("r", now=clock.at) == later


def test_no_account_and_no_id_can_spell_anothers_key(dynamo: Tables) -> None:
    sly = OrderKey("1#portins", "portins", "x")
    change = creation()
    dynamo.ledger.record(replace(
        change, order=replace(change.order, key=sly),
        entries=tuple(replace(entry, order=sly) for entry in change.entries),
    ))  # fmt: skip
    assert dynamo.ledger.order(sly).key == sly
    with pytest.raises(OrderNotFound):
        dynamo.ledger.order(OrderKey("1", "portins", "portins#x"))
    assert keys.cursor_of(keys.cursor(CursorRef("a%#b", sly))) == CursorRef("a%#b", sly)
    dynamo.access.keep(Credential(user="a#b%23", role=Role.CUSTOMER, accounts=(), secret_hash=""))
    assert dynamo.access.credential("a#b%23") is not None
    assert dynamo.access.credential("a%23b#") is None


def test_a_table_that_is_not_there_is_a_store_that_cannot_be_reached(
    ministack: str, dynamo: Tables, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ROWS:  # so that the others find their tables again
        monkeypatch.setattr(kind, "_connection", vars(kind)["_connection"])
        monkeypatch.setattr(kind.Meta, "table_name", kind.Meta.table_name)
    nowhere = adapters.in_tables(Settings(table_prefix="nowhere-"), now=clock, host=ministack)
    assert nowhere.ledger.connection is not dynamo.ledger.connection
    with pytest.raises(StoreUnavailable):
        nowhere.ledger.record(creation())
    with pytest.raises(StoreUnavailable):
        nowhere.ledger.order(key())


def test_a_note_of_an_entry_that_is_there_already_is_a_conflict_not_a_loss(dynamo: Tables) -> None:
    order = placed(dynamo)
    first, second = noted(order, "first"), noted(order, "second")
    dynamo.ledger.record(first)
    with pytest.raises(Conflict):
        dynamo.ledger.record(second)
    assert [note.text for note in dynamo.ledger.notes(order.key)] == ["first"]
