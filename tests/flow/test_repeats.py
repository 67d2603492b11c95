"""The same request again: it gets the first answer, and writes nothing."""

from typing import Any

import pytest

from chalicelib.domain.commands import AddNote, CreateOrder, MoveOrder
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import (
    KeyReused,
    StepRefused,
)
from chalicelib.flow.accept import Keyed
from tests.flow.process import current
from tests.flow.world import ACCOUNT, NUMBERS, World

KEY = Keyed("ann POST /orders key-1", body_hash="abc")
OTHER_KEY = Keyed("ann POST /orders key-2", body_hash="abc")
OTHER_BODY = Keyed(KEY.id, body_hash="xyz")


def numbers(world: World, order: OrderKey) -> list[int]:
    return [entry.number for entry in world.store.ledger.entries(order)]


def place(world: World, keyed: Keyed | None = None) -> OrderKey:
    command = CreateOrder(account=ACCOUNT, type="lsrorders", details=NUMBERS, by="ann")
    return world.accept.create(command, keyed).order.key


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
