"""Callers take turns at one connection: many share one commit, and nobody is answered before it."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chalicelib.domain.errors import Conflict, StoreUnavailable
from infra.local.store import LocalStore
from infra.local.store.writer import LARGEST_GROUP
from tests.local.process import until
from tests.local.store.work import note, noting, place, placing

Work = Callable[[sqlite3.Connection], object]


def user(name: str) -> Work:
    sql = "INSERT INTO credentials (user, role, record) VALUES (?, 'customer', '{}')"
    return lambda connection: connection.execute(sql, (name,))


def users(store: LocalStore) -> list[str]:
    return [name for (name,) in store.reads.rows("SELECT user FROM credentials ORDER BY user")]


def together(store: LocalStore, *works: Work) -> list[object]:
    """Hand in all works so that they share one commit; what each came to, an exception where it was one."""
    held, entered = threading.Event(), threading.Event()

    def hold(_connection: sqlite3.Connection) -> None:
        entered.set()
        held.wait(10)

    def done(work: Work) -> object:
        try:
            return store.writer.do(work)
        except Exception as error:  # noqa: BLE001 because the test looks at it
            return error

    with ThreadPoolExecutor(len(works) + 1) as pool:
        pool.submit(done, hold)
        assert entered.wait(10)
        waiting = [pool.submit(done, work) for work in works]
        until(lambda: store.writer.waiting() == len(works), what="all works waiting")
        held.set()
        return [each.result(10) for each in waiting]


def test_works_that_wait_share_one_commit(store: LocalStore) -> None:
    before = store.vitals()["commits"]
    together(store, *(user(f"u{number}") for number in range(9)))
    assert len(users(store)) == 9
    assert store.vitals()["commits"] == before + 1  # type: ignore[operator] # the figure is a number


def test_more_than_a_group_is_more_than_one_commit(store: LocalStore) -> None:
    works = [user(f"u{number}") for number in range(LARGEST_GROUP + 5)]
    before = store.vitals()["commits"]
    together(store, *works)
    assert len(users(store)) == len(works)
    assert store.vitals()["commits"] == before + 2  # type: ignore[operator] # the figure is a number


def test_what_raises_undoes_its_own_writes_and_no_others(store: LocalStore) -> None:
    def torn(connection: sqlite3.Connection) -> None:
        user("torn")(connection)
        raise Conflict

    first, second, third = together(store, user("before"), torn, user("after"))
    assert isinstance(second, Conflict)
    assert not isinstance(first, Exception)
    assert not isinstance(third, Exception)
    assert users(store) == ["after", "before"]


def test_a_statement_that_is_wrong_is_its_callers_alone(store: LocalStore) -> None:
    store.writer.do(user("ann"))
    _, twice, _ = together(store, user("before"), user("ann"), user("zoe"))
    assert isinstance(twice, sqlite3.IntegrityError)
    assert users(store) == ["ann", "before", "zoe"]


def test_a_disk_that_is_full_fails_the_whole_group_and_keeps_nothing_of_it(store: LocalStore) -> None:
    order = place(store)
    pages = store.reads.rows("PRAGMA page_count")[0][0]
    store.writer.do(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}").fetchone())

    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO details VALUES ('a', 't', 'i', ?)", ("x" * 500_000,))

    assert all(isinstance(found, StoreUnavailable) for found in together(store, user("ann"), fill, user("zoe")))
    assert users(store) == []
    assert store.ledger.order(order.key) == order
    store.writer.do(lambda connection: connection.execute("PRAGMA max_page_count = 1000000").fetchone())
    assert store.ledger.order(note(store, order).key).version == 2


def test_a_disk_that_fails_fails_the_whole_group(store: LocalStore) -> None:
    def fail(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    assert all(isinstance(found, StoreUnavailable) for found in together(store, user("ann"), fail, user("zoe")))
    assert users(store) == []


def test_a_transaction_that_sqlite_ended_by_itself_acknowledges_nothing(store: LocalStore) -> None:
    found = together(store, user("ann"), lambda connection: connection.execute("ROLLBACK"), user("zoe"))
    assert all(isinstance(each, StoreUnavailable) for each in found)
    assert users(store) == []
    store.writer.do(user("later"))
    assert users(store) == ["later"]


def test_a_condition_that_fails_costs_no_commit(store: LocalStore) -> None:
    order = place(store)
    note(store, order)
    before = store.vitals()["commits"]
    with pytest.raises(Conflict):
        store.ledger.record(noting(order, "too late"))
    with pytest.raises(Conflict):
        store.ledger.record(placing(1))
    assert store.ledger.announced(order.key, 1) is False
    assert store.vitals()["commits"] == before


def test_a_read_sees_every_write_that_was_acknowledged(store: LocalStore) -> None:
    def write(number: int) -> None:
        order = place(store, number)
        for version in range(2, 12):
            order = note(store, order, f"{version}")
            assert store.ledger.order(order.key) == order
            assert store.ledger.entries(order.key)[-1].number == version

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))


def test_of_those_who_race_for_a_version_one_wins(store: LocalStore) -> None:
    order = place(store)

    def race(racer: int) -> bool:
        try:
            store.ledger.record(noting(order, f"{racer}"))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(race, range(64))) == 1
    assert len(store.ledger.entries(order.key)) == 2


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = LocalStore.open(tmp_path, fsync="off")
    order = place(store)
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable):
        store.ledger.order(order.key)
    with pytest.raises(StoreUnavailable):
        note(store, order)


def test_only_what_was_promised_waits_for_the_disk(tmp_path: Path) -> None:
    store = LocalStore.open(tmp_path, fsync="full")
    levels: list[int] = []

    def look(connection: sqlite3.Connection) -> None:
        levels.append(connection.execute("PRAGMA synchronous").fetchone()[0])

    for durable in (True, False, True):
        store.writer.do(look, durable=durable)
    together(store, look, lambda _connection: None)
    store.close()
    assert levels == [2, 1, 2, 2]


def test_where_no_commit_waits_none_comes_to_wait(tmp_path: Path) -> None:
    store = LocalStore.open(tmp_path, fsync="off")
    levels = [
        store.writer.do(lambda connection: connection.execute("PRAGMA synchronous").fetchone()[0], durable=durable)
        for durable in (False, True)
    ]
    store.close()
    assert levels == [0, 0]


@pytest.mark.parametrize(("fsync", "level"), [("full", 2), ("normal", 1), ("off", 0)])
def test_the_setting_says_how_hard_the_disk_is_waited_for(tmp_path: Path, fsync: str, level: int) -> None:
    store = LocalStore.open(tmp_path, fsync=fsync)
    found = store.writer.do(
        lambda connection: [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "journal_mode", "fullfsync", "checkpoint_fullfsync", "mmap_size")
        ]
    )
    store.close()
    assert found == [level, "wal", 1, 1, 0]
