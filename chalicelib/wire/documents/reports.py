"""Answers about an order's id alone: of an id that cannot be one, and of a history that nobody has.

Most types say these under the root of their reports, which differs from the root of their other answers. Types that
are not named here answer as they answer anything else.
"""

from collections.abc import Mapping

from chalicelib.domain.order_types import OrderType
from chalicelib.wire.document import Document
from chalicelib.wire.documents import failures
from chalicelib.wire.problems import Refusal

_REPORTS: Mapping[str, str] = {
    "dldas": "DldaOrderReportResponse",
    "e911s": "E911OrderReportResponse",
    "importTnOrders": "ImportTnOrderReportResponse",
    "importTnOrders/voice": "ImportVoiceTnOrderReportResponse",
    "lidbs": "LidbOrderReportResponse",
    "lsrorders": "LsrOrderReportResponse",
    "moveTns": "MoveTnsOrderReportResponse",
    "removeImportedTnOrders": "RemoveImportedTnOrdersReportResponse",
    "removeImportedTnOrders/voice": "RemoveImportedVoiceTnOrderReportResponse",
    "tnoptions": "TnOptionOrderReportResponse",
}
"""The root of a type's reports, by resource."""

_HISTORIES: Mapping[str, str] = {**_REPORTS, "bulkPortins": "BulkPortInHistoryResponse", "orders": "ErrorResponse"}
"""The root of the answer for a history that nobody has, by resource."""


def misnamed(kind: OrderType, refusal: Refusal) -> Document | None:
    """The answer where the path names what is no order id; None where the type has none of its own."""
    root = _REPORTS.get(kind.resource)
    return failures.status_failure(root, refusal) if root else None


def no_history(kind: OrderType) -> Document | None:
    """The answer where the history of an order is asked for that is not there; None as above."""
    root = _HISTORIES.get(kind.resource)
    return failures.nowhere(root) if root else None
