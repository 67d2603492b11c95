"""The bytes of documents as files: `undecided/` until the tables name them, then `kept/`.

Names come from the flow, never from a client. Each file is written whole or not at all, and is on the disk when the
call returns.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from chalicelib.domain.errors import StoreUnavailable

UNFINISHED = ".tmp"


@contextmanager
def reachable() -> Iterator[None]:
    """Around whatever asks the disk. Raises StoreUnavailable in the system's own words."""
    try:
        yield
    except OSError as error:
        raise StoreUnavailable(str(error)) from error


class Documents:
    """Implements the flow's Documents."""

    def __init__(self, folder: Path) -> None:
        """Made where it is not. What a crash left half written goes: nobody was promised it."""
        self.folder = folder
        self._kept, self._undecided = folder / "kept", folder / "undecided"
        for made in (self._kept, self._undecided):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
        for unfinished in self._undecided.glob(f"*{UNFINISHED}"):
            unfinished.unlink()

    @reachable()
    def put(self, blob: str, content: bytes) -> None:
        """Keep new bytes, undecided; only the owner of the state may read them."""
        target = self._undecided / blob
        unfinished = target.with_name(blob + UNFINISHED)
        try:
            with open(unfinished, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        _sync(self._undecided)

    @reachable()
    def keep(self, blob: str) -> None:
        """It stays."""
        self._move(self._undecided / blob, self._kept / blob)

    @reachable()
    def doubt(self, blob: str) -> None:
        """It is about to be given up; its time as an undecided file begins now."""
        try:
            os.utime(self._kept / blob)
        except FileNotFoundError:
            return
        self._move(self._kept / blob, self._undecided / blob)

    @reachable()
    def read(self, blob: str) -> bytes | None:
        """The bytes, or None; looked for again where they were first, since they may move meanwhile."""
        for folder in (self._kept, self._undecided, self._kept):
            try:
                return (folder / blob).read_bytes()
            except FileNotFoundError:
                continue
        return None

    @reachable()
    def remove(self, blob: str) -> None:
        """Nobody needs it any more."""
        for folder in (self._undecided, self._kept):
            (folder / blob).unlink(missing_ok=True)

    @reachable()
    def undecided(self, *, before: datetime, limit: int) -> Sequence[str]:
        """Names of files that have been undecided since before a time, oldest first."""
        old = []
        with os.scandir(self._undecided) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):  # decided meanwhile
                    old.append((entry.stat().st_mtime, entry.name))
        latest = before.timestamp()
        return [name for at, name in sorted(old) if at <= latest and not name.endswith(UNFINISHED)][:limit]

    def _move(self, source: Path, target: Path) -> None:
        try:
            source.replace(target)
        except FileNotFoundError:
            return
        _sync(target.parent)
        _sync(source.parent)


def _sync(folder: Path) -> None:
    """A name is on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
