"""One random history of a desk, drawn from a seed: who does what, who dies where, which bells are lost or ring twice.

Writers, announcers, tellers, sweeps, and people who subscribe, renew and leave all run at once and stop before each
call of a port. Whatever happened, the closure must then come to rest with everything told that was promised.
"""

import random
from collections.abc import Callable

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.delivery import Outcome
from chalicelib.domain.errors import Refused
from chalicelib.domain.subscription import Subscription
from tests.flow.outside import Answer
from tests.flow.process import Process
from tests.flow.promises import Promises
from tests.flow.stores import Store
from tests.flow.world import World

STATES = ("FOC", "EXCEPTION", "SUPP", "MODIFY", "COMPLETE", "CANCELLED")


class Dies(Exception):
    """Stands for whatever may go wrong within an attempt."""


class Schedule:
    """`play` it, `close` it, then ask `promises` what must have come of it; `story` tells how it went."""

    def __init__(self, store: Store, seed: int) -> None:
        self.random = random.Random(seed)
        self.world = World(store)
        self.promises = Promises(self.world)
        self.story: list[str] = []
        self.running: list[tuple[Process, Callable[[], None]]] = []
        self.crashes, self.failures = self.random.randint(0, 3), self.random.choice([0, 2, 5, 15])
        self.often = self.random.choice([0.4, 0.95])
        types = self.random.choice([["lsrorders"], ["portouts"], ["lsrorders", "lsrorders"]])
        self.orders = [self.world.place(kind) for kind in types]
        self.entries_left = self.random.randint(2, 6)
        for _ in range(self.random.randint(0, 2)):
            self._subscribe()
            self._run_to_end()

    def play(self, steps: int = 160) -> None:
        """Live through so many steps."""
        doings = [
            *((9, self._write), (9, self._announce), (10, self._tell), (6, self._answer), (3, self._sweep)),
            *((2, self._subscribe), (1, self._leave), (2, self._change), (6, self._wait), (3, self._kill)),
            (110, self._step),
        ]
        for _ in range(steps):
            self.random.choices([do for _, do in doings], [weight for weight, _ in doings])[0]()

    def close(self) -> None:
        """All die, or all end in peace; bells are lost, leases lapse; then only the sweep is left. It comes to rest."""
        if self.random.random() < 0.7:
            for process, _ in self.running:
                process.kill()
            self.running.clear()
        self._run_to_end()
        self.world.bells.rings.clear()
        dead = self.random.random() < 0.2
        self.world.receivers.answers.clear()
        if dead:
            self.world.receivers.answers.default_factory = lambda: lambda: Outcome.NOT_TOLD
        self._say("closure" + (": every receiver fails" if dead else ""))
        self.failures = self.crashes = 0
        self.world.clock.on(200)
        for _ in range(200):
            self.world.sweep()
            self.world.ring()
            self.promises.hold(self.refs())
            if self.quiet():
                return
            self.world.clock.on(61)
        raise AssertionError("it never came to rest")

    def quiet(self) -> bool:
        """Whether nothing is left to announce or to tell."""
        for_ever = self.world.at(10**9)
        store = self.world.store
        return not store.ledger.unannounced(before=for_ever, limit=9) and not store.cursors.due(
            before=for_ever, limit=9
        )

    # ---- what may happen

    def _write(self) -> None:
        if not self.entries_left:
            return
        self.entries_left -= 1
        order, by = self.random.choice(self.orders), f"writer {self.promises.tick}"
        status = self.random.choice([None, *STATES])
        self.promises.began[by] = self.promises.tick
        if status is None:
            self._start(f"{by}: note", lambda: self.world.note(order, by=by))
        else:
            self._start(f"{by}: {status}", lambda: self.world.move(order, status, by=by))

    def _announce(self) -> None:
        order = self.random.choice(self.orders)
        number = self.random.randint(1, self.world.store.ledger.order(order).version)
        self._start(f"announce {number}", lambda: self.world.announce(order, number))

    def _tell(self) -> None:
        if self.promises.subscriptions:
            ref = self.random.choice(self.refs())
            new_work = self.random.random() < 0.5
            self._start(f"tell {ref.subscription_id[:4]}", lambda: self.world.tell(ref, new_work=new_work))

    def _answer(self) -> None:
        """A bell, perhaps much later, perhaps again."""
        if self.world.bells.rings:
            ring = self.random.choice(self.world.bells.rings)
            if self.random.random() < 0.7:
                self.world.bells.rings.remove(ring)
            self._start("answer a bell", lambda: self.world.answer(ring))

    def _sweep(self) -> None:
        self._start("sweep", self.world.sweep)

    def _subscribe(self) -> None:
        if len(self.promises.subscriptions) >= 3:
            return
        order = self.random.choice(self.orders)
        one, expiry = self.random.random() < 0.5, self.random.choice([10**6, 10**6, 40])
        wish = self.world.wish(order if one else None, order_type=order.type, expiry=expiry)

        def done() -> None:
            if isinstance(process.result, Subscription):
                self._known(process.result)

        process = self._start("subscribe", lambda: self.world.subscribe.create(wish), done)

    def _change(self) -> None:
        """A renewal, or a move to other orders of the type: from then on the promise is a new one."""
        if not self.promises.subscriptions:
            return
        who = self.random.choice(list(self.promises.subscriptions.values()))
        stored, moves = self.world.stored(who), self.random.random() < 0.4
        here = next((order for order in self.orders if stored and order.id == stored.order_id), None)
        others = [None, *(order for order in self.orders if order.type == self.orders[0].type)]
        wish = self.world.wish(
            self.random.choice(others) if moves else here,
            order_type=who.order_type, target=who.target, expiry=10**6,
        )  # fmt: skip
        if moves:
            self.promises.moving[who.id] += 1

        def done() -> None:
            if moves:
                self.promises.moved(who)

        self._start(f"change {who.id[:4]}", lambda: self.world.subscribe.change(wish, who.id), done)

    def _leave(self) -> None:
        if self.promises.subscriptions:
            who = self.random.choice(list(self.promises.subscriptions.values()))
            self.promises.leaving.add(who.id)

            def done() -> None:
                if process.error is None and not process.died:
                    self.promises.left.setdefault(who.id, self.promises.tick)

            remove = self.world.subscribe.remove
            process = self._start(f"leave {who.id[:4]}", lambda: remove(who.account, who.id), done)

    def _wait(self) -> None:
        self.world.clock.on(self.random.choice([0.5, 5, 10, 31, 61, 61]))
        self._say(f"it is {self.world.clock.now:%H:%M:%S}")

    def _kill(self) -> None:
        if self.crashes and self.running:
            self.crashes -= 1
            process, _ = self.running.pop(self.random.randrange(len(self.running)))
            self._say(f"{process.memory['name']} dies before {process.at}")
            process.kill()

    def _step(self) -> None:
        if self.running:
            self._let(self.random.choice(self.running))

    # ---- how it happens

    def _start(self, name: str, work: Callable[[], object], done: Callable[[], None] = lambda: None) -> Process:
        process = self.world.process(work)
        process.memory["name"] = f"{len(self.world.processes)} {name}"
        self.running.append((process, done))
        self._say(f"{process.memory['name']} begins")
        return process

    def _let(self, running: tuple[Process, Callable[[], None]]) -> None:
        process, done = running
        made = process.at or ""
        process.step()
        self._say(f"{process.memory['name']}: {made}")
        if process.over:
            self.running.remove(running)
            if not isinstance(process.error, Refused | Dies | None):
                raise process.error
            done()
        if made.startswith("cursors."):
            self.promises.hold(self.refs())

    def _run_to_end(self) -> None:
        while self.running:
            self._let(self.running[0])

    def _say(self, line: str) -> None:
        self.promises.tick += 1
        self.story.append(f"{self.promises.tick:4} {line}")

    def _known(self, who: Subscription) -> None:
        self.promises.known(who)
        self.world.receivers.answers[who.id] = lambda: self._receiver(who)

    def _receiver(self, who: Subscription) -> Answer:
        if self.failures and self.random.random() < self.often:
            self.failures -= 1
            if self.random.random() < 0.05:
                self.promises.leaving.add(who.id)
                return Outcome.GONE
            return Dies() if self.random.random() < 0.1 else Outcome.NOT_TOLD
        return Outcome.TOLD

    def refs(self) -> list[CursorRef]:
        """Every cursor that may be there."""
        return [CursorRef(who, order) for who in self.promises.subscriptions for order in self.orders]
