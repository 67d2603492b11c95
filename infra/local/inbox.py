"""Mail of one machine as files: `incoming/` until heard, then `heard/`, `held/` or `refused/`, reasons beside."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

SUFFIX = ".eml"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and be sure that it is on the disk. Only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.tmp")
    with open(unfinished, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Inbox:
    """Implements the flow's Mails."""

    def __init__(self, folder: Path) -> None:
        """Made where it is not."""
        self._folder = folder
        (folder / "incoming").mkdir(parents=True, exist_ok=True)

    def take_in(self, name: str, raw: bytes) -> None:
        """Keep a mail that came in; when this returns it is on the disk."""
        write_whole(self._path("incoming", name), raw)

    def incoming(self, *, limit: int) -> Sequence[str]:
        """Names of mails not yet heard, oldest first."""
        return [path.stem for path in sorted((self._folder / "incoming").glob(f"*{SUFFIX}"))[:limit]]

    def read(self, name: str) -> bytes | None:
        """The whole mail, or None when it was filed already."""
        try:
            return self._path("incoming", name).read_bytes()
        except FileNotFoundError:
            return None

    def file(self, name: str, folder: str, *, why: Mapping[str, str]) -> None:
        """Move it, the reasons first, so that a filed mail never lacks them."""
        target = self._path(folder, name)
        write_whole(target.with_suffix(".json"), json.dumps(dict(why), ensure_ascii=False).encode())
        try:
            self._path("incoming", name).replace(target)
        except FileNotFoundError:
            return

    def _path(self, folder: str, name: str) -> Path:
        return self._folder / folder / f"{name}{SUFFIX}"
