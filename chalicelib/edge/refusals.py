"""Which error document a place answers with."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalicelib import wire
from chalicelib.domain.errors import Forbidden, OrderNotFound, Unauthenticated
from chalicelib.edge.place import Place, Spot
from chalicelib.wire.problems import NoSuchPath, Refusal, WrongMethod

if TYPE_CHECKING:
    from chalicelib.wire.document import Document

_ROOTS: Mapping[Spot, str] = {
    Spot.NOTES: "NoteResponse",
    Spot.NOTE: "NoteResponse",
    Spot.SUBSCRIPTIONS: "SubscriptionsResponse",
    Spot.SUBSCRIPTION: "SubscriptionsResponse",
    Spot.STATUS: "StatusChangeResponse",
    Spot.ACTIVATION: "ActivationStatusResponse",
    Spot.EVENTS: "EventResponse",
    Spot.EVENT: "EventResponse",
}

_OF_FILES = (Spot.LOAS, Spot.LOA, Spot.LOA_METADATA)
"""Places whose error document says a result, as their others do."""

_OF_THE_DOOR = (NoSuchPath, WrongMethod, Unauthenticated, Forbidden)


def document(error: Exception, refusal: Refusal, place: Place | None) -> "Document":
    """The error document."""
    if place is not None and place.spot.json_only:
        return wire.documents.subscriptions_v2.refused(refusal)
    if place is not None and place.spot in _OF_FILES and not isinstance(error, _OF_THE_DOOR):
        return wire.documents.loas.refused(refusal)
    if place is None or place.spot in _ROOTS or place.kind is None or isinstance(error, _OF_THE_DOOR):
        return wire.documents.failures.status_failure(
            _ROOTS.get(place.spot, "ErrorResponse") if place else "ErrorResponse", refusal
        )
    papers = wire.documents.papers_of(place.kind)
    return papers.missing(refusal) if isinstance(error, OrderNotFound) else papers.refused(refusal)
