"""An entry's turn to be told to one subscriber: the three things that every step of it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib import log
from chalicelib.domain.cursor import Cursor
from chalicelib.domain.delivery import Attempt, Delivery, Letter, Outcome
from chalicelib.domain.entry import Entry
from chalicelib.domain.subscription import Callback, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The cursor, leased; the subscription as it was read for this entry; the entry."""

    cursor: Cursor
    subscription: Subscription
    entry: Entry

    @property
    def by_callback(self) -> bool:
        """Whether it goes to a URL, and not to a mailbox."""
        return isinstance(self.subscription.target, Callback)

    @property
    def ends(self) -> bool:
        """Whether the subscription ends at this entry."""
        return self.subscription.ends_at(self.entry)

    def record(
        self, outcome: Outcome, reason: str, *, at: datetime, attempts: Sequence[Attempt], letter: Letter | None = None
    ) -> Delivery:
        """What came of it until now."""
        return Delivery(
            cursor=self.cursor.ref, number=self.entry.number, outcome=outcome, reason=reason, at=at,
            attempts=tuple(attempts), letter=letter,
        )  # fmt: skip

    def say(self, event: str, **fields: object) -> None:
        """A line of the log, with whose turn it is."""
        entry = self.entry
        log.tell(
            event, account=entry.order.account, subscription=self.subscription.id, order=entry.order.id,
            type=entry.order.type, sequence=entry.number, **fields,
        )  # fmt: skip
