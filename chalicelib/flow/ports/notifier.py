"""The way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.delivery import Attempt, Letter
from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.domain.subscription import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a notifier is given to write a letter. `order` and `journal` (up to the entry) only for mail.

    Of an event of an account the journal stays empty: it goes on for ever, and each event stands for itself.
    """

    subscription: Subscription
    entry: Entry
    missed: int
    order: Order | None = None
    journal: Sequence[Entry] = ()


class Notifier(Protocol):
    """The way out. A receiver that fails is an Attempt, never an exception."""

    def compose(self, telling: Telling) -> Letter:
        """The letter: the same bytes for the same telling."""

    def deliver(self, telling: Telling, letter: Letter, attempt: int) -> Attempt:
        """One attempt, within the longest attempt's time; `attempt` counts from 1."""
