"""The flow's store on one machine, over SQLite. Only this package knows its file and its SQL."""

from infra.local.store.file import StateUnfit
from infra.local.store.local_store import LocalStore
from infra.local.store.owner import StateInUse

__all__ = ["LocalStore", "StateInUse", "StateUnfit"]
