"""Subscriptions of an account."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chalicelib import wire
from chalicelib.domain.commands import Subscribe
from chalicelib.domain.errors import OrderNotFound
from chalicelib.domain.subscription import Callback, NumberFormat, Subscription
from chalicelib.edge import subscription_list
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit, in_e164
from chalicelib.notify.guard import AddressRefused
from chalicelib.wire.problems import WishedOrderNotFound
from chalicelib.wire.tree import Syntax
from chalicelib.wiring import UrlCheck

SECRET_HEADER = "Docket-Webhook-Secret"  # noqa: S105 because it is the name of a header


@at(Spot.SUBSCRIPTIONS, "POST")
def subscribe(visit: Visit) -> Answer:
    """Make a subscription. Its secret is shown here and never again."""
    wish = _wish(visit)
    with order_named():
        made = visit.services.subscribe.create(wish, visit.keyed)
    headers = secret_shown(made)
    shown = wire.documents.subscriptions.shown([made], visit.services.now(), secret=headers.get(SECRET_HEADER))
    document = shown if visit.syntax is Syntax.JSON else None
    return Answer(status=201, made=made.id, headers=headers, document=document)


@at(Spot.SUBSCRIPTIONS, "GET")
def list_subscriptions(visit: Visit) -> Answer:
    """A page of all that are alive, oldest first."""
    found, links = subscription_list.page(visit)
    return Answer(document=wire.documents.subscriptions.shown(found, visit.services.now(), links=links))


@at(Spot.SUBSCRIPTION, "GET")
def show_subscription(visit: Visit) -> Answer:
    """One subscription."""
    found = visit.services.subscribe.one(visit.place.account, visit.place.id)
    return Answer(document=wire.documents.subscriptions.shown([found], visit.services.now()))


@at(Spot.SUBSCRIPTION, "PUT")
def change_subscription(visit: Visit) -> Answer:
    """Replace a subscription: what is not said goes back to its default."""
    wish = _wish(visit)
    before = visit.services.subscribe.one(visit.place.account, visit.place.id)
    with order_named():
        after = visit.services.subscribe.change(wish, visit.place.id)
    had_one = isinstance(before.target, Callback)  # a mailbox that becomes a callback gets its secret only now
    return Answer(headers={} if had_one else secret_shown(after))


@at(Spot.SUBSCRIPTION, "DELETE")
def unsubscribe(visit: Visit) -> Answer:
    """End a subscription now."""
    visit.services.subscribe.remove(visit.place.account, visit.place.id)
    return Answer()


def _wish(visit: Visit) -> Subscribe:
    """Under /api/v2 numbers are E.164 unless the request says otherwise, as the compatible API has it there."""
    usual = NumberFormat.E164 if in_e164(visit.request) else NumberFormat.LEGACY
    guard = judged_by(visit.services.guard)
    return wire.documents.wishes.read(visit.tree, visit.place.account, guard=guard, number_format=usual)


def secret_shown(made: Subscription) -> dict[str, str]:
    """The header that says the signing secret, where there is one."""
    return {SECRET_HEADER: made.target.secret} if isinstance(made.target, Callback) else {}


def judged_by(guard: UrlCheck) -> Callable[[str], str | None]:
    """Says why a URL may not be called; None where it may."""

    def why_not(url: str) -> str | None:
        try:
            guard.check(url)
        except AddressRefused as refused:
            return refused.reason
        return None

    return why_not


@contextmanager
def order_named() -> Iterator[None]:
    """An order that is not there is a fault of what was sent, not of the path."""
    try:
        yield
    except OrderNotFound as error:
        raise WishedOrderNotFound(error) from None
