"""One small file for each order type, holding only its table; here, the registry that finds a type by any name.

The compatible API spells a type differently in paths, in subscriptions and in list rows; case never matters.
"""

from chalicelib.domain.order_types.bulkportins import BULKPORTINS
from chalicelib.domain.order_types.csrs import CSRS
from chalicelib.domain.order_types.disconnects import DISCONNECTS
from chalicelib.domain.order_types.dldas import DLDAS
from chalicelib.domain.order_types.e911s import E911S
from chalicelib.domain.order_types.emergencynotificationendpointorders import (
    EMERGENCYNOTIFICATIONENDPOINTORDERS,
)
from chalicelib.domain.order_types.emergencynotificationgrouporders import EMERGENCYNOTIFICATIONGROUPORDERS
from chalicelib.domain.order_types.events import EVENTS
from chalicelib.domain.order_types.externaltns import EXTERNALTNS
from chalicelib.domain.order_types.importtnorders import IMPORTTNORDERS
from chalicelib.domain.order_types.importtoaccount import IMPORTTOACCOUNT
from chalicelib.domain.order_types.importvoicetnorders import IMPORTVOICETNORDERS
from chalicelib.domain.order_types.lidbs import LIDBS
from chalicelib.domain.order_types.lsrorders import LSRORDERS
from chalicelib.domain.order_types.movetns import MOVETNS
from chalicelib.domain.order_types.numbersassignment import NUMBERSASSIGNMENT
from chalicelib.domain.order_types.order_type import OrderType
from chalicelib.domain.order_types.orders import ORDERS
from chalicelib.domain.order_types.portins import PORTINS
from chalicelib.domain.order_types.portouts import PORTOUTS
from chalicelib.domain.order_types.removeimportedtnorders import REMOVEIMPORTEDTNORDERS
from chalicelib.domain.order_types.removeimportedvoicetnorders import REMOVEIMPORTEDVOICETNORDERS
from chalicelib.domain.order_types.tnoptions import TNOPTIONS
from chalicelib.domain.order_types.tollfreeportingvalidations import TOLLFREEPORTINGVALIDATIONS

ORDER_TYPES = (
    ORDERS, PORTINS, DISCONNECTS, PORTOUTS, DLDAS, TNOPTIONS, LSRORDERS, E911S, LIDBS, IMPORTTNORDERS,
    REMOVEIMPORTEDTNORDERS, IMPORTVOICETNORDERS, REMOVEIMPORTEDVOICETNORDERS, IMPORTTOACCOUNT, EXTERNALTNS,
    BULKPORTINS, CSRS, MOVETNS, NUMBERSASSIGNMENT, EMERGENCYNOTIFICATIONGROUPORDERS,
    EMERGENCYNOTIFICATIONENDPOINTORDERS, TOLLFREEPORTINGVALIDATIONS,
)  # fmt: skip
"""Every type, in the order of their numbers."""

_BY_RESOURCE = {kind.resource: kind for kind in (*ORDER_TYPES, EVENTS)}
_BY_NAME = {name.lower(): kind for kind in ORDER_TYPES for name in (kind.row, *kind.aliases, kind.token, kind.resource)}
_BY_NUMBER = {kind.number: kind for kind in ORDER_TYPES}


def order_type(resource: str) -> OrderType:
    """The type of a key, which may be that of an account's events. KeyError for a name that no key can hold."""
    return _BY_RESOURCE[resource]


def find_order_type(name: str) -> OrderType | None:
    """The type that has this name anywhere: as path segment, in a subscription or in a list row."""
    return _BY_NAME.get(name.lower())


def numbered(number: int) -> OrderType | None:
    """The type that reply addresses call by this number."""
    return _BY_NUMBER.get(number)


__all__ = ["ORDER_TYPES", "OrderType", "find_order_type", "numbered", "order_type"]
