"""All of them, in this order."""

from tests.compat.python.orders import disconnects, orders, portins, portouts
from tests.compat.python.others import dldas, lidbs, options, subscriptions

for part in (subscriptions, orders, portins, portouts, disconnects, dldas, lidbs, options):
    part()
