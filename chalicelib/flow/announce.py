"""An entry was written: raise the cursor of everyone who hears of it, ring for a teller, lead its bulk port-in on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import OrderKey
from chalicelib.flow import bulk
from chalicelib.flow.accept import Accept
from chalicelib.flow.ports import Bell, Cursors, Ledger, Subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """The verb, with what it needs."""

    ledger: Ledger
    subscriptions: Subscriptions
    cursors: Cursors
    bell: Bell
    accept: Accept
    now: Callable[[], datetime]

    def __call__(self, order: OrderKey, number: int, *, start: str | None = None) -> None:
        """Announce the journal up to `number`; may be repeated, late and out of order.

        Expiry is not looked at here: what was written before a subscription expired is still told to it. The mark on
        the order goes last, so that a crash at any step leaves the order to the sweep. A bulk port-in is led on here,
        not where its port-ins move: what failed for it is tried again, and no request waits or fails for it.
        Raises OrderBusy.
        """
        page = self.subscriptions.routes(order, start=start)
        now = self.now()
        for routed in page.routes:
            ref = CursorRef(routed.subscription_id, order)
            if self.cursors.want(ref, number, after=routed.after, now=now):
                self.bell.tell(ref, new_work=True)
        if page.next is not None:
            self.bell.announce(order, number, start=page.next)
        else:
            bulk.follow(self.accept, order)
            self.ledger.announced(order, number)
