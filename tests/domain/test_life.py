"""A Hypothesis state machine lives the life of orders of every type, and checks each journal after each step."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from chalicelib.domain import decide
from chalicelib.domain.commands import AddNote, Cancel, ChangeNote, CreateOrder, MoveOrder, Supplement
from chalicelib.domain.details import Details
from chalicelib.domain.entry import Entry, Kind
from chalicelib.domain.errors import Barred, Invalid, StepRefused, VersionMismatch
from chalicelib.domain.order import Change, Note, Order
from chalicelib.domain.order_types import ORDER_TYPES
from tests.domain.samples import NUMBERS, at

TEXTS = st.text(min_size=1, max_size=30).filter(str.strip)
DETAILS: list[Details] = [NUMBERS, (), (("CustomerOrderId", "mine"),)]
WORDS = sorted(
    {(element, word) for kind in ORDER_TYPES for element, words in kind.supplements.asks.items() for word in words}
)
SUPPLEMENTS: list[Details] = [
    (),
    (("CustomerOrderId", "other"),),
    (("ListOfPhoneNumbers", (("PhoneNumber", "9195551236"),)), ("Name", "x")),
    (("Subscriber", (("ServiceAddress", (("City", "Cary"),)),)),),
    *(((element, word), ("SiteId", "9")) for element, word in WORDS),
]
MINUTES = st.integers(-30, 30).map(lambda minutes: minutes * 60.0)


class Life:
    """An order with all that was ever written of it."""

    def __init__(self, change: Change) -> None:
        self.order: Order = change.order
        self.journal: list[Entry] = list(change.entries)
        self.notes: dict[str, Note] = {}
        self.clock = change.order.created_at

    def take(self, change: Change, *, entries: int) -> None:
        """What a store does with a change; a command writes so many entries."""
        assert change.base == self.order.version
        assert len(change.entries) == entries
        self.order = change.order
        self.journal += change.entries
        self.notes |= {note.id: note for note in change.notes}


class OrdersLive(RuleBasedStateMachine):
    lives = Bundle("lives")

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Life] = []

    @rule(
        target=lives,
        order_type=st.sampled_from([kind.resource for kind in ORDER_TYPES]),
        details=st.sampled_from(DETAILS),
        draft=st.booleans(),
        number=st.uuids(version=4),
    )
    def create(self, order_type: str, details: Details, *, draft: bool, number: UUID) -> Life:
        command = CreateOrder(account="9900000", type=order_type, details=details, by="ann", draft=draft)
        change = decide.create(command, order_id=str(number), at=at(0))
        assert change.base == 0
        assert not change.notes
        life = Life(change)
        self.all.append(life)
        return life

    def _now(self, life: Life, seconds: float) -> datetime:
        """A clock that may go backwards."""
        return life.clock + (at(seconds) - at(0))

    @rule(life=lives, data=st.data(), seconds=MINUTES, message=st.none() | TEXTS)
    def move(self, life: Life, data: st.DataObject, seconds: float, message: str | None) -> None:
        ways = sorted(life.order.type.allowed(life.order.status))
        if not ways:
            return
        status = data.draw(st.sampled_from(ways))
        before, now = life.order, self._now(life, seconds)
        command = MoveOrder(order=before.key, status=status, by="desk", message=message)
        change = decide.move(before, command, at=now)
        again = status == before.status
        automatic = before.type.automatic.get(status)
        follows = automatic is not None and before.status not in automatic.unless_from
        if not change.entries:
            assert again
            assert change.order == before
        life.take(change, entries=len(change.entries) and 1 + follows)
        assert again or change.entries[0].previous == before.status

    @rule(life=lives, data=st.data())
    def refused_move(self, life: Life, data: st.DataObject) -> None:
        others = [
            *sorted(life.order.type.states - life.order.type.allowed(life.order.status)),
            "NO_SUCH_STATE",
        ]
        status = data.draw(st.sampled_from(others))
        before = replace(life.order)
        with pytest.raises(StepRefused) as refusal:
            decide.move(life.order, MoveOrder(order=before.key, status=status, by="desk"), at=at(0))
        assert set(refusal.value.allowed) == before.type.allowed(before.status)
        assert life.order == before

    @rule(life=lives, off=st.integers(-3, 3).filter(bool))
    def stale_version(self, life: Life, off: int) -> None:
        stale = MoveOrder(order=life.order.key, status="COMPLETE", by="desk", if_version=life.order.version + off)
        with pytest.raises(VersionMismatch) as refusal:
            decide.move(life.order, stale, at=at(0))
        assert refusal.value.actual == life.order.version

    @rule(life=lives, text=TEXTS, seconds=MINUTES, by_mail=st.booleans())
    def note(self, life: Life, text: str, seconds: float, *, by_mail: bool) -> None:
        before = life.order
        command = AddNote(order=before.key, text=text, by="bob", by_mail=by_mail)
        change = decide.add_note(before, command, at=self._now(life, seconds))
        life.take(change, entries=1)
        assert life.order.status == before.status
        assert life.notes[str(life.order.version)].text == text
        assert life.journal[-1].note == text
        assert life.journal[-1].by_mail is by_mail

    @rule(life=lives, data=st.data(), text=TEXTS, seconds=MINUTES)
    def changed_note(self, life: Life, data: st.DataObject, text: str, seconds: float) -> None:
        if not life.notes:
            return
        note = life.notes[data.draw(st.sampled_from(sorted(life.notes)))]
        command = ChangeNote(order=life.order.key, note_id=note.id, text=text, by="eve")
        change = decide.change_note(life.order, note, command, at=self._now(life, seconds))
        life.take(change, entries=int(text != note.text))
        assert life.notes[note.id].text == text
        if change.entries:
            assert change.entries[0].kind is Kind.NOTE_CHANGED
            assert change.entries[0].note_id == note.id

    @rule(life=lives, text=st.sampled_from(["", " \n\t", "x" * 501]))
    def bad_note(self, life: Life, text: str) -> None:
        with pytest.raises(Invalid) as refusal:
            decide.add_note(life.order, AddNote(order=life.order.key, text=text, by="bob"), at=at(0))
        assert refusal.value.problems[0].field == "Description"

    @rule(life=lives, details=st.sampled_from(SUPPLEMENTS), seconds=MINUTES, whole=st.booleans())
    def supplement(self, life: Life, details: Details, seconds: float, *, whole: bool) -> None:
        before = replace(life.order)
        command = Supplement(order=before.key, details=details, by="ann", whole=whole)
        try:
            change = decide.supplement(before, command, at=self._now(life, seconds))
        except (Invalid, Barred, StepRefused):
            assert life.order == before
            return
        assert change.rewrites == (change.order.details != before.details)
        assert bool(change.entries) or change.order == before
        if change.entries:
            assert change.entries[0].kind in (Kind.DETAILS, Kind.STATUS)
            assert (change.entries[0].kind is Kind.DETAILS) == (change.entries[0].status == before.status)
        life.take(change, entries=len(change.entries))
        again = decide.supplement(life.order, command, at=self._now(life, seconds)) if not change.entries else None
        assert again is None or not again.entries

    @rule(life=lives, seconds=MINUTES)
    def cancel(self, life: Life, seconds: float) -> None:
        before, table = life.order, life.order.type.supplements
        command = Cancel(order=before.key, by="ann")
        if before.removed or before.status not in table.cancels:
            with pytest.raises((Invalid, Barred)):
                decide.cancel(before, command, at=at(0))
            return
        change = decide.cancel(before, command, at=self._now(life, seconds))
        leads = table.cancels[before.status]
        life.take(change, entries=int(leads != before.status))
        assert life.order.status == leads
        assert life.order.removed == (before.status in table.removes)
        if life.order.removed:
            assert life.journal[-1].final
            assert not life.journal[-1].notified

    @invariant()
    def journals_hold(self) -> None:
        for life in self.all:
            check(life)


def check(life: Life) -> None:
    """What holds of every journal."""
    order, journal = life.order, life.journal
    assert [entry.number for entry in journal] == list(range(1, order.version + 1))
    assert [entry.at for entry in journal] == sorted(entry.at for entry in journal)
    assert journal[-1].at == order.modified_at
    assert journal[-1].by == order.modified_by
    assert [entry.kind is Kind.CREATED for entry in journal] == [True] + [False] * (len(journal) - 1)
    states = [entry for entry in journal if entry.moves or entry.kind is Kind.REMOVED]
    assert states[-1].status == order.status
    for before, after in pairwise(states):
        assert not before.final
        assert after.previous == before.status
        assert after.status in order.type.allowed(before.status)
    assert (order.ended_at is not None) == order.type.is_final(order.status)
    assert all(entry.message for entry in states)
    assert set(life.notes) == {entry.note_id for entry in journal if entry.kind is Kind.NOTE}


TestOrdersLive = OrdersLive.TestCase
TestOrdersLive.settings = settings(max_examples=50, stateful_step_count=30)
