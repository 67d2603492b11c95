"""One process owns a state folder: a lock on its `docket.lock`, which ends with the process however that ends."""

import fcntl
import os
from pathlib import Path

LOCK = "docket.lock"


class StateInUse(Exception):
    """Another process owns the folder; one line that says which."""


class Owner:
    """The right to a state folder, until it is given back or the process ends."""

    def __init__(self, folder: Path) -> None:
        """Raises StateInUse."""
        self._file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.read(self._file, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(self._file)
            raise StateInUse(f"{folder} is in use by process {pid}; stop that first") from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next one have it. The file stays: deleting it would let two processes each lock one of their own."""
        os.close(self._file)
