"""docs/autopilot.md, whose tables are those that the autopilot goes by."""

from collections.abc import Iterator

from chalicelib.domain.autopilot import Fate
from chalicelib.domain.autopilot.fate import OF_NUMBERS
from chalicelib.domain.autopilot.lives import LIVES, Lives
from chalicelib.domain.order_types import ORDER_TYPES
from infra import marked


def autopilot() -> str:
    """The page, with the numbers and the lives between its marks."""
    page = (marked.ROOT / "docs" / "autopilot.md").read_text(encoding="utf-8")
    return marked.filled(marked.filled(page, "numbers", _numbers()), "lives", _lives())


def _numbers() -> str:
    rows = [f"| {fate} | `-{fate}` | `{number[:3]}-{number[3:]}` |" for number, fate in OF_NUMBERS.items()]
    usual = f"| {Fate.COMPLETE} | `-{Fate.COMPLETE}` | any other |"
    return "\n".join(["| life | `CustomerOrderId` ends with | first number ends with |", "|---|---|---|", usual, *rows])


def _lives() -> str:
    return "\n".join([
        "| type | life | states that the autopilot enters, each after its delay |", "|---|---|---|",
        *(row for kind in ORDER_TYPES for row in _rows(kind.resource, LIVES[kind.resource])),
    ])  # fmt: skip


def _rows(resource: str, lives: Lives) -> Iterator[str]:
    for fate in Fate:
        if fate is Fate.COMPLETE or fate in lives.others:
            name = f"`{resource}`" if fate is Fate.COMPLETE else ""
            yield f"| {name} | {fate} | {' → '.join(_states(lives, lives.life(fate)))} |"


def _states(lives: Lives, way: tuple[str, ...]) -> Iterator[str]:
    for state in way:
        yield state
        if state in lives.customer:
            yield f"*the customer:* {lives.customer[state]}"
