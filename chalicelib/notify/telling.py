"""What the notifier is given to write a letter, as a protocol: the flow has its own class for it."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.domain.subscription import Subscription


class Telling(Protocol):
    """One entry for one subscription. `order` and `journal` are there only for mail."""

    @property
    def subscription(self) -> Subscription:
        """Whom to tell."""

    @property
    def entry(self) -> Entry:
        """What to tell."""

    @property
    def missed(self) -> int:
        """How many entries before this one were given up."""

    @property
    def order(self) -> Order | None:
        """The order as it stands now, maybe later than the entry."""

    @property
    def journal(self) -> Sequence[Entry]:
        """The journal up to the entry; empty for an event of the account."""
