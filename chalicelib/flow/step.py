"""Take the next step of an order that walks by itself, if its time has come. What wakes it may be late, or repeat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain import autopilot
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.errors import OrderNotFound, VersionMismatch
from chalicelib.flow.accept import TRIES, Accept
from chalicelib.flow.ports import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """The verb, with what it needs. Where the setting is off nobody is moved, whatever plan an order has."""

    ledger: Ledger
    accept: Accept
    now: Callable[[], datetime]

    def __call__(self, key: OrderKey) -> None:
        """The desk's own command, on the version that was read: whoever moved the order meanwhile wins."""
        for _ in range(TRIES if self.accept.autopilot.on else 0):
            try:
                order = self.ledger.order(key)
            except OrderNotFound:  # a draft that was removed
                return
            now = self.now()
            step = autopilot.due(order, now)
            if step is None:
                return
            try:
                self.accept.move(autopilot.command(order, step, at=now))
            except VersionMismatch:
                continue
            return

    def waiting(self, *, before: datetime, limit: int) -> Sequence[OrderKey]:
        """Orders whose step is due, from an index that may lag."""
        return self.ledger.stepping(before=before, limit=limit) if self.accept.autopilot.on else []
