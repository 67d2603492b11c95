"""The store under test. `stores` is each world in turn; `dynamo` the one on ministack; both are empty at first."""

from collections.abc import Iterator

import pytest

from chalicelib.config import Settings
from chalicelib.store import adapters, tables
from chalicelib.store.adapters import Tables
from chalicelib.store.rows import ROWS
from infra.local.store import LocalStore
from tests.domain.samples import START
from tests.store.clock import Clock
from tests.store.weak import weak
from tests.store.worlds import Stores

SEED = 20261125


@pytest.fixture(scope="session")
def running(ministack: str) -> tuple[Tables, Clock]:
    """The tables, made once: a client costs more than a test."""
    clock = Clock()
    store = adapters.in_tables(Settings(table_prefix="contract-"), now=clock, host=ministack)
    tables.create()
    return store, clock


@pytest.fixture
def clock(running: tuple[Tables, Clock]) -> Clock:
    """The time of `dynamo`."""
    running[1].at = START
    return running[1]


@pytest.fixture
def dynamo(running: tuple[Tables, Clock], clock: Clock) -> Tables:
    """DynamoDB's adapters over empty tables."""
    assert clock.at == START
    for kind in ROWS:
        with kind.batch_write() as batch:
            for row in list(kind.scan(consistent_read=True)):
                batch.delete(row)
    return running[0]


@pytest.fixture(params=["sqlite", "sqlite weak", "dynamo"])
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    """Each world in turn."""
    if request.param == "dynamo":
        yield request.getfixturevalue("dynamo")
        return
    local = LocalStore.in_memory()
    try:
        yield weak(local, SEED) if request.param == "sqlite weak" else local
    finally:
        local.close()
