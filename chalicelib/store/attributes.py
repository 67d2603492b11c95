"""Attributes of items ⇄ PynamoDB: whole rows, and the actions that change some of a row's attributes."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pynamodb.expressions.update import Action

from chalicelib.store.rows import Row

R = TypeVar("R", bound=Row)


def row(kind: type[R], pk: str, sk: str | None, attributes: Mapping[str, Any]) -> R:
    """A row of these attributes; None stands for one that is absent."""
    present = {name: value for name, value in attributes.items() if value is not None}
    return kind(pk, sk, **present)


def actions(kind: type[Row], attributes: Mapping[str, Any]) -> list[Action]:
    """Set these attributes; take away those that are None."""
    return [
        getattr(kind, name).remove() if value is None else getattr(kind, name).set(value)
        for name, value in attributes.items()
    ]
