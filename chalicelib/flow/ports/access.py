"""Who may ask."""

from typing import Protocol

from chalicelib.domain.access import Credential


class Access(Protocol):
    """The users of the API."""

    def credential(self, user: str) -> Credential | None:
        """The user's credential, or None."""

    def keep(self, credential: Credential) -> None:
        """Write it in place of whatever the user had."""
