"""Stores that end with their test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.store import LocalStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    """On the disk, as a machine has it, but for the waiting."""
    opened = LocalStore.open(tmp_path / "state", fsync="off")
    yield opened
    opened.close()
