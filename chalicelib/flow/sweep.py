"""Find whatever no doorbell rang for. Everything here may happen at any time, twice, and in two places at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from chalicelib import log
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.subscription import KEPT_AFTER_EXPIRY
from chalicelib.flow.announce import Announce
from chalicelib.flow.hear import Hear, Notice
from chalicelib.flow.ports import Bell, Cursors, Ledger, Mails, Subscriptions

Found = TypeVar("Found")

AT_ONCE = 1000
"""How much of each kind one sweep takes up; the next goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """The verb, with what it needs."""

    ledger: Ledger
    subscriptions: Subscriptions
    cursors: Cursors
    mails: Mails
    bell: Bell
    announce: Announce
    hear: Hear
    now: Callable[[], datetime]

    def __call__(self) -> None:
        """Entries not announced, cursors due, mails not heard, subscriptions long expired. One failure stops no other."""
        now = self.now()
        found = {
            "announced": _each(self.ledger.unannounced(before=now, limit=AT_ONCE), self._announce),
            "rung": _each(self.cursors.due(before=now, limit=AT_ONCE), self.bell.tell),
            "heard": _each([Notice(name=name) for name in self.mails.incoming(limit=AT_ONCE)], self.hear),
            "removed": _each(
                self.subscriptions.expired(before=now - KEPT_AFTER_EXPIRY, limit=AT_ONCE),
                self.subscriptions.remove_expired,
            ),
        }
        if any(found.values()):
            log.tell("swept", **found)

    def _announce(self, order: OrderKey) -> None:
        """The index may lag: the order itself says whether anything is to be announced."""
        version = self.ledger.marked(order)
        if version is not None:
            self.announce(order, version)


def _each(things: Iterable[Found], act: Callable[[Found], object]) -> int:
    """Act on each; a failure is logged with its cause and does not keep the others waiting."""
    count = 0
    for thing in things:
        try:
            act(thing)
            count += 1
        except Exception as error:  # noqa: BLE001 because the rest must not wait, and the next sweep tries again
            log.failed("sweep", error, thing=str(thing))
    return count
