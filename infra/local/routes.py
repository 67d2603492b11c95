"""Which route a path takes, as API Gateway decides: segment by segment, what is spelled out before variables."""

from collections.abc import Iterable
from typing import Any

_HERE = ""
"""In a tree: the route that ends there. No segment of a route is empty."""

_ANY = "{}"
"""In a tree: what follows a variable. No segment of a path that is to match it literally holds braces."""


class Routes:
    """The routes as a tree of their segments, so that a path costs its length and not the number of routes."""

    def __init__(self, routes: Iterable[str]) -> None:
        """Each is `/literal/{variable}`; one that is given twice counts once."""
        self._tree: dict[str, Any] = {}
        for route in routes:
            tree = self._tree
            for segment in _split(route):
                tree = tree.setdefault(_ANY if _is_variable(segment) else segment, {})
            tree[_HERE] = route

    def find(self, path: str) -> tuple[str, dict[str, str]] | None:
        """The route and its variables, as the path writes them; None where no route fits."""
        segments = _split(path)
        route = _found(self._tree, segments, 0)
        if route is None:
            return None
        names = zip(_split(route), segments, strict=True)
        return route, {name[1:-1]: segment for name, segment in names if _is_variable(name)}


def _found(tree: dict[str, Any], segments: list[str], at: int) -> str | None:
    """The route below `tree` that the segments from `at` on take."""
    if at == len(segments):
        return tree.get(_HERE)
    for key in (segments[at], _ANY):
        if key != _HERE and key in tree and (route := _found(tree[key], segments, at + 1)) is not None:
            return route
    return None


def _is_variable(segment: str) -> bool:
    return segment.startswith("{")


def _split(path: str) -> list[str]:
    return path.split("/")[1:]
