"""kill -9 at random moments: what was acknowledged is there afterwards, and what was not told is told, in order."""

import itertools
import random
import threading
from collections import defaultdict
from collections.abc import Callable

import requests

from tests.local.client import DISCONNECT, Client, Desk
from tests.local.process import Docket, until
from tests.local.receiver import Receiver

KILLS = 20
ORDERS = 24
CHANGES = 520


class Writer(threading.Thread):
    """Leaves notes on some orders, one after the other, and remembers what was acknowledged."""

    def __init__(self, docket: Docket, orders: list[str], up: threading.Event, enough: threading.Event) -> None:
        super().__init__(daemon=True)
        self._docket, self._orders, self._up, self._enough = docket, orders, up, enough
        self.acknowledged: dict[str, list[str]] = defaultdict(list)
        self.count = 0

    def run(self) -> None:
        """A refused or broken connection is a note that nobody promised anything about."""
        client = Client(self._docket)
        for attempt in itertools.count():
            if self._enough.is_set():
                return
            order, text = random.choice(self._orders), f"{self.name} {attempt}"
            try:
                client.note("disconnects", order, text)
            except requests.RequestException:
                self._up.wait()
                continue
            self.acknowledged[order].append(text)
            self.count += 1


def test_nothing_acknowledged_is_lost_over_twenty_kills(
    docket: Docket, receive: Callable[[], Receiver], record_property: Callable[[str, object], None]
) -> None:
    """0 lost, 0 out of order; what came twice has the same id and the same bytes."""
    receiver, up, enough = receive(), threading.Event(), threading.Event()
    customer = Client(docket)
    subscription = customer.subscribe("disconnects", url=f"{receiver.url}/hook")
    orders = [customer.place("disconnects", DISCONNECT) for _ in range(ORDERS)]
    writers = [Writer(docket, orders[start::4], up, enough) for start in range(4)]
    for writer in writers:
        writer.start()

    def written() -> int:
        return sum(writer.count for writer in writers)

    kills = 0
    while kills < KILLS or written() < CHANGES:
        _reached(written, written() + random.randrange(60))
        up.clear()
        docket.kill()
        docket.start()
        up.set()
        kills += 1
    enough.set()
    for writer in writers:
        writer.join()
    desk = Desk(docket)
    for order in orders:
        desk.move("disconnects", order, "COMPLETE")

    def told(order: str) -> list[int]:
        return list(dict.fromkeys(got.sequence for got in receiver.at("/hook") if got.order == order))

    assert subscription in customer.subscriptions()
    wanted: dict[str, list[int]] = {}
    for order in orders:
        journal = customer.journal("disconnects", order)
        assert [entry["sequence"] for entry in journal] == list(range(1, len(journal) + 1))
        notes = [entry["note"] for entry in journal if entry["kind"] == "note"]
        promised = [text for writer in writers for text in writer.acknowledged[order]]
        assert [text for text in notes if text in set(promised)] == promised
        wanted[order] = [
            entry["sequence"] for entry in journal if entry["kind"] == "note" or entry["status"] == "COMPLETE"
        ]
    until(
        lambda: all(told(order) == wanted[order] or None for order in orders),
        within=90,
        what="everything told in order",
    )

    bodies: dict[str, set[bytes]] = defaultdict(set)
    for got in receiver.at("/hook"):
        bodies[got.id].add(got.body)
    assert all(len(versions) == 1 for versions in bodies.values())
    total = sum(len(numbers) for numbers in wanted.values())
    again = len(receiver.at("/hook")) - total
    record_property("figures", f"{kills} kills, {written()} notes acknowledged, {total} told, {again} came twice")


def _reached(written: Callable[[], int], goal: int) -> None:
    until(lambda: written() > goal, what="some notes")
