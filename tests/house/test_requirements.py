"""What is installed is pinned, hashed, and the same everywhere. Where from is each machine's affair."""

import re

import pytest

from tests.house.tree import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-ministack.txt")
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+) \\$", re.MULTILINE)


def _lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    return dict(PIN.findall(_lock(name)))


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", "\n".join(line for line in _lock(name).splitlines() if line[:1] != "#"))
    loose = [block for block in blocks if block.strip() and not (PIN.match(block) and "--hash=" in block)]
    assert loose == []


@pytest.mark.parametrize("name", [*LOCKS, *(lock.replace(".txt", ".in") for lock in LOCKS)])
def test_requirements_do_not_say_where_packages_come_from(name: str) -> None:
    assert re.findall(r"^--?[a-z-]+.*$|\w+://\S+", re.sub(r"(?m)^-c \S+$", "", _lock(name)), re.MULTILINE) == []


def test_what_ships_and_the_workshop_agree_on_every_version() -> None:
    ships, workshop = _pins("requirements.txt"), _pins("requirements-dev.txt")
    assert {name: workshop[name] for name in ships.keys() & workshop.keys()} == {
        name: ships[name] for name in ships.keys() & workshop.keys()
    }


def test_the_framework_is_left_to_its_packager() -> None:
    assert "chalice" not in _pins("requirements.txt")
    assert "chalice" in _pins("requirements-dev.txt")
