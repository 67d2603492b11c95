"""Every route of the API, registered with Chalice: all lead to the door, which decides what lies behind.

The modules of the views are imported here so that their views are registered with the door.
"""

from chalice.app import Blueprint, Response

from chalicelib.edge import (
    activation,
    description,
    desk,
    events,
    health,
    lists,
    loas,
    orders,
    subscriptions,
    subscriptions_v2,
    supplements,
)
from chalicelib.edge.door import METHODS, entered
from chalicelib.edge.place import ROUTES

VIEWS = (
    description, orders, supplements, lists, loas, activation, subscriptions, subscriptions_v2, events, desk,
    health,
)  # fmt: skip

LAST_ROUTE = "/{proxy+}"
"""Whatever no other route has, so that it gets our document and not the gateway's."""

routes = Blueprint(__name__)


def _enter(**_named: str) -> Response:
    return entered(routes.current_request)


for _path in (*ROUTES, LAST_ROUTE):
    routes.route(_path, methods=METHODS, content_types=[])(_enter)
