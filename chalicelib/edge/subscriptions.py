"""Subscriptions of an account."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chalicelib import wire
from chalicelib.domain.errors import Invalid, OrderNotFound, Problem
from chalicelib.domain.order_types import find_order_type
from chalicelib.domain.subscription import Callback, Subscription
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit
from chalicelib.notify.guard import AddressRefused
from chalicelib.wire.problems import WishedOrderNotFound
from chalicelib.wire.tree import Syntax
from chalicelib.wiring import UrlCheck

SECRET_HEADER = "Docket-Webhook-Secret"  # noqa: S105 because it is the name of a header


@at(Spot.SUBSCRIPTIONS, "POST")
def subscribe(visit: Visit) -> Answer:
    """Make a subscription. Its secret is shown here and never again."""
    wish = wire.documents.wishes.read(visit.tree, visit.place.account, guard=_judged_by(visit.services.guard))
    with _order_named():
        made = visit.services.subscribe.create(wish, visit.keyed)
    headers = _secret_shown(made)
    shown = wire.documents.subscriptions.shown([made], visit.services.now(), secret=headers.get(SECRET_HEADER))
    document = shown if visit.syntax is Syntax.JSON else None
    return Answer(status=201, made=made.id, headers=headers, document=document)


@at(Spot.SUBSCRIPTIONS, "GET")
def list_subscriptions(visit: Visit) -> Answer:
    """All that are alive, oldest first."""
    order_type, order_id = visit.query.get("orderType"), visit.query.get("orderId")
    if order_type and find_order_type(order_type) is None:
        raise Invalid(Problem("14500", wire.documents.wishes.incorrect_order_type(), "orderType"))
    found = visit.services.subscribe.of(
        visit.place.account, order_type=order_type or None, order_id=order_id.lower() if order_id else None
    )
    return Answer(document=wire.documents.subscriptions.shown(found, visit.services.now()))


@at(Spot.SUBSCRIPTION, "GET")
def show_subscription(visit: Visit) -> Answer:
    """One subscription."""
    found = visit.services.subscribe.one(visit.place.account, visit.place.id)
    return Answer(document=wire.documents.subscriptions.shown([found], visit.services.now()))


@at(Spot.SUBSCRIPTION, "PUT")
def change_subscription(visit: Visit) -> Answer:
    """Replace a subscription: what is not said goes back to its default."""
    wish = wire.documents.wishes.read(visit.tree, visit.place.account, guard=_judged_by(visit.services.guard))
    before = visit.services.subscribe.one(visit.place.account, visit.place.id)
    with _order_named():
        after = visit.services.subscribe.change(wish, visit.place.id)
    had_one = isinstance(before.target, Callback)  # a mailbox that becomes a callback gets its secret only now
    return Answer(headers={} if had_one else _secret_shown(after))


@at(Spot.SUBSCRIPTION, "DELETE")
def unsubscribe(visit: Visit) -> Answer:
    """End a subscription now."""
    visit.services.subscribe.remove(visit.place.account, visit.place.id)
    return Answer()


def _secret_shown(made: Subscription) -> dict[str, str]:
    return {SECRET_HEADER: made.target.secret} if isinstance(made.target, Callback) else {}


def _judged_by(guard: UrlCheck) -> Callable[[str], str | None]:
    def why_not(url: str) -> str | None:
        try:
            guard.check(url)
        except AddressRefused as refused:
            return refused.reason
        return None

    return why_not


@contextmanager
def _order_named() -> Iterator[None]:
    """An order that is not there is a fault of what was sent, not of the path."""
    try:
        yield
    except OrderNotFound as error:
        raise WishedOrderNotFound(error) from None
