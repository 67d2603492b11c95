"""What wakes the verbs."""

from typing import Protocol

from chalicelib.domain.cursor import CursorRef
from chalicelib.domain.entry import OrderKey


class Bell(Protocol):
    """Doorbells. They may ring twice, late, out of order, or not at all."""

    def tell(self, ref: CursorRef, *, delay: float = 0, new_work: bool = False) -> None:
        """Wake a teller for this cursor, in `delay` seconds."""

    def step(self, order: OrderKey, *, delay: float = 0) -> None:
        """Wake who takes the order's next step, in `delay` seconds."""

    def announce(self, order: OrderKey, number: int, *, start: str) -> None:
        """Wake an announcer to go on with the routes from `start`."""
