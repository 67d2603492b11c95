"""Orders that name more numbers than a transaction holds: interrupted anywhere, or raced, they end as they should."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import timedelta

import pytest
from botocore.exceptions import ReadTimeoutError
from pynamodb.connection import Connection

from chalicelib.domain.errors import Conflict, OrderNotFound, ReceiptTaken, StoreUnavailable
from chalicelib.domain.handle import Handle, handles
from chalicelib.domain.order import Change, Order
from chalicelib.store import keys
from chalicelib.store.adapters import Tables
from chalicelib.store.moving import PATIENCE
from tests.domain.samples import at
from tests.store.clock import Clock
from tests.store.faults import answers_lost, everything, unreachable
from tests.store.test_queries import of_kind, resent, sent
from tests.store.worlds import moved, noted, receipt, recorded

MANY = [f"201{number:07}" for number in range(150)]
OTHERS = [f"301{number:07}" for number in range(150)]
Lost = Callable[..., AbstractContextManager[None]]


def large() -> Change:
    """A new order."""
    return of_kind(1, sent(*MANY), 1)


def items(mark: str) -> set[str]:
    """The sort keys of such items."""
    return {item["sk"]["S"] for item in everything()["OrderRow"] if item["sk"]["S"].startswith(mark)}


def swept(dynamo: Tables, clock: Clock) -> None:
    """What the sweep does, when it is long past."""
    clock.at += PATIENCE + timedelta(minutes=1)
    dynamo.ledger.unannounced(before=clock(), limit=10)


@contextmanager
def sweeping(dynamo: Tables, clock: Clock) -> Iterator[None]:
    """The sweep runs between a writer's reads and items and its transaction."""
    events = dynamo.ledger.connection.client.meta.events
    done: list[bool] = []

    def meanwhile(model: object, **_: object) -> None:
        if getattr(model, "name", "") == "TransactWriteItems" and not done:
            done.append(True)
            swept(dynamo, clock)

    events.register("before-call.dynamodb", meanwhile)
    try:
        yield
    finally:
        events.unregister("before-call.dynamodb", meanwhile)
    assert done


@contextmanager
def before_its_transaction(connection: Connection, *, nth: int = 1) -> Iterator[None]:
    """The writer is gone when it would send this one of its transactions."""
    sent_before: list[bool] = []

    def refuse(model: object, **_: object) -> None:
        if getattr(model, "name", "") == "TransactWriteItems":
            sent_before.append(True)
        if len(sent_before) >= nth:
            raise ReadTimeoutError(endpoint_url="nowhere")

    connection.client.meta.events.register("before-call.dynamodb", refuse)
    try:
        yield
    finally:
        connection.client.meta.events.unregister("before-call.dynamodb", refuse)


def in_order(dynamo: Tables, change: Change) -> Order | None:
    """The order is found by exactly what it names, and no plan is left."""
    try:
        order = dynamo.ledger.order(change.order.key)
    except OrderNotFound:
        order = None
    named = [each for each in (handles(order) if order else ()) if each.kind is not Handle.CUSTOMER]
    assert items(keys.HANDLES) == {keys.handle(each) for each in named}
    assert items(keys.PLANS) == set()
    return order


@pytest.mark.parametrize("lost", [unreachable, answers_lost])
@pytest.mark.parametrize("calls", [0, 1, 2, 4, 7, 8])
def test_a_large_order_that_is_interrupted_leaves_nothing_or_is_whole(
    dynamo: Tables, clock: Clock, lost: Lost, calls: int
) -> None:
    change = large()
    with lost(dynamo.ledger.connection, after=calls), suppress(StoreUnavailable):
        dynamo.ledger.record(change)
    swept(dynamo, clock)
    assert in_order(dynamo, change) in (None, change.order)
    with suppress(Conflict):
        dynamo.ledger.record(change)
    assert in_order(dynamo, change) == change.order


@pytest.mark.parametrize("lost", [unreachable, answers_lost])
@pytest.mark.parametrize("calls", [0, 1, 2, 5, 8, 9, 10, 11, 12])
def test_a_large_supplement_that_is_interrupted_counts_or_does_not(
    dynamo: Tables, clock: Clock, lost: Lost, calls: int
) -> None:
    order = recorded(dynamo, large())
    change = resent(order, sent(*OTHERS))
    with lost(dynamo.ledger.connection, after=calls), suppress(StoreUnavailable):
        dynamo.ledger.record(change)
    swept(dynamo, clock)
    assert in_order(dynamo, change) in (order, change.order)


def test_the_loser_of_a_race_takes_its_numbers_away(dynamo: Tables) -> None:
    order = recorded(dynamo, large())
    late = resent(order, sent(*OTHERS))
    order = recorded(dynamo, noted(order))
    with pytest.raises(Conflict):
        dynamo.ledger.record(late)
    assert in_order(dynamo, late) == order


def test_a_request_that_comes_twice_leaves_no_second_order(dynamo: Tables) -> None:
    first, second = large(), of_kind(2, sent(*MANY), 1)
    dynamo.ledger.record(first, receipt())
    with pytest.raises(ReceiptTaken):
        dynamo.ledger.record(second, receipt())
    assert in_order(dynamo, first) == first.order


def test_a_plan_that_the_sweep_made_void_lets_no_transaction_pass(dynamo: Tables, clock: Clock) -> None:
    """The writer stood still for so long that the sweep took it for dead, between its numbers and its transaction."""
    change = large()
    with sweeping(dynamo, clock), pytest.raises(Conflict):
        dynamo.ledger.record(change)
    assert in_order(dynamo, change) is None


@pytest.mark.parametrize("written", [MANY[0], None])
def test_numbers_found_that_are_deleted_before_they_count_are_written_again(
    dynamo: Tables, clock: Clock, written: str | None
) -> None:
    """A supplement stopped behind its numbers; while it comes again, the sweep tidies up after the first try."""
    order = recorded(dynamo, of_kind(1, sent(MANY[0]), 1))
    stopped = resent(order, sent(*OTHERS))
    with before_its_transaction(dynamo.ledger.connection), suppress(StoreUnavailable):
        dynamo.ledger.record(stopped)
    assert len(items(keys.HANDLES)) == 1 + len(OTHERS)
    change = stopped if written is None else resent(order, sent(written, *OTHERS[:100]))
    with sweeping(dynamo, clock), pytest.raises(Conflict):
        dynamo.ledger.record(change)
    assert in_order(dynamo, change) == order
    dynamo.ledger.record(change)
    assert in_order(dynamo, change) == change.order


def test_numbers_on_their_way_out_that_come_back_are_not_lost(dynamo: Tables, clock: Clock) -> None:
    """A supplement counts, and stopped before it took the old numbers away; the next one brings them back."""
    order = recorded(dynamo, large())
    change = resent(order, sent(*OTHERS[:50]))
    with before_its_transaction(dynamo.ledger.connection, nth=2), suppress(StoreUnavailable):
        dynamo.ledger.record(change)
    assert len(items(keys.HANDLES)) == len(MANY) + 50
    back = resent(change.order, sent(*MANY, site="744"))
    with sweeping(dynamo, clock), pytest.raises(Conflict):
        dynamo.ledger.record(back)
    assert in_order(dynamo, back) == change.order
    dynamo.ledger.record(back)
    assert in_order(dynamo, back) == back.order


def test_the_sweep_leaves_a_writer_at_work_alone(dynamo: Tables, clock: Clock) -> None:
    with unreachable(dynamo.ledger.connection, after=3), suppress(StoreUnavailable):
        dynamo.ledger.record(large())
    before = everything()
    clock.at += PATIENCE - timedelta(seconds=1)
    assert dynamo.ledger.unannounced(before=clock(), limit=10) == []
    assert everything() == before


def test_the_numbers_of_an_ended_order_go_with_it(dynamo: Tables) -> None:
    order = recorded(dynamo, moved(recorded(dynamo, large()), "CANCELLED", seconds=2))
    assert dynamo.ledger.announced(order.key, order.version)
    gone = int((at(2) + timedelta(days=400)).timestamp())
    assert {item["ttl"]["N"] for item in everything()["OrderRow"]} == {str(gone)}
