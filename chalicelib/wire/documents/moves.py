"""The desk's move of an order: `StatusChange` in, the journal entry out (history.JournalEntry)."""

from typing import Annotated

from pydantic import Field
from pydantic_xml import element

from chalicelib.domain.commands import MoveOrder
from chalicelib.domain.details import Details
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.order import Failure
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.fields import Count, Dated, TelephoneNumber
from chalicelib.wire.forms import instant
from chalicelib.wire.tree import Tree

ROOT = "StatusChange"
FAILURE = "StatusChangeResponse"

_NUMBERS = ("completedtelephonenumbers", "telephonenumbers")

MESSAGE_LIMIT = 1000
"""Characters of a message."""

NUMBER_LIMIT = 5000
"""Telephone numbers in one move."""


ERROR_LIMIT = 100
"""Errors in one move."""


class Error(Document):
    """Something wrong with the order."""

    code: Annotated[str, Field(max_length=40)] = element("Code")
    description: Annotated[str, Field(max_length=MESSAGE_LIMIT)] = element("Description")
    telephone_numbers: Annotated[list[TelephoneNumber], Field(max_length=NUMBER_LIMIT)] = element(
        "TelephoneNumbers", default=[]
    )


class StatusChange(Document, tag=ROOT):
    """Where to, and what to tell of it."""

    status: Annotated[str, Field(max_length=40)] = element("Status")
    message: Annotated[str, Field(max_length=MESSAGE_LIMIT)] | None = element("Message", default=None)
    actual_foc_date: Dated | None = element("ActualFocDate", default=None)
    completed_telephone_numbers: Annotated[list[TelephoneNumber], Field(max_length=NUMBER_LIMIT)] = element(
        "CompletedTelephoneNumbers", default=[]
    )
    errors: Annotated[list[Error], Field(max_length=ERROR_LIMIT)] = element("Errors", default=[])
    if_version: Count | None = element("IfVersion", default=None)


def read(tree: Tree, order: OrderKey, user: str) -> MoveOrder:
    """The move that `user` wants made. Raises Invalid."""
    change, _ = reading.document(Tree(tree.root, _flat(tree.details)), StatusChange, ROOT)
    foc = change.actual_foc_date
    return MoveOrder(
        order=order, status=change.status.upper(), by=user, message=change.message,
        actual_foc_date=instant(foc) if foc else None,
        completed_numbers=tuple(change.completed_telephone_numbers), if_version=change.if_version,
        failures=tuple(
            Failure(error.code, error.description, tuple(error.telephone_numbers)) for error in change.errors
        ),
    )  # fmt: skip


def _flat(details: Details) -> Details:
    """The numbers repeated; XML may also hold them as callbacks do, in elements of one element of that name."""
    flat: list[tuple[str, str | Details]] = []
    for name, value in details:
        if isinstance(value, str):
            flat.append((name, value))
        elif name.lower() in _NUMBERS:
            flat += [(name, number) for _, number in value]
        else:
            flat.append((name, _flat(value)))
    return tuple(flat)
