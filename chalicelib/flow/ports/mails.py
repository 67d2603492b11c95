"""The mail that came in."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class Mails(Protocol):
    """Mail that came in, as files: under `incoming` until it was heard, then filed under what became of it."""

    def incoming(self, *, limit: int) -> Sequence[str]:
        """Names of mails not yet heard, and for which no notice can be on its way any more, oldest first."""

    def read(self, name: str) -> bytes | None:
        """The whole mail, or None when it was filed already."""

    def file(self, name: str, folder: str, *, why: Mapping[str, str]) -> None:
        """Move it to `heard`, `held` or `refused`, with the reasons kept beside it. Repeating it is harmless."""
