"""The queue of one machine: bells in memory, a pool of senders, no subscription more than its share of them.

Losing it is harmless: the tables remember, and the sweep rings again.
"""

import heapq
import json
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from chalicelib import log
from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import OrderKey
from infra.local.events import sqs_event

Handler = Callable[[dict[str, Any], object], Mapping[str, Any]]

AGAIN_SECONDS = 61.0
"""After a failure of ours: when the lease that the failed run left behind has lapsed."""


@dataclass(frozen=True, slots=True)
class _Message:
    """`group` shares the senders fairly; of several messages with one `body` waiting, one is enough."""

    group: str
    body: str


class Doorbell:
    """Rings `app.on_doorbell`. Implements the flow's Bell."""

    def __init__(self, handler: Handler, *, senders: int, each: int) -> None:
        """`senders` threads at the most, at most `each` of them for one subscription."""
        self._handler, self._senders, self._each = handler, senders, each
        lock = threading.Lock()
        self._bells, self._soon = threading.Condition(lock), threading.Condition(lock)  # for senders; for the clock
        self._ready: OrderedDict[str, deque[_Message]] = OrderedDict()
        self._waiting: set[_Message] = set()
        self._later: list[tuple[float, int, _Message]] = []
        self._running: dict[str, int] = {}
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._numbers = count()
        self._open = True

    def tell(self, ref: CursorRef, *, delay: float = 0, new_work: bool = False) -> None:
        """Wake a teller for this cursor, in `delay` seconds."""
        bell = {**_order(ref.order), "subscription": ref.subscription_id, "new_work": new_work}
        self._ring(_Message(ref.subscription_id, json.dumps({"tell": bell})), delay)

    def step(self, order: OrderKey, *, delay: float = 0) -> None:
        """Wake who takes the order's next step, in `delay` seconds."""
        self._ring(_Message("step", json.dumps({"step": _order(order)})), delay)

    def announce(self, order: OrderKey, number: int, *, start: str) -> None:
        """Wake an announcer to go on with the routes from `start`."""
        bell = {**_order(order), "number": number, "start": start}
        self._ring(_Message("announce", json.dumps({"announce": bell})), 0)

    def start(self) -> None:
        """Let delayed bells come due."""
        threading.Thread(target=self._clock, name="doorbell", daemon=True).start()

    def stop(self, *, within: float) -> None:
        """Take no more bells and wait for the attempts under way."""
        with self._bells:
            self._open = False
            self._bells.notify_all()
            self._soon.notify_all()
        deadline = time.monotonic() + within
        for thread in list(self._threads):
            thread.join(max(0.0, deadline - time.monotonic()))

    def waiting(self) -> int:
        """Bells that are ready or ringing."""
        with self._bells:
            return len(self._waiting) + sum(self._running.values())

    def _ring(self, message: _Message, delay: float) -> None:
        with self._bells:
            if delay > 0:
                heapq.heappush(self._later, (time.monotonic() + delay, next(self._numbers), message))
                self._soon.notify()
            else:
                self._make_ready(message)

    def _make_ready(self, message: _Message) -> None:
        if message in self._waiting or not self._open:
            return
        self._waiting.add(message)
        self._ready.setdefault(message.group, deque()).append(message)
        if self._idle:
            self._wake()
        elif len(self._threads) < self._senders:
            thread = threading.Thread(target=self._send, name=f"sender-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _wake(self) -> None:
        """One idle sender, which is idle no more: the next bell must wake another."""
        self._idle -= 1
        self._bells.notify()

    def _clock(self) -> None:
        """Make delayed messages ready when their time has come."""
        with self._soon:
            while self._open:
                now = time.monotonic()
                while self._later and self._later[0][0] <= now:
                    self._make_ready(heapq.heappop(self._later)[2])
                self._soon.wait(self._later[0][0] - now if self._later else None)

    def _send(self) -> None:
        while (message := self._next()) is not None:
            failed = True
            try:
                failed = self._call(message)
            finally:
                self._done(message)
            if failed:
                self._ring(message, AGAIN_SECONDS)

    def _done(self, message: _Message) -> None:
        with self._bells:
            self._running[message.group] -= 1
            if not self._running[message.group]:
                del self._running[message.group]
            if self._ready and self._idle:
                self._wake()

    def _next(self) -> _Message | None:
        """The next message of the subscription whose turn it is; None when the bell is shut."""
        with self._bells:
            while self._open:
                for group in self._ready:
                    if self._running.get(group, 0) < self._each:
                        return self._take(group)
                self._idle += 1
                self._bells.wait()
            return None

    def _take(self, group: str) -> _Message:
        messages = self._ready[group]
        message = messages.popleft()
        if messages:
            self._ready.move_to_end(group)
        else:
            del self._ready[group]
        self._waiting.discard(message)
        self._running[group] = self._running.get(group, 0) + 1
        return message

    def _call(self, message: _Message) -> bool:
        try:
            return bool(self._handler(sqs_event(message.body, message.group), None)["batchItemFailures"])
        except Exception as error:  # noqa: BLE001 because a sender must live on, and the sweep comes back to it
            log.failed("doorbell", error)
            return True


def _order(order: OrderKey) -> dict[str, str]:
    return {"account": order.account, "type": order.type, "order": order.id}
