"""Accepting commands: lost races are decided anew, and what is refused writes nothing."""

from typing import Any

import pytest

from chalicelib.domain.commands import ChangeNote, CreateOrder
from chalicelib.domain.entry import Kind, OrderKey
from chalicelib.domain.errors import (
    Conflict,
    Invalid,
    NoteNotFound,
    OrderBusy,
    OrderNotFound,
    StepRefused,
    VersionMismatch,
)
from chalicelib.flow.accept import TRIES
from tests.flow.world import ACCOUNT, NUMBERS, World


def numbers(world: World, order: OrderKey) -> list[int]:
    return [entry.number for entry in world.store.ledger.entries(order)]


def conflicts(world: World, times: int, call: str = "ledger.record") -> list[str]:
    """The store answers Conflict so often; gives the calls made meanwhile."""
    made: list[str] = []

    def watch(name: str, _args: tuple[Any, ...]) -> None:
        made.append(name)
        if name == call and made.count(call) <= times:
            raise Conflict

    world.watch = watch
    return made


def test_an_order_is_answered_with_the_entry_of_its_creation(world: World) -> None:
    command = CreateOrder(account=ACCOUNT, type="portins", details=NUMBERS, by="ann")
    placed = world.accept.create(command)
    assert (placed.entry.status, placed.order.status) == ("PENDING_DOCUMENTS", "SUBMITTED")
    assert numbers(world, placed.order.key) == [1, 2]
    assert world.store.ledger.order(placed.order.key) == placed.order


def test_a_step_is_answered_with_its_entry(world: World) -> None:
    order = world.place()
    entry = world.move(order, "FOC", message="soon")
    assert (entry.number, entry.kind, entry.status, entry.previous, entry.message) == (
        2, Kind.STATUS, "FOC", "PENDING", "soon"
    )  # fmt: skip
    assert world.store.ledger.entries(order)[-1] == entry


def test_lost_races_are_decided_anew_from_what_stands_then(world: World) -> None:
    order = world.place()
    late = world.process(world.move, order, "FOC").until("ledger.record")
    world.move(order, "EXCEPTION")
    late.finish()
    statuses = [entry.status for entry in world.store.ledger.entries(order)]
    assert statuses == ["PENDING", "EXCEPTION", "FOC"]


def test_a_step_that_the_winner_made_impossible_is_refused(world: World) -> None:
    order = world.place()
    late = world.process(world.move, order, "FOC").until("ledger.record")
    world.move(order, "COMPLETE")
    with pytest.raises(StepRefused):
        late.finish()
    assert numbers(world, order) == [1, 2]


def test_a_named_version_is_held_through_races(world: World) -> None:
    order = world.place()
    late = world.process(world.move, order, "FOC", if_version=1).until("ledger.record")
    world.note(order)
    with pytest.raises(VersionMismatch):
        late.finish()


@pytest.mark.parametrize("races", [1, TRIES - 1])
def test_as_many_races_may_be_lost(world: World, races: int) -> None:
    order = world.place()
    conflicts(world, races)
    assert world.note(order) == "2"


def test_an_order_that_never_holds_still_is_busy(world: World) -> None:
    order = world.place()
    made = conflicts(world, TRIES)
    with pytest.raises(OrderBusy):
        world.note(order)
    assert made.count("ledger.record") == TRIES
    assert numbers(world, order) == [1]


def test_two_writers_race_and_both_are_written(world: World) -> None:
    order = world.place()
    writers = [world.process(world.note, order, f"note {n}").until("ledger.record") for n in range(TRIES)]
    for writer in writers:
        writer.finish()
    assert numbers(world, order) == list(range(1, TRIES + 2))
    assert {note.text for note in world.store.ledger.notes(order)} == {f"note {n}" for n in range(TRIES)}


def test_a_refused_command_writes_nothing(world: World) -> None:
    order = world.place()
    unknown = OrderKey(ACCOUNT, "lsrorders", "00000000-0000-4000-8000-000000000000")
    refusals: list[tuple[type[Exception], Any]] = [
        (StepRefused, lambda: world.move(order, "PENDING")),
        (VersionMismatch, lambda: world.move(order, "FOC", if_version=9)),
        (Invalid, lambda: world.note(order, " ")),
        (OrderNotFound, lambda: world.note(unknown)),
        (OrderNotFound, lambda: world.note(OrderKey("9900001", order.type, order.id))),
        (
            NoteNotFound,
            lambda: world.accept.change_note(ChangeNote(order=order, note_id="1", text="x", by="a")),
        ),
    ]
    for error, command in refusals:
        with pytest.raises(error):
            command()
    assert numbers(world, order) == [1]


def test_a_note_is_changed_and_an_unchanged_text_writes_nothing(world: World) -> None:
    order = world.place()
    note = world.note(order, "one")
    for _ in range(2):
        world.accept.change_note(ChangeNote(order=order, note_id=note, text="two", by="bob"))
    assert [entry.kind for entry in world.store.ledger.entries(order)][1:] == [Kind.NOTE, Kind.NOTE_CHANGED]
    assert [(n.id, n.text) for n in world.store.ledger.notes(order)] == [("2", "two")]
