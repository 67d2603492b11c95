"""A whole Docket but for its edges: the real verbs over a real store, with everything outside in the test's hand."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from chalicelib.domain.autopilot import OFF, Autopilot
from chalicelib.domain.commands import AddNote, CreateOrder, MoveOrder
from chalicelib.domain.commands import Subscribe as Wish
from chalicelib.domain.cursor import Cursor, CursorRef
from chalicelib.domain.delivery import Delivery, Outcome
from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.subscription import Callback, Mailbox, Subscription
from chalicelib.flow.accept import Accept
from chalicelib.flow.announce import Announce
from chalicelib.flow.attach import Attach
from chalicelib.flow.hear import Hear
from chalicelib.flow.step import TakeStep
from chalicelib.flow.subscribe import Subscribe
from chalicelib.flow.sweep import Sweep
from chalicelib.flow.tell import Pace, Tell
from tests.flow.outside import Arrival, Bells, Clock, Mailbag, Reader, Receivers
from tests.flow.process import Process, stopping
from tests.flow.stores import Store

ACCOUNT = "9900000"
NUMBERS: Details = (("BillingTelephoneNumber", "9195551234"),)
REPLY_KEYS = {1: b"r" * 32}
MAIL_DOMAIN = "docket.example"
SCHEDULE = (10.0, 30.0)
"""Three attempts."""


@dataclass(frozen=True)
class Ports:
    """The ports as the verbs see them."""

    ledger: Any
    receipts: Any
    subscriptions: Any
    cursors: Any
    bell: Any
    notifier: Any
    mails: Any
    documents: Any


class World:
    """`store` is asked directly by tests; the verbs reach it through ports at which a process stops."""

    def __init__(
        self,
        store: Store,
        *,
        autopilot: Autopilot = OFF,
        schedule: tuple[float, ...] = SCHEDULE,
        **pace: Any,  # noqa: ANN401 because they are Pace's own fields
    ) -> None:
        self.store, self.clock, self.autopilot = store, Clock(), autopilot
        self.bells, self.receivers, self.mailbag = Bells(self.clock), Receivers(self.clock), Mailbag()
        self.processes: list[Process] = []
        self.watch: Callable[[str, tuple[Any, ...]], None] = lambda _call, _args: None
        self._ids, self._tokens = random.Random(7), count(1)
        ports = {
            "ledger": store.ledger, "receipts": store.receipts, "subscriptions": store.subscriptions,
            "cursors": store.cursors, "bell": self.bells, "notifier": self.receivers, "mails": self.mailbag,
            "documents": store.documents,
        }  # fmt: skip
        self.ports = Ports(**{name: stopping(port, name, self._watch) for name, port in ports.items()})
        self._compose(Pace(**{"schedule": schedule, "slack": timedelta(0), "jitter": lambda: 0.0, **pace}))

    def _compose(self, pace: Pace) -> None:
        at, now = self.ports, self.clock
        self.accept = Accept(
            ledger=at.ledger, receipts=at.receipts, now=now, new_id=self._new_id, autopilot=self.autopilot,
            wake=lambda order, delay: at.bell.step(order, delay=delay),
        )  # fmt: skip
        self.step = TakeStep(ledger=at.ledger, accept=self.accept, now=now)
        self.subscribe = Subscribe(
            ledger=at.ledger, subscriptions=at.subscriptions, accept=self.accept, now=now, new_id=self._new_id,
            new_secret=lambda: f"whsec_{next(self._tokens)}",
        )  # fmt: skip
        self.attach = Attach(
            accept=self.accept, ledger=at.ledger, documents=at.documents, now=now,
            new_token=lambda: f"token{next(self._tokens)}",
        )  # fmt: skip
        self.announce = Announce(
            ledger=at.ledger, subscriptions=at.subscriptions, cursors=at.cursors, bell=at.bell, accept=self.accept,
            now=now,
        )  # fmt: skip
        self.tell = Tell(
            ledger=at.ledger, subscriptions=at.subscriptions, cursors=at.cursors, notifier=at.notifier, bell=at.bell,
            now=now, new_token=lambda: f"token {next(self._tokens)}", pace=pace,
        )  # fmt: skip
        self.hear = Hear(
            mails=at.mails, subscriptions=at.subscriptions, accept=self.accept, reader=Reader(), keys=REPLY_KEYS,
            domain=MAIL_DOMAIN, now=now,
        )  # fmt: skip
        self.sweep = Sweep(
            ledger=at.ledger, subscriptions=at.subscriptions, cursors=at.cursors, mails=at.mails, bell=at.bell,
            announce=self.announce, hear=self.hear, attach=self.attach, step=self.step,
            now=now,
        )  # fmt: skip

    def close(self) -> None:
        """Let every process die, and close the store."""
        for process in self.processes:
            process.kill()
        self.store.close()

    # ---- what people do

    def place(self, order_type: str = "lsrorders") -> OrderKey:
        """A new order. The creation of an lsrorder is notified, that of a portout is not."""
        command = CreateOrder(account=ACCOUNT, type=order_type, details=NUMBERS, by="ann")
        return self.accept.create(command).order.key

    def move(self, order: OrderKey, status: str, **fields: Any) -> Entry:  # noqa: ANN401 because they are MoveOrder's own fields
        """One step by the desk."""
        return self.accept.move(MoveOrder(**{"order": order, "status": status, "by": "desk", **fields}))

    def note(self, order: OrderKey, text: str = "hello", by: str = "ann") -> str:
        """A note through the API."""
        return self.accept.add_note(AddNote(order=order, text=text, by=by))

    def wish(self, order: OrderKey | None = None, **fields: Any) -> Wish:  # noqa: ANN401 because they are the wish's own fields
        """To hear of one order, or of all of a type, by callback at an address that nobody else has."""
        target = Callback(url=f"https://hooks.example.net/{next(self._tokens)}", secret="")
        known = {
            "account": ACCOUNT, "target": target, "order_type": order.type if order else "lsrorders",
            "order_id": order.id if order else None,
        }  # fmt: skip
        return Wish(**{**known, **fields})

    def hook(self, order: OrderKey | None = None, **fields: Any) -> Subscription:  # noqa: ANN401 because they are the wish's own fields
        """A callback subscription."""
        return self.subscribe.create(self.wish(order, **fields))

    def mailbox(self, email: str, order: OrderKey | None = None, **fields: Any) -> Subscription:  # noqa: ANN401 because they are the wish's own fields
        """An e-mail subscription."""
        return self.hook(order, target=Mailbox(email=email), **fields)

    # ---- what wakes

    def process(self, verb: Callable[..., object], *args: object, **named: object) -> Process:
        """The verb as a process that has not begun."""
        process = Process(lambda: verb(*args, **named))
        self.processes.append(process)
        return process

    def announced(self, order: OrderKey) -> None:
        """The stream rings for the order's last entry, and the queue for what comes of it."""
        self.announce(order, self.store.ledger.order(order).version)
        self.ring()

    def ring(self) -> None:
        """Answer every bell that is due, and those that ring meanwhile."""
        while rings := self.bells.take_due():
            for ring in rings:
                self.answer(ring)

    def answer(self, ring: Any) -> None:  # noqa: ANN401 because a ring is one of three
        """What the queue's handler does with a message."""
        if ring.ref is not None:
            self.tell(ring.ref, new_work=ring.new_work)
        elif ring.step:
            self.step(ring.order)
        else:
            self.announce(ring.order, ring.number, start=ring.start)

    def swept(self, *, times: int = 1, every: float = 60) -> None:
        """The timer, and the queue; each time twice, because an index may not show what was written last."""
        for _ in range(times):
            self.clock.on(every)
            for _ in range(2):
                self.sweep()
                self.ring()

    # ---- what came of it

    def arrivals(self, who: Subscription, order: OrderKey | None = None) -> list[Arrival]:
        """Requests at the subscription's receiver, in their order."""
        return [
            arrival
            for arrival in self.receivers.arrivals
            if arrival.subscription_id == who.id and order in (None, arrival.order)
        ]

    def told(self, who: Subscription, order: OrderKey | None = None) -> list[int]:
        """The numbers of the entries that the receiver took, in their order, repeated ones too."""
        return [arrival.number for arrival in self.arrivals(who, order) if arrival.outcome is Outcome.TOLD]

    def cursor(self, who: Subscription, order: OrderKey) -> Cursor | None:
        """The cursor as it stands."""
        return self.store.cursors.get(CursorRef(who.id, order))

    def record(self, who: Subscription, order: OrderKey, number: int) -> Delivery | None:
        """The record of one entry."""
        return self.store.cursors.delivery(CursorRef(who.id, order), number)

    def stored(self, who: Subscription) -> Subscription | None:
        """The subscription as it stands."""
        return self.store.subscriptions.get(who.account, who.id)

    def quiet(self, who: Subscription, order: OrderKey) -> bool:
        """Whether nothing is left to do for this cursor, nor to announce of its order."""
        cursor = self.cursor(who, order)
        done = cursor is None or (cursor.due is None and cursor.lease is None)
        return done and self.store.ledger.marked(order) is None

    def at(self, seconds: float) -> datetime:
        """So much after now."""
        return self.clock.now + timedelta(seconds=seconds)

    def _new_id(self) -> UUID:
        return UUID(int=self._ids.getrandbits(128), version=4)

    def _watch(self, call: str, args: tuple[Any, ...]) -> None:
        self.watch(call, args)


def moving(world: World, order: OrderKey, times: int, call: str) -> None:
    """The order gets a note just before the first so many such calls."""
    left = [call] * times

    def watch(made: str, _args: tuple[Any, ...]) -> None:
        if made == call and left:
            left.pop()
            world.note(order)

    world.watch = watch
