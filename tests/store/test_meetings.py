"""DynamoDB under load, and out of reach: writes that meet are nobody's conflict, and what fails says so."""

import threading
from collections.abc import Callable

import pytest

from chalicelib.domain.errors import StoreUnavailable
from chalicelib.store.adapters import Tables
from chalicelib.store.conditions import TRIES
from tests.domain.samples import at, key
from tests.store.faults import counted, refused, unreachable
from tests.store.worlds import ACCOUNT, SICK, added, asked, noted, placed, recorded, ref, subscription

MEETING = ("TransactionConflictException", "TransactionConflict")
THROTTLED = ("ThrottlingException", "ThrottlingError")

Look = Callable[[Tables], object]

CONSISTENT: dict[str, Look] = {
    "order": lambda dynamo: dynamo.ledger.order(key()),
    "entries": lambda dynamo: dynamo.ledger.entries(key()),
    "notes": lambda dynamo: dynamo.ledger.notes(key()),
    "marked": lambda dynamo: dynamo.ledger.marked(key()),
    "receipt": lambda dynamo: dynamo.receipts.receipt("r", now=at(0)),
    "subscription": lambda dynamo: dynamo.subscriptions.get(ACCOUNT, "x"),
    "tagged": lambda dynamo: dynamo.subscriptions.tagged(ACCOUNT, "0123456789"),
    "all": lambda dynamo: dynamo.subscriptions.all(ACCOUNT),
    "routes": lambda dynamo: dynamo.subscriptions.routes(key()),
    "cursor": lambda dynamo: dynamo.cursors.get(ref()),
    "delivery": lambda dynamo: dynamo.cursors.delivery(ref(), 1),
    "credential": lambda dynamo: dynamo.access.credential("ann"),
}
OTHERS: dict[str, Look] = {
    "page": lambda dynamo: dynamo.ledger.page(asked(size=1)),
    "unannounced": lambda dynamo: dynamo.ledger.unannounced(before=at(0), limit=1),
    "announced": lambda dynamo: dynamo.ledger.announced(key(), 1),
    "expired": lambda dynamo: dynamo.subscriptions.expired(before=at(0), limit=1),
    "due": lambda dynamo: dynamo.cursors.due(before=at(0), limit=1),
    "want": lambda dynamo: dynamo.cursors.want(ref(), 1, after=0, now=at(0)),
    "take": lambda dynamo: dynamo.cursors.take(ref(), token="t", now=at(0), until=at(60), new_work=True),
}


@pytest.mark.parametrize("look", CONSISTENT.values(), ids=CONSISTENT)
def test_what_is_decided_on_is_read_consistently(dynamo: Tables, look: Look) -> None:
    placed(dynamo)
    with counted(dynamo.ledger.connection) as calls:
        look(dynamo)
    assert calls
    assert all(call["params"].get("ConsistentRead") for call in calls)


@pytest.mark.parametrize("look", (CONSISTENT | OTHERS).values(), ids=CONSISTENT | OTHERS)
def test_whoever_asks_is_told_that_the_store_cannot_be_reached(dynamo: Tables, look: Look) -> None:
    with unreachable(dynamo.ledger.connection), pytest.raises(StoreUnavailable):
        look(dynamo)


def test_writes_that_meet_anothers_transaction_are_tried_again(dynamo: Tables) -> None:
    with refused(dynamo.ledger.connection, *MEETING, times=3) as writes:
        order = placed(dynamo)
    assert writes == ["TransactWriteItems"] * 3
    with refused(dynamo.ledger.connection, *MEETING, times=2) as writes:
        assert dynamo.ledger.announced(order.key, order.version) is True
        assert dynamo.cursors.want(ref(), 1, after=0, now=at(0)) is True
    assert writes == ["UpdateItem"] * 2
    added(dynamo, subscription())
    with refused(dynamo.ledger.connection, *MEETING, times=1):
        assert dynamo.subscriptions.note_health(subscription(), SICK, status="503", at=at(1)) is True


def test_writes_that_meet_others_all_the_time_give_up(dynamo: Tables) -> None:
    order = placed(dynamo)
    with refused(dynamo.ledger.connection, *MEETING, times=99) as writes, pytest.raises(StoreUnavailable):
        dynamo.ledger.record(noted(order))
    assert len(writes) == TRIES
    with refused(dynamo.ledger.connection, *MEETING, times=99) as writes, pytest.raises(StoreUnavailable):
        dynamo.ledger.announced(order.key, order.version)
    assert len(writes) == TRIES


def test_a_table_that_is_throttled_is_a_store_that_cannot_be_reached(dynamo: Tables) -> None:
    order = placed(dynamo)
    with refused(dynamo.ledger.connection, *THROTTLED, times=99) as writes:
        with pytest.raises(StoreUnavailable):
            dynamo.ledger.record(noted(order))
        with pytest.raises(StoreUnavailable):
            dynamo.ledger.announced(order.key, order.version)
    assert len(writes) == 2


def test_announcing_and_writing_at_once_is_nobodys_conflict(dynamo: Tables) -> None:
    """They meet on the head: the change must win, the announcer must not take the mark of what it has not seen."""
    order = placed(dynamo)
    stop = threading.Event()
    failures: list[Exception] = []

    def announce() -> None:
        while not stop.is_set():
            try:
                version = dynamo.ledger.marked(order.key)
                if version is not None:
                    dynamo.ledger.announced(order.key, version)
            except StoreUnavailable as error:
                failures.append(error)

    announcer = threading.Thread(target=announce)
    announcer.start()
    for number in range(30):
        order = recorded(dynamo, noted(order, str(number)))
    stop.set()
    announcer.join()
    assert failures == []
    assert dynamo.ledger.order(order.key).version == 32
