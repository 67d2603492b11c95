"""The stores that the flow is proved over."""

from collections.abc import Callable
from typing import Protocol

from chalicelib.flow.ports import Cursors, Ledger, Receipts, Subscriptions
from tests.flow.memory import Memory


class Store(Protocol):
    """What a world stands on."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def cursors(self) -> Cursors: ...


STORES: dict[str, Callable[[], Store]] = {"memory": Memory}
