"""What the runtime asks of the store beside the ports: the feed, the start after a crash, the figures."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from chalicelib.domain.access import Credential, Role
from chalicelib.domain.errors import ReceiptTaken
from chalicelib.domain.query import OrderQuery
from chalicelib.domain.record import Receipt
from infra.local.store import LocalStore
from tests.domain.samples import START, at, mailbox, subscription
from tests.local.store.work import cursor, delivered, note, place, placing, take, tell

LATER = timedelta(hours=1)


@contextmanager
def crashed(folder: Path) -> Iterator[LocalStore]:
    """The store of a process that died where the block ended: nothing was flushed, nothing was closed."""
    store = LocalStore.open(folder, fsync="off")
    yield store
    store.writer.close()
    store._owner.release()  # noqa: SLF001 because it stands for the end of a process


def test_the_feed_is_every_journal_in_the_order_of_commits(store: LocalStore) -> None:
    first, second = place(store, 1), place(store, 2)
    note(store, first)
    note(store, second)
    places, entries = zip(*store.feed(0, 100), strict=True)
    assert [(entry.order, entry.number) for entry in entries] == [
        (first.key, 1), (second.key, 1), (first.key, 2), (second.key, 2),
    ]  # fmt: skip
    assert sorted(set(places)) == list(places)
    assert store.feed(places[1], 1) == [(places[2], entries[2])]
    assert store.feed(places[-1], 100) == []


def test_whoever_waits_for_commits_finds_the_entries_in_the_feed(store: LocalStore) -> None:
    seen: list[int] = []
    store.on_commit = lambda: seen.append(len(store.feed(0, 100)))
    order = place(store)
    note(store, order)
    store.cursors.want(cursor(order), 1, after=0, now=START)
    assert seen == [1, 2]


def test_moving_the_checkpoint_costs_no_commit_of_its_own(store: LocalStore) -> None:
    order = place(store)
    before = store.vitals()["commits"]
    store.move_checkpoint(1)
    assert store.feed_checkpoint() == 1
    assert store.vitals()["commits"] == before
    note(store, order)
    assert store.vitals()["commits"] == before + 1  # type: ignore[operator] # the figure is a number
    assert store.reads.rows("SELECT seq FROM checkpoints") == [(1,)]


def test_the_checkpoint_is_kept_at_a_clean_stop(tmp_path: Path) -> None:
    store = LocalStore.open(tmp_path, fsync="off")
    place(store)
    store.move_checkpoint(1)
    store.close()
    again = LocalStore.open(tmp_path, fsync="off")
    assert again.feed_checkpoint() == 1
    again.close()


def test_a_crash_takes_back_only_what_of_the_checkpoint_no_commit_took_along(tmp_path: Path) -> None:
    with crashed(tmp_path) as store:
        order = place(store)
        store.move_checkpoint(1)
        note(store, order)
        store.move_checkpoint(2)
    again = LocalStore.open(tmp_path, fsync="off")
    assert again.feed_checkpoint() == 1
    assert [place for place, _ in again.feed(1, 9)] == [2]
    again.close()


def test_a_start_takes_back_the_leases_of_the_process_before(tmp_path: Path) -> None:
    with crashed(tmp_path) as store:
        ref = cursor(place(store))
        store.cursors.want(ref, 1, after=0, now=START)
        assert take(store, ref)
    again = LocalStore.open(tmp_path, fsync="off")
    assert take(again, ref, "u") is None
    again.release_leases()
    taken = take(again, ref, "u")
    assert taken is not None
    assert (taken.told, taken.wanted, taken.lost) == (0, 1, 2)
    again.close()


def test_what_is_to_be_rung_after_a_start_is_what_is_due_soon(store: LocalStore) -> None:
    refs = [cursor(place(store, number)) for number in range(1, 5)]
    for ref in refs:
        store.cursors.want(ref, 1, after=0, now=START)
    tell(store, refs[0], 1, "t")
    for ref, seconds in ((refs[2], 30), (refs[3], 3600)):
        taken = take(store, ref)
        assert taken is not None
        store.cursors.postpone(taken, at(seconds))
    assert store.pending(at(10)) == [(refs[1], 0.0), (refs[2], 20.0)]


def test_a_void_receipt_is_in_nobodys_way_and_does_not_stay(store: LocalStore) -> None:
    def receipt(expires: float) -> Receipt:
        return Receipt(id="k", body_hash="h", result="r", expires_at=at(expires))

    store.ledger.record(placing(1), receipt(10))
    with pytest.raises(ReceiptTaken):
        store.ledger.record(placing(2), receipt(20))
    assert store.receipts.receipt("k", now=at(9)) == receipt(10)
    assert store.receipts.receipt("k", now=at(10)) is None
    assert store.reads.rows("SELECT id FROM receipts") == []
    store.ledger.record(placing(2), receipt(20))
    assert store.receipts.receipt("k", now=at(15)) == receipt(20)


def test_void_receipts_do_not_pile_up(store: LocalStore) -> None:
    for number in range(1, 40):
        change = placing(number)
        expired = Receipt(id=f"k{number}", body_hash="", result="", expires_at=START - LATER)
        store.ledger.record(change, expired)
    assert len(store.reads.rows("SELECT id FROM receipts")) == 1


def test_a_credential_is_replaced_and_an_unknown_user_is_none(store: LocalStore) -> None:
    first = Credential(user="ann", role=Role.CUSTOMER, accounts=("1", "2"), secret_hash="00")
    second = Credential(user="ann", role=Role.OPERATOR, accounts=(), secret_hash="11")
    for revision, credential in enumerate((first, second), start=1):
        store.access.keep(credential)
        assert store.access.credential("ann") == replace(credential, revision=revision)
    assert store.access.credential("ANN") is None
    assert store.access.credential("\ud800") is None


def test_readers_never_write(store: LocalStore) -> None:
    connection = store.reads.connect()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM orders")
    assert connection.execute("PRAGMA wal_autocheckpoint").fetchone() == (0,)
    connection.close()


def test_the_figures_name_sqlites_version_and_the_time_of_a_commit(store: LocalStore) -> None:
    for number in range(1, 10):
        place(store, number)
    vitals = store.vitals()
    assert vitals["sqlite_version"] == sqlite3.sqlite_version
    assert 0 < float(str(vitals["commit_p99_ms"])) < 10_000


def test_a_subscription_that_is_gone_or_has_ended_leaves_neither_routes_nor_claim(store: LocalStore) -> None:
    order = place(store)
    removed, ended = (subscription(id=str(UUID(int=number)), target=mailbox(f"{number}@x")) for number in (7, 8))
    store.subscriptions.add(removed, now=START)
    store.subscriptions.add(ended, now=START)
    assert store.subscriptions.remove(removed)
    ref = cursor(order, 8)
    store.cursors.want(ref, 1, after=0, now=START)
    taken = take(store, ref)
    assert taken is not None
    assert store.cursors.passed(taken, delivered(ref, 1), until=at(60), ends=ended)
    for table in ("routes", "claims"):
        assert store.reads.rows(f"SELECT * FROM {table}") == []  # noqa: S608 because only words from above are put in


def test_totals_count_as_far_as_they_are_told_to() -> None:
    store = LocalStore.in_memory(counted=2)
    key, *_ = (place(store, number).key for number in (1, 2, 3))
    asked = OrderQuery(account=key.account, type=key.type, size=9)
    assert (store.ledger.total(asked), len(store.ledger.page(asked).orders)) == (2, 3)
    assert store.ledger.total(replace(asked, user="nobody")) == 0
    store.close()
