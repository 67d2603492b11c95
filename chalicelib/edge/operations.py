"""What each view takes and gives, as the OpenAPI document tells it. A view that is not named here is told without."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.domain import errors
from chalicelib.domain.errors import DocketError
from chalicelib.domain.order_types import OrderType
from chalicelib.edge import parameters
from chalicelib.wire import documents, openapi
from chalicelib.wire.document import Document
from chalicelib.wire.documents import papers_of
from chalicelib.wire.problems import WishedOrderNotFound

Shown = Callable[[OrderType], Document] | type[Document] | tuple[type[Document], type[Document]] | None
"""A document of an order type, one that is always the same, one for XML and one for JSON, or no body."""

BYTES = "application/octet-stream"
_NOBODY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`gives`: what is answered, by status. `takes`: the body's model, or BYTES; None where there is none.

    `empty`: by resource, what is answered besides where there is nothing to list. `headers`: those of the answers
    below 300. `conflicts`: errors that only this has. `keyed`: whether it may carry an Idempotency-Key.
    """

    gives: Mapping[int, Shown | str] = field(default_factory=lambda: {200: None})
    takes: type[Document] | str | None = None
    empty: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    query: Callable[[OrderType], Sequence[Any]] = lambda _kind: ()
    headers: tuple[str, ...] = ()
    conflicts: tuple[DocketError, ...] = ()
    keyed: bool = False


ORDER = "ORDER"
"""As `takes`: the request of the order's type."""

SUPPLEMENT = "SUPPLEMENT"
"""As `takes`: the supplement of the order's type."""

_BARRED = (errors.Barred(errors.Problem("7717", "The order is part of a bulk port-in that is a draft.")),)
_STEP = (errors.StepRefused("SUBMITTED", "DRAFT", ["FOC"]), errors.OrderBusy())
_BUSY = (errors.OrderBusy(),)
_WISH = (errors.DuplicateSubscription(), WishedOrderNotFound(errors.OrderNotFound("portins", _NOBODY)))
_NO_ACCOUNT = (errors.AccountNotFound("9900000"),)
_MADE, _SECRET = "Location", "Docket-Webhook-Secret"


def _shown(kind: OrderType) -> Document:
    return papers_of(kind).shown(openapi.sample(kind.resource)[0])


def _listed(kind: OrderType) -> Document:
    return papers_of(kind).listed(openapi.listing(kind.resource))


def _placed(kind: OrderType) -> Document:
    return papers_of(kind).placed(*openapi.sample(kind.resource))


def _supplemented(kind: OrderType) -> Document:
    papers, (order, entry) = papers_of(kind), openapi.sample(kind.resource)
    return papers.supplemented(order, order.details) if papers.supplemented else papers.placed(order, entry)


def _patched(kind: OrderType) -> Document:
    return _supplemented(kind) if kind.supplements.takes else _shown(kind)


def _total(kind: OrderType) -> Document:
    return documents.lists.total(1) if kind.resource == "orders" else documents.lists.Quantity(count=1)


def _counted(kind: OrderType) -> Document:
    order = openapi.sample(kind.resource)[0]
    return documents.lists.counted(order) if kind.resource == "orders" else documents.lists.Quantity(count=1)


_LISTED = Operation(
    gives={200: _listed}, query=parameters.of_list,
    empty={"orders": (204,), "bulkPortins": (204,), "externalTns": (404,)},
)  # fmt: skip
_FILE = Operation(gives={200: documents.loas.FileUpload}, takes=BYTES, query=parameters.of_upload)
_SUBSCRIPTION = documents.subscriptions.SubscriptionsResponse
_V2 = documents.subscriptions_v2

OPERATIONS: Mapping[str, Operation] = {
    "orders.place_order": Operation(
        gives={201: _placed}, takes=ORDER, headers=(_MADE,), keyed=True, query=lambda _kind: (parameters.script(),)
    ),
    "orders.show_order": Operation(gives={200: _shown}),
    "orders.show_history": Operation(
        gives={200: (documents.history.OrderHistory, documents.history.Journal)},
        query=lambda _kind: (parameters.after(),),
    ),
    "orders.list_notes": Operation(gives={200: documents.notes.Notes, 204: None}),
    "orders.add_note": Operation(
        gives={201: None}, takes=documents.notes.NoteRequest, headers=(_MADE,), conflicts=_BUSY, keyed=True
    ),
    "orders.show_note": Operation(gives={200: documents.notes.NoteShown}),
    "orders.change_note": Operation(takes=documents.notes.NoteRequest, conflicts=_BUSY, keyed=True),
    "orders.move_order": Operation(
        gives={200: documents.history.JournalEntry}, takes=documents.moves.StatusChange, conflicts=_STEP, keyed=True
    ),
    "supplements.change_order": Operation(gives={200: _supplemented}, takes=SUPPLEMENT, conflicts=_BARRED, keyed=True),
    "supplements.change_in_part": Operation(gives={200: _patched}, takes=SUPPLEMENT, conflicts=_BARRED, keyed=True),
    "supplements.cancel_order": Operation(conflicts=_BARRED, keyed=True),
    "supplements.list_bulk_numbers": Operation(gives={200: documents.supplements.TnListResponse}),
    "supplements.put_bulk_numbers": Operation(
        gives={202: documents.supplements.TnListResponse}, takes=documents.supplements.TnList, conflicts=_BARRED,
        keyed=True,
    ),
    "supplements.list_children": Operation(gives={200: documents.supplements.PortinListResponse}),
    "supplements.put_children": Operation(
        gives={200: documents.supplements.PortinListResponse}, takes=documents.supplements.PortinList,
        conflicts=_BARRED,
    ),
    "lists.list_orders": _LISTED,
    "lists.count_orders": Operation(gives={200: _total}, query=parameters.of_filters),
    "lists.list_numbers": Operation(gives={200: documents.lists.TelephoneNumbers}),
    "lists.count_numbers": Operation(gives={200: _counted}),
    "lists.count_by_area_code": Operation(gives={200: documents.lists.TelephoneDetailsReports}),
    "lists.count_by_npa_nxx": Operation(gives={200: documents.lists.TelephoneDetailsReports}),
    "lists.show_order_of_site": Operation(gives={200: _shown}),
    "loas.list_files": Operation(gives={200: documents.loas.FileList}, query=parameters.of_files),
    "loas.attach": Operation(
        gives={201: documents.loas.FileUpload}, takes=BYTES, query=parameters.of_upload, headers=(_MADE,), keyed=True,
        conflicts=(*_BUSY, errors.TooManyDocuments(_MOST)),
    ),
    "loas.download": Operation(gives={200: BYTES}, headers=("Content-Disposition",)),
    "loas.replace": _FILE,
    "loas.remove": Operation(conflicts=_BUSY),
    "loas.show_metadata": Operation(gives={200: documents.loas.FileMetaData}),
    "loas.describe": Operation(takes=documents.loas.FileMetaData, conflicts=_BUSY),
    "loas.forget_metadata": Operation(conflicts=_BUSY),
    "activation.show_activation": Operation(gives={200: documents.activation.ActivationResponse}),
    "activation.ask_activation": Operation(
        gives={200: documents.activation.ActivationResponse}, takes=documents.activation.ActivationRequest,
        conflicts=_BUSY, keyed=True,
    ),
    "subscriptions.subscribe": Operation(
        gives={201: _SUBSCRIPTION}, takes=documents.wishes.SubscriptionRequest, headers=(_MADE, _SECRET),
        conflicts=_WISH, keyed=True,
    ),
    "subscriptions.list_subscriptions": Operation(
        gives={200: _SUBSCRIPTION}, query=lambda _kind: parameters.of_subscriptions()
    ),
    "subscriptions.show_subscription": Operation(gives={200: _SUBSCRIPTION}),
    "subscriptions.change_subscription": Operation(
        takes=documents.wishes.SubscriptionRequest, headers=(_SECRET,), conflicts=_WISH
    ),
    "subscriptions_v2.subscribe": Operation(
        gives={201: _V2.SubscriptionV2Shown}, takes=documents.wishes_v2.SubscriptionV2Request,
        headers=(_MADE, _SECRET), conflicts=_WISH, keyed=True,
    ),
    "subscriptions_v2.list_subscriptions": Operation(
        gives={200: _V2.SubscriptionsV2Shown}, query=lambda _kind: parameters.of_subscriptions()
    ),
    "subscriptions_v2.show_subscription": Operation(gives={200: _V2.SubscriptionV2Shown}),
    "subscriptions_v2.change_subscription": Operation(
        gives={200: _V2.SubscriptionV2Shown}, takes=documents.wishes_v2.SubscriptionV2Request, headers=(_SECRET,),
        conflicts=_WISH,
    ),
    "subscriptions_v2.unsubscribe": Operation(gives={204: None}),
    "events.raise_event": Operation(
        gives={201: documents.events.EventShown}, takes=documents.events.EventRequest, headers=(_MADE,),
        conflicts=_BUSY, keyed=True,
    ),
    "events.list_events": Operation(
        gives={200: documents.events.EventsShown}, query=lambda _kind: parameters.of_events()
    ),
    "events.show_event": Operation(gives={200: documents.events.EventShown}),
    "desk.open_account": Operation(
        gives={201: documents.accounts.AccountShown}, takes=documents.accounts.AccountRequest, headers=(_MADE,),
        conflicts=(errors.AccessClash("It is open already."),), keyed=True,
    ),
    "desk.list_accounts": Operation(
        gives={200: documents.accounts.AccountsShown}, query=lambda _kind: parameters.of_desk()
    ),
    "desk.show_account": Operation(gives={200: documents.accounts.AccountShown}, conflicts=_NO_ACCOUNT),
    "desk.change_account": Operation(
        gives={200: documents.accounts.AccountShown}, takes=documents.accounts.AccountRequest,
        conflicts=(*_NO_ACCOUNT, *_BUSY),
    ),
    "desk.give_credential": Operation(
        gives={201: documents.credentials.CredentialShown}, takes=documents.credentials.CredentialRequest,
        headers=(_MADE,), conflicts=(*_NO_ACCOUNT, errors.AccessClash("It has two secrets.")), keyed=True,
    ),
    "desk.list_credentials": Operation(
        gives={200: documents.credentials.CredentialsShown}, conflicts=_NO_ACCOUNT
    ),
    "desk.show_credential": Operation(gives={200: documents.credentials.CredentialShown}, conflicts=_NO_ACCOUNT),
    "desk.withdraw": Operation(
        gives={204: None}, query=lambda _kind: parameters.of_withdrawal(),
        conflicts=(*_NO_ACCOUNT, errors.AccessClash("It is the last operator.")),
    ),
    "desk.list_audit": Operation(gives={200: documents.audit.AuditShown}, query=lambda _kind: parameters.of_desk()),
}  # fmt: skip
"""By module and name of the view."""
