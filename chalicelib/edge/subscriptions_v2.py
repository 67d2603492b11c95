"""Subscriptions of version 2: JSON documents over the same subscriptions. What one version makes, the other lists."""

from chalicelib import wire
from chalicelib.domain.subscription import Callback
from chalicelib.edge import subscription_list
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.subscriptions import SECRET_HEADER, judged_by, order_named, secret_shown
from chalicelib.edge.visit import Visit


@at(Spot.SUBSCRIPTIONS_V2, "POST")
def subscribe(visit: Visit) -> Answer:
    """Make a subscription. Its secret is shown here and never again."""
    wish = wire.documents.wishes_v2.read(visit.tree, visit.place.account, guard=judged_by(visit.services.guard))
    with order_named():
        made = visit.services.subscribe.create(wish, visit.keyed)
    headers = secret_shown(made)
    shown = wire.documents.subscriptions_v2.one(made, secret=headers.get(SECRET_HEADER))
    return Answer(status=201, made=made.id, headers=headers, document=shown)


@at(Spot.SUBSCRIPTIONS_V2, "GET")
def list_subscriptions(visit: Visit) -> Answer:
    """A page of all that are alive, oldest first."""
    found, links = subscription_list.page(visit)
    return Answer(document=wire.documents.subscriptions_v2.all_of(found, links))


@at(Spot.SUBSCRIPTION_V2, "GET")
def show_subscription(visit: Visit) -> Answer:
    """One subscription."""
    found = visit.services.subscribe.one(visit.place.account, visit.place.id)
    return Answer(document=wire.documents.subscriptions_v2.one(found))


@at(Spot.SUBSCRIPTION_V2, "PUT")
def change_subscription(visit: Visit) -> Answer:
    """Replace a subscription: what is not said goes back to its default."""
    wish = wire.documents.wishes_v2.read(visit.tree, visit.place.account, guard=judged_by(visit.services.guard))
    before = visit.services.subscribe.one(visit.place.account, visit.place.id)
    with order_named():
        after = visit.services.subscribe.change(wish, visit.place.id)
    headers = {} if isinstance(before.target, Callback) else secret_shown(after)
    shown = wire.documents.subscriptions_v2.one(after, secret=headers.get(SECRET_HEADER))
    return Answer(headers=headers, document=shown)


@at(Spot.SUBSCRIPTION_V2, "DELETE")
def unsubscribe(visit: Visit) -> Answer:
    """End a subscription now."""
    visit.services.subscribe.remove(visit.place.account, visit.place.id)
    return Answer(status=204)
