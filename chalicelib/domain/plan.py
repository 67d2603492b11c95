"""What is still ahead of an order that the autopilot walks: kept with the order, absent from every other."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Step:
    """Enter `state` when the order has stood in the state before it for so many seconds."""

    state: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps that remain, at least one. `due` is the time of the first; None while it waits for somebody else."""

    steps: tuple[Step, ...]
    due: datetime | None = None
