"""DynamoDB at its worst: calls that do not arrive, answers that are lost, transactions that meet. Nothing is torn."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import decide
from chalicelib.domain.commands import Cancel, CreateOrder, Supplement
from chalicelib.domain.delivery import Outcome
from chalicelib.domain.errors import Conflict, ReceiptTaken, StoreUnavailable
from chalicelib.domain.health import Health
from chalicelib.store.adapters import Tables
from tests.domain.samples import START, at, key
from tests.store.faults import answer_lost_once, answers_lost, everything, unreachable
from tests.store.worlds import (
    ACCOUNT,
    LETTER,
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

Deed = Callable[[], object]


def _creating(dynamo: Tables) -> Deed:
    return lambda: dynamo.ledger.record(creation(2), receipt())


def _moving(dynamo: Tables) -> Deed:
    order = placed(dynamo, 2)
    return lambda: dynamo.ledger.record(moved(order, "FOC"), receipt())


def _noting(dynamo: Tables) -> Deed:
    order = placed(dynamo, 2)
    return lambda: dynamo.ledger.record(noted(order), receipt())


def _supplementing(dynamo: Tables) -> Deed:
    order = placed(dynamo, 2)
    sent = (("Notes", "x" * 800_000), ("ListOfPhoneNumbers", (("PhoneNumber", "2015550177"),)))
    change = decide.supplement(order, Supplement(order=order.key, details=sent, by="ann"), at=at(1))
    return lambda: dynamo.ledger.record(change, receipt())


def _removing_a_draft(dynamo: Tables) -> Deed:
    order = placed(dynamo, 2, draft=True)
    return lambda: dynamo.ledger.record(decide.cancel(order, Cancel(order=order.key, by="ann"), at=at(1)), receipt())


def _subscribing(dynamo: Tables) -> Deed:
    return lambda: dynamo.subscriptions.add(subscription(8, order=key(1)), now=START, receipt=receipt())


def _changing(dynamo: Tables) -> Deed:
    old = subscription(8)
    dynamo.subscriptions.add(old, now=START)
    new = replace(subscription(8, order=key(1), url="https://h/"), version=2, health=Health(revision=1))
    return lambda: dynamo.subscriptions.replace(new, old=old, now=START)


def _removing(dynamo: Tables) -> Deed:
    dynamo.subscriptions.add(subscription(8), now=START)
    return lambda: dynamo.subscriptions.remove(subscription(8))


def _passing(dynamo: Tables) -> Deed:
    dynamo.cursors.want(ref(), 2, after=0, now=at(0))
    cursor = taken(dynamo)
    return lambda: dynamo.cursors.passed(cursor, delivery(1), until=at(90))


def _ending(dynamo: Tables) -> Deed:
    one = subscription(order=key(1))
    dynamo.subscriptions.add(one, now=START)
    dynamo.cursors.want(ref(), 2, after=0, now=at(0))
    cursor = taken(dynamo)
    return lambda: dynamo.cursors.passed(cursor, delivery(2), until=at(90), ends=one)


def _failing(dynamo: Tables) -> Deed:
    dynamo.cursors.want(ref(), 2, after=0, now=at(0))
    cursor = taken(dynamo)
    return lambda: dynamo.cursors.not_told(cursor, delivery(1, Outcome.NOT_TOLD, letter=LETTER), due=at(9))


DEEDS = [
    _creating, _moving, _noting, _supplementing, _removing_a_draft, _subscribing, _changing, _removing, _passing,
    _ending, _failing,
]  # fmt: skip


READING = (_supplementing, _removing_a_draft)
"""Deeds that first read, twice, by what the order was found before."""


@pytest.mark.parametrize("prepare", DEEDS)
def test_a_write_that_does_not_arrive_leaves_nothing(dynamo: Tables, prepare: Callable[[Tables], Deed]) -> None:
    deed = prepare(dynamo)
    before = everything()
    with unreachable(dynamo.ledger.connection), pytest.raises(StoreUnavailable):
        deed()
    assert everything() == before
    deed()
    assert everything() != before


@pytest.mark.parametrize("prepare", DEEDS)
def test_a_write_whose_answer_is_lost_is_whole(dynamo: Tables, prepare: Callable[[Tables], Deed]) -> None:
    deed = prepare(dynamo)
    reads = 2 * (prepare in READING)
    with answers_lost(dynamo.ledger.connection, after=reads), pytest.raises(StoreUnavailable):
        deed()
    whole = everything()
    with suppress(Conflict, ReceiptTaken):
        deed()
    assert everything() == whole


@pytest.mark.parametrize("prepare", [_creating, _moving, _noting, _subscribing])
def test_a_request_whose_answer_was_lost_is_recognised_by_its_receipt(
    dynamo: Tables, prepare: Callable[[Tables], Deed]
) -> None:
    deed = prepare(dynamo)
    with answers_lost(dynamo.ledger.connection), pytest.raises(StoreUnavailable):
        deed()
    with pytest.raises(ReceiptTaken):
        deed()
    assert dynamo.receipts.receipt("r", now=at(0)) == receipt()


@pytest.mark.parametrize("prepare", DEEDS)
def test_a_write_that_the_client_library_repeats_is_one_write(
    dynamo: Tables, prepare: Callable[[Tables], Deed]
) -> None:
    deed = prepare(dynamo)
    with answer_lost_once(dynamo.ledger.connection):
        assert deed() is not False  # nor does it raise: the second time is known to be the first


@pytest.mark.parametrize("lost", [unreachable, answers_lost])
def test_an_ended_order_learns_when_it_may_go_wherever_that_is_interrupted(
    dynamo: Tables, lost: Callable[..., AbstractContextManager[None]]
) -> None:
    order = recorded(dynamo, moved(recorded(dynamo, noted(placed(dynamo))), "CANCELLED", seconds=2))
    for calls in range(20):
        try:
            with lost(dynamo.ledger.connection, after=calls):
                dynamo.ledger.announced(order.key, order.version)
            break
        except StoreUnavailable:
            continue
    assert dynamo.ledger.marked(order.key) is None
    gone = int((at(2) + timedelta(days=400)).timestamp())
    assert {item["ttl"]["N"] for item in everything()["OrderRow"]} == {str(gone)}


def test_an_order_that_was_made_final_at_once_learns_it_too(dynamo: Tables) -> None:
    command = CreateOrder(account=ACCOUNT, type="portins", details=(("SiteId", "1"),), by="me")
    change = decide.create(command, order_id=key().id, at=START)
    assert change.order.ended_at is not None
    dynamo.ledger.record(change)
    assert dynamo.ledger.announced(change.order.key, change.order.version)
    assert all("ttl" in item for item in everything()["OrderRow"])
