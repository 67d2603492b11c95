"""One world for each test, over each store."""

import io
from collections.abc import Iterator

import pytest

from chalicelib import log
from tests.flow.stores import STORES
from tests.flow.world import World


@pytest.fixture(params=STORES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    world = World(STORES[request.param]())
    yield world
    world.close()


@pytest.fixture(autouse=True)
def logged() -> Iterator[io.StringIO]:
    """The log of the test, as JSON lines."""
    lines = io.StringIO()
    log.to("json", lines)
    yield lines
    log.to("json")
