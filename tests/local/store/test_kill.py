"""kill -9 while it writes: what was acknowledged is stored, journals have no gap, no change is torn."""

import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from uuid import UUID

from chalicelib.domain.entry import Kind, OrderKey
from infra.local.store import LocalStore
from tests.local.process import ROOT, until
from tests.local.store.work import ACCOUNT, cursor

ROUNDS = 6
LINE = 45
"""Bytes of an acknowledgement, about."""


def killed(folder: Path, acknowledged: Path, number: int) -> None:
    """One round: start, let it write for a while, kill."""
    arguments = [sys.executable, "-m", "tests.local.store.victim", str(folder), str(acknowledged), str(number)]
    process = subprocess.Popen(arguments, cwd=ROOT)
    try:
        before = acknowledged.stat().st_size if acknowledged.exists() else 0
        enough = before + LINE * random.randrange(10, 150)
        until(lambda: acknowledged.exists() and acknowledged.stat().st_size > enough, what="some writes")
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()


def promises(acknowledged: Path) -> dict[str, dict[str, int]]:
    """By what and order: the highest number that was acknowledged."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for line in acknowledged.read_text().splitlines():
        what, order_id, number = line.split()
        found[what][order_id] = int(number)
    return found


def check_order(store: LocalStore, key: OrderKey) -> int:
    """Head, journal and notes tell the same story. Its version."""
    order, entries, notes = store.ledger.order(key), store.ledger.entries(key), store.ledger.notes(key)
    assert [entry.number for entry in entries] == list(range(1, order.version + 1))
    assert order.details
    assert entries[0].kind is Kind.CREATED
    assert [(note.id, note.text) for note in notes] == [(entry.note_id, entry.note) for entry in entries[1:]]
    assert store.ledger.marked(key) == order.version
    return order.version


def check_telling(store: LocalStore, key: OrderKey) -> int:
    """As many records as the cursor says were told. How many."""
    ref = cursor(key, UUID(key.id).int)
    kept = store.cursors.get(ref)
    told = kept.told if kept else 0
    assert [store.cursors.delivery(ref, number) is not None for number in range(1, told + 2)] == [
        *[True] * told, False,
    ]  # fmt: skip
    return told


def test_nothing_acknowledged_is_lost_or_torn(tmp_path: Path) -> None:
    acknowledged = tmp_path / "acknowledged"
    for number in range(1, ROUNDS + 1):
        killed(tmp_path / "state", acknowledged, number)
    store = LocalStore.open(tmp_path / "state", fsync="off")
    promised = promises(acknowledged)
    stored = [OrderKey(*row) for row in store.reads.rows("SELECT account, type, id FROM orders")]
    versions = {key.id: check_order(store, key) for key in stored}
    told = {key.id: check_telling(store, key) for key in stored}
    fed = store.feed(0, 10**9)
    store.close()

    assert {key.account for key in stored} == {ACCOUNT}
    assert {order_id for order_id, number in promised["order"].items() if versions.get(order_id, 0) < number} == set()
    assert {order_id for order_id, number in promised["told"].items() if told.get(order_id, 0) < number} == set()
    assert len(fed) == sum(versions.values())
