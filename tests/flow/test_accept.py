"""Accepting commands: lost races are decided anew, a repeated request gets the first answer."""

from typing import Any

import pytest

from chalicelib.domain.commands import AddNote, ChangeNote, CreateOrder, MoveOrder
from chalicelib.domain.entry import Kind, OrderKey
from chalicelib.domain.errors import (
    Conflict,
    Invalid,
    KeyReused,
    NoteNotFound,
    OrderBusy,
    OrderNotFound,
    StepRefused,
    VersionMismatch,
)
from chalicelib.flow.accept import TRIES, Keyed
from tests.flow.process import current
from tests.flow.world import ACCOUNT, NUMBERS, World

KEY = Keyed("ann POST /orders key-1", body_hash="abc")
OTHER_KEY = Keyed("ann POST /orders key-2", body_hash="abc")
OTHER_BODY = Keyed(KEY.id, body_hash="xyz")


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


def place(world: World, keyed: Keyed | None = None) -> OrderKey:
    command = CreateOrder(account=ACCOUNT, type="lsrorders", details=NUMBERS, by="ann")
    return world.accept.create(command, keyed).order.key


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


# ---- the same request again


def test_a_repeated_request_gets_the_first_answer_and_writes_nothing(world: World) -> None:
    order = place(world, KEY)
    world.move(order, "FOC")
    assert place(world, KEY) == order
    assert numbers(world, order) == [1, 2]
    command = CreateOrder(account=ACCOUNT, type="lsrorders", details=NUMBERS, by="ann")
    assert world.accept.create(command, KEY).entry.number == 1


def test_a_repeated_step_gets_its_own_entry_though_the_order_has_moved_on(world: World) -> None:
    order = world.place()
    command = MoveOrder(order=order, status="FOC", by="desk", if_version=1)
    first = world.accept.move(command, KEY)
    world.move(order, "COMPLETE")
    assert world.accept.move(command, KEY) == first
    assert numbers(world, order) == [1, 2, 3]


def test_a_repeated_note_is_one_note(world: World) -> None:
    order = world.place()
    command = AddNote(order=order, text="hello", by="ann")
    assert [world.accept.add_note(command, KEY) for _ in range(3)] == ["2"] * 3
    assert numbers(world, order) == [1, 2]


def test_the_same_key_with_another_body_is_refused(world: World) -> None:
    order = place(world, KEY)
    with pytest.raises(KeyReused):
        place(world, OTHER_BODY)
    with pytest.raises(KeyReused):
        world.accept.add_note(AddNote(order=order, text="hello", by="ann"), OTHER_BODY)
    assert numbers(world, order) == [1]


def test_a_refused_command_does_not_use_up_its_key(world: World) -> None:
    order = world.place()
    with pytest.raises(StepRefused):
        world.accept.move(MoveOrder(order=order, status="PENDING", by="desk"), KEY)
    assert world.accept.move(MoveOrder(order=order, status="FOC", by="desk"), OTHER_BODY).number == 2


def test_a_key_counts_for_a_day(world: World) -> None:
    order = place(world, KEY)
    world.clock.on(86_399)
    assert place(world, KEY) == order
    world.clock.on(1)
    assert place(world, KEY) != order


def test_two_same_requests_at_once_are_carried_out_once(world: World) -> None:
    late = world.process(place, world, KEY).until("ledger.record")
    order = place(world, KEY)
    assert late.finish().result == order


def test_two_same_steps_at_once_are_carried_out_once(world: World) -> None:
    order = world.place()
    command = AddNote(order=order, text="hello", by="ann")
    late = world.process(world.accept.add_note, command, KEY).until("ledger.record")
    assert world.accept.add_note(command, KEY) == late.finish().result == "2"
    assert numbers(world, order) == [1, 2]


def test_two_requests_with_one_key_and_two_bodies_at_once_are_not_both_carried_out(world: World) -> None:
    order = world.place()
    late = world.process(world.accept.add_note, AddNote(order=order, text="a", by="ann"), KEY)
    late.until("ledger.record")
    world.accept.add_note(AddNote(order=order, text="b", by="ann"), OTHER_BODY)
    with pytest.raises(KeyReused):
        late.finish()
    assert [note.text for note in world.store.ledger.notes(order)] == ["b"]


def test_a_receipt_that_fades_before_it_is_read_is_never_taken_for_a_success(world: World) -> None:
    """The write found a receipt in its way, which was void a moment later: nothing is written yet, so it must be."""

    def watch(made: str, _args: tuple[Any, ...]) -> None:
        if made == "ledger.record" and current() is not None:
            world.clock.on(86_400)
            world.watch = lambda _made, _args: None

    late = world.process(place, world, KEY).until("ledger.record")
    first = place(world, KEY)
    world.watch = watch
    order = late.finish().result
    assert isinstance(order, OrderKey)
    assert order != first
    assert numbers(world, order) == [1]

    command = AddNote(order=order, text="hello", by="ann")
    late = world.process(world.accept.add_note, command, OTHER_KEY).until("ledger.record")
    world.accept.add_note(command, OTHER_KEY)
    world.watch = watch
    assert late.finish().result == "3"
    assert numbers(world, order) == [1, 2, 3]


def test_a_step_that_changes_nothing_still_uses_its_key(world: World) -> None:
    order = world.place()
    world.move(order, "FOC")
    command = MoveOrder(order=order, status="FOC", by="desk")
    assert world.accept.move(command, KEY).number == 2
    with pytest.raises(KeyReused):
        world.accept.move(command, OTHER_BODY)
    assert numbers(world, order) == [1, 2]


@pytest.mark.parametrize("keyed", [None, KEY])
def test_a_crash_before_the_write_leaves_nothing_and_after_it_everything(world: World, keyed: Keyed | None) -> None:
    order = world.place()
    command = AddNote(order=order, text="hello", by="ann")
    world.process(world.accept.add_note, command, keyed).until("ledger.record").kill()
    assert numbers(world, order) == [1]
    assert world.accept.add_note(command, keyed) == "2"
