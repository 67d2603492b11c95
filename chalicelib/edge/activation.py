"""On-demand activation of ported numbers: from FOC on, until the port-in is complete."""

from chalicelib import wire
from chalicelib.domain.commands import Supplement
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.order import Order
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit
from chalicelib.wire.problems import ActivationOver


@at(Spot.ACTIVATION, "GET", only=("portins",))
def show_activation(visit: Visit) -> Answer:
    """Which numbers of a port-in are active."""
    return Answer(document=wire.documents.activation.shown(_ready(visit)))


@at(Spot.ACTIVATION, "PUT", only=("portins",))
def ask_activation(visit: Visit) -> Answer:
    """Activate numbers, or ask when they shall become active. It is kept with the order, for the desk too."""
    order = _ready(visit)
    asked = wire.documents.activation.read(visit.tree, order)
    if asked:
        command = Supplement(order=order.key, details=asked, by=visit.user, leads=order.status, inner=True)
        order = visit.services.accept.supplement(command, visit.keyed)
    return Answer(document=wire.documents.activation.shown(order))


def _ready(visit: Visit) -> Order:
    """The order. Raises Invalid before FOC, ActivationOver after it."""
    order = visit.services.ledger.order(visit.place.order)
    if order.status == order.type.complete:
        raise ActivationOver("The order is already complete")
    if order.status != order.type.foc:
        raise Invalid(Problem("7342", "On demand port-in activation not yet allowed."))
    return order
