"""A fresh Docket for each test, and who may call it."""

import io
from collections.abc import Iterator

import pytest

import app
from chalicelib import log, wiring
from infra.local.server import Gateway
from infra.local.store import LocalStore
from tests.edge.desk import CUSTOMER, OPERATOR, STRANGER, Caller, services


@pytest.fixture(scope="session")
def gateway() -> Gateway:
    return Gateway(app.app)


@pytest.fixture
def store() -> Iterator[LocalStore]:
    store = LocalStore.in_memory()
    yield store
    store.close()


@pytest.fixture(autouse=True)
def logged(store: LocalStore) -> Iterator[io.StringIO]:
    """Docket is up; the log of the test, as JSON lines."""
    lines = io.StringIO()
    log.to("json", lines)
    wiring.use(services(store))
    yield lines
    wiring.use(None)
    log.to("json")


@pytest.fixture
def customer(gateway: Gateway) -> Caller:
    return Caller(gateway, CUSTOMER)


@pytest.fixture
def stranger(gateway: Gateway) -> Caller:
    return Caller(gateway, STRANGER)


@pytest.fixture
def operator(gateway: Gateway) -> Caller:
    return Caller(gateway, OPERATOR)


@pytest.fixture
def nobody(gateway: Gateway) -> Caller:
    return Caller(gateway, None)
