"""Documents that no order type has for itself: counts, rows with more in them, events, and version 2."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from chalicelib.domain import decide
from chalicelib.domain.commands import AddNote
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.order import Failure, Order
from chalicelib.domain.order_types import order_type
from chalicelib.domain.subscription import Subscription
from chalicelib.wire.document import Document
from chalicelib.wire.documents import Listing, activation, lists, papers_of, reports, subscriptions_v2
from chalicelib.wire.problems import refusal

_FAILED = (Failure("7599", "Not ours.", ("2015550100",)),)


def rows(resource: str, order: Order, page: Callable[..., Listing]) -> Document:
    """A list that was asked for all that rows can hold."""
    note = AddNote(order=order.key, text="Friday, please.", by="desk")
    noted = decide.add_note(order, note, at=order.created_at + timedelta(days=1)).order
    listing = page(replace(noted, supplements=2, failures=_FAILED), last=True)
    included = frozenset({lists.LAST_NOTE, lists.SUPP_COUNT})
    return papers_of(order_type(resource)).listed(replace(listing, included=included))


def samples(
    order: Callable[[str], Order], page: Callable[..., Listing], subscription: Subscription
) -> dict[str, Callable[[], Document]]:
    """These documents, of orders of any type, pages of them, and a subscription."""
    wrong = refusal(Invalid(Problem("1008", "'x' is not a valid UUID", "OrderId")), ())
    return {
        **{
            f"{resource}-rows": lambda resource=resource: rows(resource, order(resource), page)  # type: ignore[misc] # because a default binds the loop's value
            for resource in ("orders", "portins", "disconnects", "tnoptions", "lsrorders")
        },
        "numbers": lambda: lists.telephone_numbers(order("orders")),
        "numbers-counted": lambda: lists.counted(order("orders")),
        "numbers-by-area-code": lambda: lists.by_area_code(order("orders")),
        "numbers-by-npa-nxx": lambda: lists.by_npa_nxx(order("orders")),
        "quantity": lambda: lists.Quantity(count=7),
        "total": lambda: lists.total(7),
        "activation": lambda: activation.shown(order("portins")),
        "misnamed": lambda: _there(reports.misnamed(order_type("tnoptions"), wrong)),
        "no-history": lambda: _there(reports.no_history(order_type("bulkPortins"))),
        "version-2": lambda: subscriptions_v2.one(subscription, secret="whsec_shown-once"),
        "version-2-all": lambda: subscriptions_v2.all_of([subscription], None),
        "version-2-refused": lambda: subscriptions_v2.refused(wrong),
    }


def _there(document: Document | None) -> Document:
    assert document is not None
    return document
