"""Who hears of an order: two consistent queries, whatever else the table holds."""

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.record import Routed, RoutePage
from chalicelib.domain.subscription import ANY_ORDER
from chalicelib.store import keys
from chalicelib.store.rows import SubscriptionRow


def routed(order: OrderKey, start: str | None, limit: int) -> RoutePage:
    """A page of routes: those of the order, then those of all of its type, each by subscription id."""
    scopes = (order.id, ANY_ORDER)
    scope, after = (0, "") if start is None else (int(start[0]), start[1:])
    found: list[tuple[int, Routed]] = []
    for number in range(scope, len(scopes)):
        pk = keys.routes(order.account, order.type, scopes[number])
        later = SubscriptionRow.sk > after if after and number == scope else None
        wanted = limit + 1 - len(found)  # one more, which says whether there is a next page
        if wanted and keys.possible(pk):
            rows = SubscriptionRow.query(pk, later, consistent_read=True, limit=wanted)
            found += [(number, Routed(each.sk, int(each.after or 0))) for each in rows]
    if len(found) <= limit:
        return RoutePage(tuple(route for _, route in found), None)
    last, route = found[limit - 1]
    return RoutePage(tuple(each for _, each in found[:limit]), f"{last}{route.subscription_id}")
