"""The bytes of documents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Documents(Protocol):
    """Files under names of our own making (`attachment.blob_of`), each written once and never changed.

    A file is undecided until the tables say whether it stays: from its upload until the entry of its document is
    written, and again while it is about to be replaced or removed. Whatever a crash leaves undecided is found again.
    """

    def put(self, blob: str, content: bytes) -> None:
        """Keep new bytes, undecided; when this returns, they are safe."""

    def keep(self, blob: str) -> None:
        """It stays: the tables name it. Repeating it is harmless."""

    def doubt(self, blob: str) -> None:
        """It is about to be given up; until that is done it is undecided again. Repeating it is harmless."""

    def read(self, blob: str) -> bytes | None:
        """The bytes, decided or not; None when there are none."""

    def remove(self, blob: str) -> None:
        """Nobody needs it any more. Repeating it is harmless."""

    def undecided(self, *, before: datetime, limit: int) -> Sequence[str]:
        """Names of files that have been undecided since before a time."""
