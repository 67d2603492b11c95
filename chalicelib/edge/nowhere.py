"""The last route: whatever no other one has, so that it gets our document and not the gateway's."""

from chalice.app import Blueprint

from chalicelib.edge.door import entrance

routes = Blueprint(__name__)

entrance(routes, "/{proxy+}")
