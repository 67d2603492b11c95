"""Which error document a place answers with."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalicelib import wire
from chalicelib.domain.errors import Forbidden, Invalid, OrderNotFound, Unauthenticated
from chalicelib.domain.order_types import OrderType
from chalicelib.edge.place import Place, Spot
from chalicelib.wire.forms import is_uuid
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
    return _of_its_id(error, refusal, place) or _of_its_type(error, refusal, place.kind)


def _of_its_id(error: Exception, refusal: Refusal, place: Place) -> "Document | None":
    """Where a type has a document of its own for an id, or a history, that is not there; else None."""
    assert place.kind is not None  # noqa: S101 because only errors about orders come here
    if place.id and not is_uuid(place.id) and isinstance(error, Invalid):
        return wire.documents.reports.misnamed(place.kind, refusal)
    if place.spot is Spot.HISTORY and isinstance(error, OrderNotFound):
        return wire.documents.reports.no_history(place.kind)
    return None


def _of_its_type(error: Exception, refusal: Refusal, kind: OrderType) -> "Document":
    papers = wire.documents.papers_of(kind)
    return papers.missing(refusal) if isinstance(error, OrderNotFound) else papers.refused(refusal)
