"""What was promised to whom in a history, and what must hold of it at any moment."""

from collections import Counter

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import Entry, OrderKey
from chalicelib.domain.subscription import Subscription
from chalicelib.flow.ports import Telling
from tests.flow.process import current
from tests.flow.world import World


class Promises:
    """`tick` counts steps: it tells what began after what was acknowledged."""

    def __init__(self, world: World) -> None:
        self.world, self.tick = world, 0
        self.began: dict[str, int] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.acknowledged: dict[str, int] = {}
        self.leaving: set[str] = set()
        self.moving: Counter[str] = Counter()
        self.left: dict[str, int] = {}
        self._furthest: dict[CursorRef, int] = {}
        world.watch, world.receivers.watch = self._called, self._attempted

    def known(self, who: Subscription) -> None:
        """A subscription was acknowledged."""
        self.subscriptions[who.id], self.acknowledged[who.id] = who, self.tick

    def moved(self, who: Subscription) -> None:
        """A change to other orders was answered: what is promised begins anew."""
        self.moving[who.id] -= 1
        self.acknowledged[who.id] = self.tick

    def must(self, who: Subscription, order: OrderKey) -> list[Entry]:
        """What was promised: begun after the acknowledgement, before it expired, up to the one order's end."""
        promised = list[Entry]()
        stored = self.world.stored(who)
        unsure = who.id in self.leaving or self.moving[who.id]  # begun, and perhaps never answered
        if stored is None or unsure or not stored.routes[0].leads_from(order):
            return []
        for entry in self.world.store.ledger.entries(order):
            in_time = stored.expires_at is None or entry.at < stored.expires_at
            if self.began.get(entry.by, -1) > self.acknowledged[who.id] and entry.notified and in_time:
                promised.append(entry)
            if stored.ends_at(entry):
                break
        return promised

    def hold(self, refs: list[CursorRef]) -> None:
        """What is told never falls and never passes what is wanted; what is wanted and not told is due."""
        for ref in refs:
            cursor = self.world.store.cursors.get(ref)
            who = self.world.store.subscriptions.get(ref.account, ref.subscription_id)
            if cursor is None or who is None or who.ended_at is not None:
                self._furthest.pop(ref, None)
                continue
            assert cursor.told >= self._furthest.get(ref, 0), "told went back"
            assert cursor.told <= cursor.wanted
            assert cursor.told == cursor.wanted or cursor.due is not None, "wanted, not told, and never due"
            self._furthest[ref] = cursor.told

    def _called(self, call: str, _args: object) -> None:
        process = current()
        if call == "subscriptions.get" and process is not None:
            process.memory["read"] = self.tick

    def _attempted(self, telling: Telling) -> None:
        who, process = telling.subscription, current()
        assert who.covers(telling.entry, slack=self.world.tell.pace.slack), "told though not covered"
        if process is not None and who.id in self.left:
            assert process.memory["read"] < self.left[who.id], "an attempt began after it had left"
