"""A bulk port-in after its children: what a crash, a race and a failing table leave of it."""

from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.commands import AddNote, CreateOrder, Supplement
from chalicelib.domain.details import Details
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import Invalid, OrderBusy
from chalicelib.flow import bulk
from tests.flow.world import ACCOUNT, World

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS: Details = (("ListOfPhoneNumbers", (("PhoneNumber", "9195551234"),)),)


def gathered(world: World, children: int = 2) -> tuple[OrderKey, list[OrderKey]]:
    """A bulk port-in that can be submitted, and its drafts."""
    whole = world.accept.create(CreateOrder(account=ACCOUNT, type="bulkPortins", details=(), by="ann")).order.key
    for status in ("VALIDATE_DRAFT_TNS", "VALID_DRAFT_TNS"):
        world.move(whole, status)
    parts = [draft(world) for _ in range(children)]
    bulk.gather(world.accept, whole, [part.id for part in parts], "ann")
    return whole, parts


def draft(world: World) -> OrderKey:
    command = CreateOrder(account=ACCOUNT, type="portins", details=NUMBERS, by="ann", draft=True)
    return world.accept.create(command).order.key


def submitted(world: World, children: int = 2) -> tuple[OrderKey, list[OrderKey]]:
    """A bulk port-in under way with its children, all announced."""
    whole, parts = gathered(world, children)
    bulk.submit(world.accept, whole, "ann")
    words = (("ProcessingStatus", "IN_PROGRESS"),)
    world.accept.supplement(Supplement(order=whole, details=words, by="ann"))
    for order in (*parts, whole):
        world.announced(order)
    return whole, parts


def status(world: World, order: OrderKey) -> str:
    return world.store.ledger.order(order).status


def test_a_crash_at_any_step_leaves_the_bulk_to_the_sweep(world: World) -> None:
    for call in ("ledger.order", "ledger.record", "ledger.announced"):
        whole, (one, _) = submitted(world)
        world.move(one, "EXCEPTION")
        world.process(world.announced, one).until(call).kill()
        world.swept(times=2)
        assert status(world, whole) == "NEEDS_ATTENTION", call
        assert world.store.ledger.marked(one) is world.store.ledger.marked(whole) is None


def test_a_command_for_a_child_does_not_fail_for_its_bulk(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, (one, _) = submitted(world)

    def busy(*_: object) -> None:
        raise OrderBusy

    with monkeypatch.context() as broken:
        broken.setattr(bulk, "follow", busy)
        world.accept.add_note(AddNote(order=one, text="hello", by="ann"))
        world.move(one, "EXCEPTION")
        with pytest.raises(OrderBusy):
            world.announced(one)
    world.swept(times=2)
    assert status(world, whole) == "NEEDS_ATTENTION"


def test_a_child_that_moves_on_while_its_bulk_is_led_is_followed_too(world: World) -> None:
    whole, (one, two) = submitted(world)
    world.move(one, "EXCEPTION")
    late = world.process(world.announced, one).until("ledger.record")
    world.move(one, "FOC")
    world.announced(one)
    late.finish()
    assert status(world, whole) == "IN_PROGRESS"
    for each in (one, two):
        world.move(each, "CANCELLED")
    world.announced(one)
    assert status(world, whole) == "CANCELLED"


def test_what_leaves_a_child_where_its_bulk_has_it_reads_no_other_child(world: World) -> None:
    _, (one, *_) = submitted(world, 5)
    read: list[object] = []

    def watch(call: str, args: tuple[object, ...]) -> None:
        if call == "ledger.order":
            read.append(args[0])

    acts: tuple[Callable[[], object], ...] = (lambda: world.note(one), lambda: world.move(one, "FOC"))
    for act in acts:
        act()
        read.clear()
        world.watch = watch
        world.announce(one, world.store.ledger.order(one).version)
        assert len(read) == 2


def test_a_child_that_is_submitted_meanwhile_is_not_submitted_again(world: World) -> None:
    whole, (one, two) = gathered(world)
    late = world.process(bulk.submit, world.accept, whole, "ann").until("ledger.record")
    bulk.submit(world.accept, whole, "bob")
    late.finish()
    assert [status(world, each) for each in (one, two)] == ["SUBMITTED", "SUBMITTED"]


@pytest.mark.parametrize("ids", [[], ["other"]])
def test_a_child_that_is_submitted_meanwhile_is_not_untied(world: World, ids: list[str]) -> None:
    whole, (one, _) = gathered(world)
    ids = [draft(world).id for _ in ids]
    late = world.process(bulk.gather, world.accept, whole, ids, "ann").until("ledger.record")
    bulk.submit(world.accept, whole, "bob")
    late.finish()
    order = world.store.ledger.order(one)
    assert (order.status, order.fact(bulk.PARENT)) == ("SUBMITTED", whole.id)


def test_a_draft_is_part_of_one_bulk_however_many_gather_it(world: World) -> None:
    (first, _), (second, _), child = gathered(world), gathered(world), draft(world)
    late = world.process(bulk.gather, world.accept, first, [child.id], "ann").until("ledger.record")
    bulk.gather(world.accept, second, [child.id], "bob")
    with pytest.raises(Invalid, match="part of another"):
        late.finish()
    assert world.store.ledger.order(child).fact(bulk.PARENT) == second.id


def test_what_was_seen_of_the_children_moves_no_bulk_that_has_moved_since(world: World) -> None:
    whole, (one, two) = submitted(world)
    world.move(one, "EXCEPTION")
    late = world.process(world.announced, one)
    for _ in range(5):  # the child, the bulk, both children; it is about to read the bulk for its move
        late.until("ledger.order")
    world.move(one, "FOC")
    for state in ("EXCEPTION", "FOC"):
        world.move(two, state)
        world.announced(two)
    before = world.store.ledger.order(whole).version
    late.finish()
    assert (status(world, whole), world.store.ledger.order(whole).version) == ("IN_PROGRESS", before)
