"""Processes and receivers that end with their test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.local.process import Docket
from tests.local.receiver import Received, Receiver

FAST = {"DOCKET_SWEEP_SECONDS": "0.5", "DOCKET_RETRY_SCHEDULE": "0.5,1,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2"}


@pytest.fixture
def docket(tmp_path: Path) -> Iterator[Docket]:
    """A Docket that retries and sweeps within seconds."""
    started = Docket(tmp_path / "state", FAST).start()
    yield started
    started.kill()


@pytest.fixture
def receive() -> Iterator[Callable[[Callable[[Received], int] | None], Receiver]]:
    """Makes receivers."""
    made: list[Receiver] = []

    def make(answer: Callable[[Received], int] | None = None) -> Receiver:
        made.append(Receiver(answer))
        return made[-1]

    yield make
    for receiver in made:
        receiver.close()
