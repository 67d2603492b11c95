"""The files that are the project's own: all but environments, state, builds and caches."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWN_DOTS = {".ci", ".chalice", ".gitignore"}
MADE = {"__pycache__", "build", "deployed", "deployments"}


def _is_own(name: str) -> bool:
    return name in OWN_DOTS if name.startswith(".") else name not in MADE


@cache
def files(suffix: str = "") -> tuple[Path, ...]:
    """Every file of the project whose name ends so, relative to the root, sorted."""
    return tuple(sorted(path for path in _walk() if path.name.endswith(suffix)))


def _walk() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if _is_own(name)]
        yield from (Path(folder, name).relative_to(ROOT) for name in names if _is_own(name))


def shipped() -> tuple[Path, ...]:
    """The Python files that run in production, on AWS or on one machine: not the tests, nor what others copy."""
    return tuple(path for path in files(".py") if path.parts[0] not in {"tests", "clients"})


def within(path: Path, *places: str) -> bool:
    """Whether a file is one of these places, or lies in one that is a folder."""
    return any(path == Path(place) or path.is_relative_to(place) for place in places)


@cache
def text(path: Path) -> str:
    """What stands in a file; nothing for one that is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text(path), filename=str(path))
