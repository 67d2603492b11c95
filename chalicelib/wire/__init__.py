"""Bytes ⇄ commands and documents, in XML and in JSON. Knows the domain; knows nothing of HTTP servers or of tables.

`documents` and `reading` are loaded when the first request needs them: their sixty models take long to build, and of
Docket's Lambda functions only one ever answers a request. `load` does it at once.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.wire import documents, reading

_LATE = ("documents", "reading")


def __getattr__(name: str) -> ModuleType:
    """The module of this name, loaded on first use (PEP 562)."""
    if name in _LATE:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load() -> None:
    """Have everything ready before the first request: for processes that live long."""
    for name in _LATE:
        import_module(f"{__name__}.{name}")


__all__ = ["documents", "load", "reading"]
