"""Events of an account: raised by the operator, listed by number. Docket's own documents, on the compatible names."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_xml import element

from chalicelib.domain.commands import RaiseEvent
from chalicelib.domain.entry import Entry
from chalicelib.domain.order_types.events import EVENTS
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.fields import Moment, TelephoneNumber, Text, wrong
from chalicelib.wire.tree import Tree

ROOT = "Event"
MOST_NUMBERS = 5000
"""Telephone numbers of one event."""


def _event_type(text: str) -> str:
    if text.upper() not in EVENTS.states:
        raise wrong("14507", f"Incorrect event type. Valid values: {', '.join(sorted(EVENTS.states))}")
    return text.upper()


class ImpactedNumbers(Document):
    """The numbers that the event is about."""

    telephone_number: Annotated[list[TelephoneNumber], Field(min_length=1, max_length=MOST_NUMBERS)] = element(
        "TelephoneNumber"
    )


class EventRequest(Document, tag=ROOT):
    """What happened, and to which numbers."""

    event_type: Annotated[str, AfterValidator(_event_type)] = element("EventType")
    impacted_telephone_numbers: ImpactedNumbers = element("ImpactedTelephoneNumbers")


class NumbersShown(Document):
    """The numbers, as they were raised."""

    telephone_number: list[Text] = element("TelephoneNumber", default=[])


class EventShown(Document, tag=ROOT):
    """An event as it stands in the account's journal, whose entries are numbered from 1 without a gap."""

    sequence: int = element("Sequence")
    event_type: str = element("EventType")
    impacted_telephone_numbers: NumbersShown = element("ImpactedTelephoneNumbers")
    message: Text | None = element("Message", default=None)
    at: Moment = element("At")
    by: Text = element("By")


class EventsShown(Document, tag="Events"):
    """Events of one account, oldest first."""

    event: list[EventShown] = element("Event", default=[])


def read(tree: Tree, account: str, *, by: str) -> RaiseEvent:
    """The event to raise. Raises Invalid."""
    request, _ = reading.document(tree, EventRequest, ROOT)
    numbers = tuple(dict.fromkeys(request.impacted_telephone_numbers.telephone_number))
    return RaiseEvent(account=account, event_type=request.event_type, numbers=numbers, by=by)


def one(entry: Entry) -> EventShown:
    """An event."""
    return EventShown(
        sequence=entry.number, event_type=entry.status,
        impacted_telephone_numbers=NumbersShown(telephone_number=list(entry.completed_numbers)),
        message=entry.message, at=entry.at, by=entry.by,
    )  # fmt: skip


def all_of(entries: Sequence[Entry]) -> EventsShown:
    """Events, oldest first."""
    return EventsShown(event=[one(entry) for entry in entries])
