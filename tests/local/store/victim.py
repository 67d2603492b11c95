"""A process that writes until it is killed: `python -m tests.local.store.victim FOLDER ACKNOWLEDGED ROUND`.

Each acknowledged write is one line in a file, appended after the store had answered.
"""

import os
import sys
import threading
from pathlib import Path

from infra.local.store import LocalStore
from tests.domain.samples import START
from tests.local.store.work import LEASE, cursor, delivered, note, place, take

WRITERS = 4


class Writer(threading.Thread):
    """Places orders, leaves notes on them, and tells what it wrote to a subscription of its own."""

    def __init__(self, store: LocalStore, number: int, file: int) -> None:
        super().__init__()
        self._store, self._number, self._file = store, number, file

    def run(self) -> None:
        """One order after the other, each with as many notes as its number ends in."""
        number = self._number
        while True:
            order = place(self._store, number)
            self._acknowledged("order", order.key.id, 1)
            for version in range(2, 2 + number % 10):
                order = note(self._store, order, f"note {version}")
                self._acknowledged("order", order.key.id, version)
            ref = cursor(order, number)
            self._store.cursors.want(ref, order.version, after=0, now=START)
            taken = take(self._store, ref, f"{number}")
            for entry in range(1, order.version + 1):
                assert taken is not None
                taken = self._store.cursors.passed(taken, delivered(ref, entry), until=START + LEASE)
                self._acknowledged("told", order.key.id, entry)
            number += WRITERS

    def _acknowledged(self, what: str, order_id: str, number: int) -> None:
        os.write(self._file, f"{what} {order_id} {number}\n".encode())


def main(folder: str, acknowledged: str, round_number: str) -> None:
    """Say that it is open, then write."""
    store = LocalStore.open(Path(folder), fsync="full")
    file = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    first = int(round_number) * 1_000_000
    for number in range(first, first + WRITERS):
        Writer(store, number, file).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
