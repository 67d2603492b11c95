"""Find whatever no doorbell rang for. Everything here may happen at any time, twice, and in two places at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from chalicelib import log
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.subscription import KEPT_AFTER_EXPIRY
from chalicelib.flow.announce import Announce
from chalicelib.flow.attach import Attach
from chalicelib.flow.hear import Hear, Notice
from chalicelib.flow.ports import Bell, Cursors, Ledger, Mails, Subscriptions
from chalicelib.flow.step import TakeStep

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
    attach: Attach
    step: TakeStep
    now: Callable[[], datetime]

    def __call__(self) -> None:
        """Entries not announced, cursors due, mails not heard, files undecided, steps due, subscriptions long expired.

        A failure stops no other.
        """
        before = self.now()
        long_ago = before - KEPT_AFTER_EXPIRY
        found = {
            "announced": _each(lambda: self.ledger.unannounced(before=before, limit=AT_ONCE), self._announce),
            "rung": _each(lambda: self.cursors.due(before=before, limit=AT_ONCE), self.bell.tell),
            "heard": _each(self._incoming, self.hear),
            "tidied": _each(lambda: self.attach.undecided(limit=AT_ONCE), self.attach.tidy),
            "stepped": _each(lambda: self.step.waiting(before=before, limit=AT_ONCE), self.step),
            "removed": _each(
                lambda: self.subscriptions.expired(before=long_ago, limit=AT_ONCE),
                self.subscriptions.remove_expired,
            ),
        }
        if any(found.values()):
            log.tell("swept", **found)

    def _incoming(self) -> Iterable[Notice]:
        return [Notice(name=name) for name in self.mails.incoming(limit=AT_ONCE)]

    def _announce(self, order: OrderKey) -> None:
        """The index may lag: the order itself says whether anything is to be announced."""
        version = self.ledger.marked(order)
        if version is not None:
            self.announce(order, version)


def _each(find: Callable[[], Iterable[Found]], act: Callable[[Found], object]) -> int:
    """Act on each thing found; a failure is logged with its cause and keeps nothing else waiting."""
    try:
        things = find()
    except Exception as error:  # noqa: BLE001 because what is found elsewhere must not wait for it
        log.failed("sweep", error)
        return 0
    count = 0
    for thing in things:
        try:
            act(thing)
            count += 1
        except Exception as error:  # noqa: BLE001 because the rest must not wait, and the next sweep tries again
            log.failed("sweep", error, thing=str(thing))
    return count
