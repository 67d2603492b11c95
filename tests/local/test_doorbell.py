"""The doorbell: at once, side by side, fairly; and never deaf."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import OrderKey
from infra.local.doorbell import Doorbell
from tests.local.process import until

NONE_FAILED: Mapping[str, Any] = {"batchItemFailures": []}


class Handler:
    """Counts what is rung, and keeps each ring until it may go."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.go = threading.Event()
        self.go.set()
        self.fails = 0

    def __call__(self, event: dict[str, Any], _context: object) -> Mapping[str, Any]:
        self.rung.append(json.loads(event["Records"][0]["body"])["tell"]["subscription"])
        self.go.wait(10)
        if self.fails:
            self.fails -= 1
            raise RuntimeError("a fault of ours")
        return NONE_FAILED


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.fixture
def bell(handler: Handler) -> Iterator[Callable[..., Doorbell]]:
    made: list[Doorbell] = []

    def make(*, senders: int = 64, each: int = 8) -> Doorbell:
        made.append(Doorbell(handler, senders=senders, each=each))
        made[-1].start()
        return made[-1]

    yield make
    handler.go.set()
    for doorbell in made:
        doorbell.stop(within=10)


def ref(subscription: str, order: int = 1) -> CursorRef:
    return CursorRef(subscription, OrderKey("9900000", "orders", str(order)))


def quiet(doorbell: Doorbell) -> None:
    until(lambda: doorbell.waiting() == 0, within=5, what="silence")


def answered(handler: Handler, count: int) -> None:
    until(lambda: len(handler.rung) == count, within=2, what=f"bell {count}")


def test_each_of_many_single_bells_is_answered_at_once(bell: Callable[..., Doorbell], handler: Handler) -> None:
    """The clock waits for the same things; a bell must not wake it in a sender's place."""
    doorbell = bell()
    for number in range(1, 8):
        doorbell.tell(ref("a", number))
        answered(handler, number)
        quiet(doorbell)


def test_a_burst_is_answered_side_by_side_even_when_one_sender_is_idle(
    bell: Callable[..., Doorbell], handler: Handler
) -> None:
    """One hanging receiver must not hold up the others' bells."""
    doorbell = bell()
    doorbell.tell(ref("first"))
    quiet(doorbell)
    handler.go.clear()
    for name in "abcde":
        doorbell.tell(ref(name))
    until(lambda: sorted(handler.rung[1:]) == list("abcde"), within=5, what="all five at a time")


def test_no_subscription_takes_more_than_its_share(bell: Callable[..., Doorbell], handler: Handler) -> None:
    doorbell = bell(senders=6, each=2)
    handler.go.clear()
    for order in range(5):
        doorbell.tell(ref("greedy", order))
    doorbell.tell(ref("modest"))
    until(lambda: "modest" in handler.rung, within=5, what="the modest one")
    assert handler.rung.count("greedy") == 2
    handler.go.set()
    until(lambda: handler.rung.count("greedy") == 5, within=5, what="the rest")


def test_the_same_bell_waiting_twice_rings_once(bell: Callable[..., Doorbell], handler: Handler) -> None:
    doorbell = bell(senders=1)
    handler.go.clear()
    doorbell.tell(ref("a"))
    until(lambda: handler.rung == ["a"], within=5, what="the first")
    for _ in range(3):
        doorbell.tell(ref("b"))
    handler.go.set()
    quiet(doorbell)
    assert handler.rung == ["a", "b"]


def test_a_delayed_bell_rings_in_its_time_and_not_before(bell: Callable[..., Doorbell], handler: Handler) -> None:
    doorbell = bell()
    began = time.monotonic()
    doorbell.tell(ref("late"), delay=0.3)
    doorbell.tell(ref("soon"), delay=0.1)
    until(lambda: handler.rung == ["soon", "late"], within=5, what="both, in the order of their times")
    assert time.monotonic() - began >= 0.3


def test_a_fault_of_ours_costs_no_sender(bell: Callable[..., Doorbell], handler: Handler) -> None:
    doorbell = bell(senders=1, each=1)
    handler.fails = 3
    for order in range(4):
        doorbell.tell(ref("a", order))
    until(lambda: len(handler.rung) == 4, within=5, what="four bells by one sender")
    quiet(doorbell)
