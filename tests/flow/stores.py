"""The stores that the flow is proved over."""

from collections.abc import Callable
from typing import Protocol

from chalicelib.flow.ports import Cursors, Ledger, Receipts, Subscriptions
from infra.local.store import LocalStore
from infra.local.store.documents import Documents
from tests.store.weak import weak


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
    @property
    def documents(self) -> Documents: ...
    def close(self) -> None: ...


STORES: dict[str, Callable[[], Store]] = {
    "sqlite": LocalStore.in_memory,
    "weak": lambda: weak(LocalStore.in_memory(), seed=1),
}
