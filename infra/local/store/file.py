"""The file on the disk: how it is opened, what is checked before it is trusted, how it is copied while in use."""

import os
import sqlite3
from pathlib import Path
from time import monotonic

from infra.local.store.schema import NewerSchema, migrate

NAME = "docket.sqlite3"

SYNCHRONOUS = {"full": "FULL", "normal": "NORMAL", "off": "OFF"}
"""What DOCKET_FSYNC may be. Full: each commit is on the disk. Normal: a power cut may take the latest commits back."""

OLDEST_SQLITE = (3, 35, 0)
"""The first with RETURNING; upserts and VACUUM INTO are older."""

CHECK_SECONDS = 5.0
"""How long a check after an unclean stop may take before it is left."""

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "glusterfs", "beegfs", "ncpfs"})
_NETWORK_FUSE = frozenset({"fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse", "fuse.davfs"})
_MOUNTS = Path("/proc/self/mounts")


class StateUnfit(OSError):
    """The state folder cannot be used as it is; one line that says why."""


class _Unfit(Exception):
    """Why."""


def open_writer(path: Path, *, fsync: str) -> sqlite3.Connection:
    """The one connection that writes and checkpoints. Raises StateUnfit.

    fullfsync matters on macOS only: a plain fsync leaves the data in the drive's cache there.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StateUnfit(f"Python's SQLite is {sqlite3.sqlite_version}; 3.35 is needed")
    unclean = _log_of(path).exists() and _log_of(path).stat().st_size > 0
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # it holds secrets; SQLite gives its log the same mode
    connection = _connect(path)
    try:
        _set_up(connection, fsync)
        if unclean:
            _check(connection)
        migrate(connection)
    except (_Unfit, NewerSchema, sqlite3.DatabaseError) as problem:
        connection.close()
        raise StateUnfit(f"{path} cannot be used: {problem}") from problem
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that reads, and does nothing else: SQLite before 3.51.3 may damage a log that two reset at once."""
    connection = _connect(path)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    return connection


def copy(path: Path, target: Path) -> None:
    """A copy of one moment, whole or not at all, in place of any earlier one; meanwhile all goes on."""
    unfinished = target.with_name(f".{target.name}.tmp")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT, 0o600))
    connection = _connect(path)
    try:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("VACUUM INTO ?", (str(unfinished),))
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise OSError(f"no backup was made: {error}") from error
    finally:
        connection.close()
    _to_disk(unfinished)
    unfinished.replace(target)
    _to_disk(target.parent)


def refuse_network(folder: Path, mounts: Path = _MOUNTS) -> None:
    """Raise StateUnfit for a network file system: locks and shared memory do not hold there. Linux only."""
    if not mounts.exists():
        return
    place, best, kind = folder.resolve(), -1, ""
    for line in mounts.read_text(errors="replace").splitlines():
        _, mount, found, *_ = line.split(" ")
        where = Path(mount.encode().decode("unicode_escape"))
        if place.is_relative_to(where) and len(where.parts) >= best:
            best, kind = len(where.parts), found
    if kind in _NETWORK | _NETWORK_FUSE:
        raise StateUnfit(f"{folder} is on a network file system ({kind}); state needs a disk of this machine")


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _set_up(connection: sqlite3.Connection, fsync: str) -> None:
    if connection.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
        raise _Unfit("its file system does not allow a write-ahead log")
    for pragma in (
        f"synchronous = {SYNCHRONOUS[fsync]}", "fullfsync = ON", "checkpoint_fullfsync = ON", "mmap_size = 0",
        "cache_size = -16000", "journal_size_limit = 67108864", "temp_store = MEMORY",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")


def _check(connection: sqlite3.Connection) -> None:
    """SQLite's quick check, given up when it takes too long."""
    ends = monotonic() + CHECK_SECONDS
    connection.set_progress_handler(lambda: monotonic() > ends, 10_000)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return
    finally:
        connection.set_progress_handler(None, 0)
    if found != ("ok",):
        raise _Unfit(f"it is damaged ({found[0]}); put a backup in its place")


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
