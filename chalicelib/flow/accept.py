"""Command → order decides → one write. The only way by which an order changes, whoever asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chalicelib import log
from chalicelib.domain import decide
from chalicelib.domain.autopilot import OFF, Autopilot, followed
from chalicelib.domain.commands import (
    AddNote,
    Cancel,
    ChangeNote,
    CreateOrder,
    HandIn,
    MoveOrder,
    RaiseEvent,
    Supplement,
)
from chalicelib.domain.document import Attachment
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.errors import Conflict, KeyReused, NoteNotFound, OrderBusy, OrderNotFound, ReceiptTaken
from chalicelib.domain.event import events_of, raised, unheard_of
from chalicelib.domain.order import Change, Note, Order
from chalicelib.flow.ports import Ledger, Receipt, Receipts

TRIES = 32
"""Decisions taken anew after lost races, before the client is told that the order is busy."""

KEPT = timedelta(hours=24)
"""How long an Idempotency-Key holds."""

Rearranged = Callable[[Order, Sequence[Attachment], datetime], Change]
"""A decision about an order's documents, from the order, the documents that it has, and the time."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A request that may come twice: the key under which it counts, the hash of its body, how long it is remembered."""

    id: str
    body_hash: str
    kept: timedelta = KEPT

    def receipt(self, result: str, now: datetime) -> Receipt:
        """The proof to be written with the request's effect."""
        return Receipt(id=self.id, body_hash=self.body_hash, result=result, expires_at=now + self.kept)


@dataclass(frozen=True, slots=True)
class Placed:
    """An order and the entry of its creation, which says what state it was answered in."""

    order: Order
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """The verb, with what it needs."""

    ledger: Ledger
    receipts: Receipts
    now: Callable[[], datetime]
    new_id: Callable[[], UUID]
    autopilot: Autopilot = OFF
    wake: Callable[[OrderKey, float], None] = lambda _order, _delay: None
    """Ring for an order's next step, in so many seconds."""

    def create(self, command: CreateOrder, keyed: Keyed | None = None) -> Placed:
        """Place an order. Raises Invalid for a script that cannot be, KeyReused, OrderBusy."""
        for _ in range(TRIES):
            done = self.result(keyed)
            if done is None:
                change = decide.create(command, order_id=str(self.new_id()), at=self.now())
                change = self.autopilot.planned(change, command.script)
                try:
                    done = self._record(change, keyed, change.order.key.id)
                except Conflict:
                    continue
                if done is None:
                    self._ring(change.order)
                    return Placed(change.order, change.entries[0])
            key = OrderKey(command.account, command.type, done)
            return Placed(self.ledger.order(key), self.ledger.entries(key, upto=1)[0])
        raise OrderBusy

    def move(self, command: MoveOrder, keyed: Keyed | None = None) -> Entry:
        """Move an order. Raises OrderNotFound, StepRefused, VersionMismatch, OrderBusy, KeyReused."""
        number = int(self._change(command.order, lambda order, at: decide.move(order, command, at=at), keyed))
        return self.ledger.entries(command.order, after=number - 1, upto=number)[0]

    def supplement(self, command: Supplement, keyed: Keyed | None = None) -> Order:
        """Change an order for its client; gives it as it stands then.

        Raises OrderNotFound, Invalid, Barred, StepRefused, OrderBusy, KeyReused.
        """
        self._change(command.order, lambda order, at: decide.supplement(order, command, at=at), keyed)
        return self.ledger.order(command.order)

    def check(self, command: Supplement) -> None:
        """Raise what the supplement would, and write nothing."""
        decide.supplement(self.ledger.order(command.order), command, at=self.now())

    def cancel(self, command: Cancel, keyed: Keyed | None = None) -> None:
        """End an order for its client. Raises OrderNotFound, Invalid, Barred, OrderBusy, KeyReused."""
        self._change(command.order, lambda order, at: decide.cancel(order, command, at=at), keyed)

    def hand_in(self, command: HandIn, keyed: Keyed | None = None) -> None:
        """Let an order go on that waited for its documents. Raises OrderNotFound, OrderBusy, KeyReused."""
        self._change(command.order, lambda order, at: decide.hand_in(order, command, at=at), keyed)

    def add_note(self, command: AddNote, keyed: Keyed | None = None) -> str:
        """Leave a note; gives its id. Raises OrderNotFound, Invalid, OrderBusy, KeyReused."""
        return self._change(command.order, lambda order, at: decide.add_note(order, command, at=at), keyed)

    def change_note(self, command: ChangeNote, keyed: Keyed | None = None) -> None:
        """Replace a note's text. Raises OrderNotFound, NoteNotFound, Invalid, OrderBusy, KeyReused."""

        def changed(order: Order, at: datetime) -> Change:
            return decide.change_note(order, self._note(command), command, at=at)

        self._change(command.order, changed, keyed)

    def raise_event(self, command: RaiseEvent, keyed: Keyed | None = None) -> Entry:
        """Journal an event of an account; the first one makes its pseudo-order. Raises OrderBusy, KeyReused."""
        key, none_yet = events_of(command.account), unheard_of(command.account, by=command.by, at=self.now())
        number = int(self._change(key, lambda order, at: raised(order, command, at=at), keyed, none_yet))
        return self.ledger.entries(key, after=number - 1, upto=number)[0]

    def file(self, key: OrderKey, decision: Rearranged, keyed: Keyed | None = None) -> str:
        """Change the documents of an order; gives the name of the file.

        Raises OrderNotFound, OrderBusy, KeyReused, and what the decision raises.
        """
        return self._change(key, lambda order, at: decision(order, self.ledger.documents(key), at), keyed)

    def result(self, keyed: Keyed | None) -> str | None:
        """What a request under this key came to before, if it did. Raises KeyReused for another body."""
        receipt = self.receipts.receipt(keyed.id, now=self.now()) if keyed else None
        if receipt and keyed and receipt.body_hash != keyed.body_hash:
            raise KeyReused
        return receipt.result if receipt else None

    def _note(self, command: ChangeNote) -> Note:
        found = (note for note in self.ledger.notes(command.order) if note.id == command.note_id)
        note = next(found, None)
        if note is None:
            raise NoteNotFound(command.note_id)
        return note

    def _change(
        self,
        key: OrderKey,
        decision: Callable[[Order, datetime], Change],
        keyed: Keyed | None,
        none_yet: Order | None = None,
    ) -> str:
        """Decide and record; after a lost race read and decide again.

        Gives the number of the change's first entry, or the name of the file that it is about.
        `none_yet` is what is changed where there is no such order.
        """
        for _ in range(TRIES):
            order = self._order(key, none_yet)
            if (done := self.result(keyed)) is not None:
                return done
            change = followed(order, decision(order, self.now()))
            result = _result(change)
            try:
                done = self._record(change, keyed, result)
            except Conflict:
                continue
            if done is None and change.order.plan != order.plan:
                self._ring(change.order)
            return result if done is None else done
        raise OrderBusy

    def _order(self, key: OrderKey, none_yet: Order | None) -> Order:
        try:
            return self.ledger.order(key)
        except OrderNotFound:
            if none_yet is None:
                raise
            return none_yet

    def _ring(self, order: Order) -> None:
        """Wake who takes the next step. What was recorded is acknowledged all the same: the sweep finds the step."""
        if order.plan is None or order.plan.due is None:
            return
        try:
            self.wake(order.key, max(0.0, (order.plan.due - self.now()).total_seconds()))
        except Exception as error:  # noqa: BLE001 because the order is recorded, and a bell is only a hint
            log.failed("autopilot.bell", error)

    def _record(self, change: Change, keyed: Keyed | None, result: str) -> str | None:
        """Write the change. None when that did it, else the result of the same request, which was faster.

        Raises Conflict; also where the receipt that was in the way is void by now, since nothing was written then.
        """
        if not change.entries and keyed is None:
            return None
        try:
            self.ledger.record(change, keyed.receipt(result, self.now()) if keyed else None)
        except ReceiptTaken:
            if (done := self.result(keyed)) is None:
                raise Conflict from None
            return done
        return None


def _result(change: Change) -> str:
    first = change.entries[0] if change.entries else None
    if first is None:
        return str(change.order.version)
    return first.filed.file if first.filed else str(first.number)
