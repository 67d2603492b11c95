"""Documents: whatever is interrupted, a listed document has its bytes, and bytes that nobody lists go."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.commands import AttachDocument, Cancel, CreateOrder, RemoveDocument, ReplaceDocument
from chalicelib.domain.document import File
from chalicelib.domain.entry import Kind, OrderKey
from chalicelib.domain.errors import Conflict, Invalid, OrderBusy, StoreUnavailable
from chalicelib.flow.accept import Keyed
from chalicelib.flow.attach import DECIDED_WITHIN
from tests.flow.process import Process
from tests.flow.world import ACCOUNT, NUMBERS, World

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = File(b"%PDF-1.7 old"), File(b"%PDF-1.7 new")


@pytest.fixture
def order(world: World) -> OrderKey:
    return world.place("portins")


def attach(world: World, order: OrderKey, sent: File = OLD, keyed: Keyed | None = None) -> str:
    return world.attach.attach(AttachDocument(order=order, sent=sent, by="ann"), keyed)


def replace(world: World, order: OrderKey, file: str) -> None:
    world.attach.replace(ReplaceDocument(order=order, file=file, sent=NEW, by="ann"))


def remove(world: World, order: OrderKey, file: str) -> None:
    world.attach.remove(RemoveDocument(order=order, file=file, by="ann"))


def contents(world: World, order: OrderKey) -> list[bytes]:
    """What is listed can be read."""
    return [world.attach.read(order, each.file)[1] for each in world.store.ledger.documents(order)]


def lying(world: World) -> list[str]:
    """All bytes there are, by the folder they are in."""
    folder: Path = world.store.documents.folder
    return sorted(path.parent.name for path in folder.rglob("*") if path.is_file())


def tidied(world: World) -> None:
    """The sweep, once whoever was at work must be done; the times of files are the disk's."""
    world.clock.now = datetime.now(UTC) + DECIDED_WITHIN + timedelta(minutes=1)
    world.sweep()


@pytest.mark.parametrize("died_at", range(1, 12))
def test_an_upload_that_dies_leaves_a_document_or_nothing(world: World, order: OrderKey, died_at: int) -> None:
    process = world.process(attach, world, order)
    _step(process, died_at)
    process.kill()
    listed = contents(world, order)
    assert listed in ([], [OLD.content])
    tidied(world)
    assert contents(world, order) == listed
    assert lying(world) == ["kept"] * len(listed)


@pytest.mark.parametrize("died_at", range(1, 14))
def test_a_replacement_that_dies_leaves_the_old_or_the_new(world: World, order: OrderKey, died_at: int) -> None:
    file = attach(world, order)
    process = world.process(replace, world, order, file)
    _step(process, died_at)
    process.kill()
    (found,) = contents(world, order)
    assert found in (OLD.content, NEW.content)
    tidied(world)
    assert contents(world, order) == [found]
    assert lying(world) == ["kept"]


@pytest.mark.parametrize("died_at", range(1, 10))
def test_a_removal_that_dies_leaves_the_document_or_nothing(world: World, order: OrderKey, died_at: int) -> None:
    file = attach(world, order)
    process = world.process(remove, world, order, file)
    _step(process, died_at)
    process.kill()
    listed = contents(world, order)
    assert listed in ([], [OLD.content])
    tidied(world)
    assert contents(world, order) == listed
    assert lying(world) == ["kept"] * len(listed)


def _step(process: Process, times: int) -> None:
    for _ in range(times):
        process.step()


def test_what_is_refused_keeps_no_bytes(world: World, order: OrderKey) -> None:
    with pytest.raises(Invalid):
        attach(world, order, File(b"\x00"))
    assert lying(world) == []


def test_an_order_that_is_busy_keeps_no_bytes_of_the_upload(world: World, order: OrderKey) -> None:
    file = attach(world, order)

    def busy(call: str, _args: tuple[Any, ...]) -> None:
        if call == "ledger.record":
            raise Conflict

    world.watch = busy
    for verb in (lambda: attach(world, order), lambda: replace(world, order, file), lambda: remove(world, order, file)):
        with pytest.raises(OrderBusy):
            verb()
    world.watch = lambda _call, _args: None
    assert (contents(world, order), lying(world)) == ([OLD.content], ["kept"])


def test_an_upload_whose_entry_may_or_may_not_be_written_is_left_to_the_tables(world: World, order: OrderKey) -> None:
    def lost(call: str, _args: tuple[Any, ...]) -> None:
        if call == "ledger.record":
            raise StoreUnavailable("no answer")

    world.watch = lost
    with pytest.raises(StoreUnavailable):
        attach(world, order)
    world.watch = lambda _call, _args: None
    assert lying(world) == ["undecided"]
    tidied(world)
    assert lying(world) == []


def test_two_that_replace_one_file_at_once_leave_one_of_the_two(world: World, order: OrderKey) -> None:
    file = attach(world, order)
    late = world.process(replace, world, order, file).until("ledger.record")
    world.attach.replace(ReplaceDocument(order=order, file=file, sent=File(b"%PDF-third"), by="bob"))
    late.finish()
    assert (contents(world, order), lying(world)) == ([NEW.content], ["kept"])


def test_the_same_upload_twice_at_once_is_one_document(world: World, order: OrderKey) -> None:
    keyed = Keyed("key", "hash")
    late = world.process(attach, world, order, OLD, keyed).until("ledger.record")
    file = attach(world, order, OLD, keyed)
    assert late.finish().result == file
    assert (contents(world, order), lying(world)) == ([OLD.content], ["kept"])


def test_trouble_after_the_entry_is_not_the_clients(world: World, order: OrderKey) -> None:
    def lost(call: str, _args: tuple[Any, ...]) -> None:
        if call == "documents.keep":
            raise StoreUnavailable("no answer")

    world.watch = lost
    attach(world, order)
    world.watch = lambda _call, _args: None
    assert (contents(world, order), lying(world)) == ([OLD.content], ["undecided"])
    tidied(world)
    assert lying(world) == ["kept"]


def test_the_sweep_leaves_alone_what_may_be_at_work(world: World, order: OrderKey) -> None:
    process = world.process(attach, world, order).until("ledger.record")
    process.kill()
    world.sweep()
    assert lying(world) == ["undecided"]
    tidied(world)
    assert lying(world) == []


def test_documents_are_told_to_nobody(world: World, order: OrderKey) -> None:
    who = world.hook(order)
    attach(world, order)
    world.announced(order)
    assert world.told(who) == []
    assert [entry.kind for entry in world.store.ledger.entries(order)][-1] is Kind.DOCUMENT
    world.note(order)
    world.announced(order)
    assert len(world.told(who)) == 1


def test_a_draft_that_is_removed_takes_its_documents_with_it(world: World) -> None:
    draft = CreateOrder(account=ACCOUNT, type="portins", details=NUMBERS, by="ann", draft=True)
    order = world.accept.create(draft).order.key
    attach(world, order)
    attach(world, order)
    world.attach.cancel(Cancel(order=order, by="ann"))
    assert (list(world.store.ledger.documents(order)), lying(world)) == ([], [])


def test_an_order_that_is_cancelled_keeps_its_documents(world: World, order: OrderKey) -> None:
    attach(world, order)
    world.attach.cancel(Cancel(order=order, by="ann"))
    assert (contents(world, order), lying(world)) == ([OLD.content], ["kept"])
