"""The state folder: one owner, a file that is checked before it is trusted, copies while it is in use."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.domain.query import OrderQuery
from infra.local.store import LocalStore, StateUnfit, codec
from infra.local.store import file as state_file
from infra.local.store.owner import LOCK
from infra.local.store.schema import MIGRATIONS
from tests.local.process import ROOT
from tests.local.store.work import note, place, placing


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT max(version) FROM schema_version").fetchone()[0])


def mounts(folder: Path, *lines: str) -> Path:
    table = folder / "mounts"
    table.write_text("".join(f"{line} rw 0 0\n" for line in lines))
    return table


def test_a_second_start_refuses_and_names_the_process(tmp_path: Path) -> None:
    store = LocalStore.open(tmp_path, fsync="off")
    code = f"""
from pathlib import Path
from infra.local.store import LocalStore, StateInUse
try:
    LocalStore.open(Path({str(tmp_path)!r}), fsync="off")
except StateInUse as refused:
    print(refused)
"""
    second = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    store.close()
    assert second.stdout.splitlines() == [f"{tmp_path} is in use by process {os.getpid()}; stop that first"]


def test_a_folder_that_was_given_back_can_be_had(tmp_path: Path) -> None:
    LocalStore.open(tmp_path, fsync="off").close()
    LocalStore.open(tmp_path, fsync="off").close()
    assert (tmp_path / LOCK).exists()


def test_a_start_that_fails_gives_the_folder_back(tmp_path: Path) -> None:
    (tmp_path / state_file.NAME).write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(StateUnfit, match="file is not a database"):
        LocalStore.open(tmp_path, fsync="off")
    (tmp_path / state_file.NAME).unlink()
    LocalStore.open(tmp_path, fsync="off").close()


def test_everything_is_there_after_a_clean_stop_and_its_log_is_gone(tmp_path: Path) -> None:
    store = LocalStore.open(tmp_path, fsync="off")
    order = note(store, place(store))
    store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [LOCK, state_file.NAME, "documents"]
    again = LocalStore.open(tmp_path, fsync="off")
    assert again.ledger.order(order.key) == order
    again.close()


def test_only_its_owner_may_read_the_file(store: LocalStore, tmp_path: Path) -> None:
    place(store)
    store.backup(tmp_path / "copy")
    files = [path for path in (tmp_path / "state").iterdir() if path.name.startswith(state_file.NAME)]
    assert len(files) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in (*files, tmp_path / "copy")} == {0o600}


def test_a_file_of_a_later_version_is_refused_in_one_line(tmp_path: Path) -> None:
    LocalStore.open(tmp_path, fsync="off").close()
    with closing(sqlite3.connect(tmp_path / state_file.NAME)) as connection, connection:
        connection.execute("INSERT INTO schema_version VALUES (99)")
    with pytest.raises(StateUnfit, match=f"it has schema version 99, this program knows {len(MIGRATIONS)}$"):
        LocalStore.open(tmp_path, fsync="off")


def test_an_older_file_is_brought_forward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalStore.open(tmp_path, fsync="off")
    order = place(store)
    store.close()
    step = ("ALTER TABLE orders ADD COLUMN colour TEXT", "CREATE INDEX orders_coloured ON orders (colour)")
    monkeypatch.setattr("infra.local.store.schema.MIGRATIONS", (*MIGRATIONS, step))
    store = LocalStore.open(tmp_path, fsync="off")
    assert store.reads.rows("SELECT id, colour FROM orders") == [(order.key.id, None)]
    store.close()
    assert version(tmp_path / state_file.NAME) == len(MIGRATIONS) + 1


def test_the_orders_of_a_file_from_before_the_lists_are_found_by_state_and_number(tmp_path: Path) -> None:
    """A file of the first schema version, with one order as that version wrote it."""
    numbers = (("TelephoneNumberList", (("TelephoneNumber", "9195551234"),)),)
    details = (("DisconnectTelephoneNumberOrderType", numbers),)
    order, path = replace(placing(1).order, details=details), tmp_path / state_file.NAME
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        old.execute("INSERT INTO schema_version VALUES (1)")
        for statement in MIGRATIONS[0]:
            assert isinstance(statement, str)
            old.execute(statement)
        row = (*codec.columns(order.key), order.version, codec.stamp(order.created_at), codec.of_order(order))
        old.execute(
            "INSERT INTO orders (account, type, id, version, created_at, draft, head) VALUES (?,?,?,?,?,0,?)", row
        )
        kept = (*codec.columns(order.key), codec.of_details(order.details))
        old.execute("INSERT INTO details (account, type, order_id, body) VALUES (?,?,?,?)", kept)
    store = LocalStore.open(tmp_path, fsync="off")
    query = OrderQuery(account=order.key.account, type=order.key.type, size=9)
    for asked in (replace(query, statuses=frozenset({order.status})), replace(query, number="9195551234")):
        assert [found.key for found in store.ledger.page(asked).orders] == [order.key]
    store.close()


def test_a_step_forward_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    LocalStore.open(tmp_path, fsync="off").close()
    with monkeypatch.context() as broken:
        step = ("ALTER TABLE orders ADD COLUMN colour TEXT", "CREATE INDEX nonsense ON nowhere (colour)")
        broken.setattr("infra.local.store.schema.MIGRATIONS", (*MIGRATIONS, step))
        with pytest.raises(StateUnfit, match="nowhere"):
            LocalStore.open(tmp_path, fsync="off")
    store = LocalStore.open(tmp_path, fsync="off")
    assert "colour" not in [row[1] for row in store.reads.rows("PRAGMA table_info(orders)")]
    store.close()


def test_a_damaged_file_is_refused_after_an_unclean_stop(tmp_path: Path) -> None:
    """What a crash leaves: the file, its log, and, here, pages that the disk has garbled."""
    store = LocalStore.open(tmp_path / "state", fsync="off")
    for number in range(200):
        place(store, number)
    store.writer.do(lambda connection: connection.execute("SELECT 1"))
    with closing(sqlite3.connect(tmp_path / "state" / state_file.NAME)) as other:
        other.execute("PRAGMA wal_checkpoint(PASSIVE)")
        note(store, place(store, 999))
        shutil.copytree(tmp_path / "state", tmp_path / "crashed")
    store.close()
    crashed = tmp_path / "crashed" / state_file.NAME
    with crashed.open("r+b") as pages:
        pages.seek(12 * 4096)
        pages.write(b"\x5a" * 4096 * 8)
    with pytest.raises(StateUnfit, match=r"damaged|malformed"):
        LocalStore.open(tmp_path / "crashed", fsync="off")


def test_a_backup_is_a_whole_store_of_one_moment(store: LocalStore, tmp_path: Path) -> None:
    order = note(store, place(store))
    target = tmp_path / "restored" / state_file.NAME
    target.parent.mkdir()
    store.backup(target)
    later = note(store, order)
    store.backup(tmp_path / "second")
    store.backup(tmp_path / "second")
    restored = LocalStore.open(target.parent, fsync="off")
    assert restored.ledger.order(order.key) == order
    assert store.ledger.order(order.key) == later
    restored.close()


def test_a_backup_that_cannot_be_made_says_so_and_leaves_nothing(store: LocalStore, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        store.backup(tmp_path / "nowhere" / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["state"]


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "fuse.sshfs"])
def test_a_network_file_system_is_refused(tmp_path: Path, kind: str) -> None:
    table = mounts(tmp_path, "/dev/sda / ext4", f"server:/x {tmp_path} {kind}")
    with pytest.raises(StateUnfit, match=kind):
        state_file.refuse_network(tmp_path / "state", table)


def test_a_disk_of_this_machine_below_a_network_mount_is_taken(tmp_path: Path) -> None:
    spaced = str(tmp_path / "a disk").replace(" ", "\\040")
    table = mounts(tmp_path, f"/dev/sdb {spaced} ext4", f"server:/x {tmp_path} nfs")
    state_file.refuse_network(tmp_path / "a disk" / "state", table)
    state_file.refuse_network(tmp_path, tmp_path / "no such table")


def test_a_store_in_memory_is_gone_when_it_is_closed() -> None:
    store = LocalStore.in_memory()
    folder = Path(store.reads.rows("PRAGMA database_list")[0][2]).parent
    assert place(store).version == 1
    store.close()
    assert not folder.exists()
