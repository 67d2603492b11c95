"""Directory listing orders."""

from chalicelib.domain.order_types.order_type import OrderType, exits
from chalicelib.domain.order_types.supplements import Barrier, Supplements

_PROCESSING = Barrier("16105", "Order cannot be changed or cancelled because it is already being processed")

DLDAS = OrderType(
    number=5,
    resource="dldas",
    token="dldas",
    row="dlda",
    noun="directory listing",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="PROCESSING COMPLETE PARTIAL FAILED CANCELLED",
        PROCESSING="COMPLETE PARTIAL FAILED CANCELLED",
        COMPLETE="",
        PARTIAL="",
        FAILED="",
        CANCELLED="",
    ),
    notified=frozenset({"RECEIVED", "PROCESSING", "COMPLETE", "PARTIAL", "FAILED"}),
    messages={
        "RECEIVED": "The directory listing order has been received.",
        "PROCESSING": "The directory listing order is being processed.",
        "COMPLETE": "The directory listing order is complete.",
        "PARTIAL": "The directory listing order is complete for some of its numbers.",
        "FAILED": "The directory listing order has failed.",
        "CANCELLED": "The directory listing order has been cancelled.",
    },
    numbers_at=("DldaTnGroups/DldaTnGroup/TelephoneNumbers",),
    supplements=Supplements(
        takes={"RECEIVED": "RECEIVED"},
        asks={"ProcessingStatus": {"CANCELLED": {"RECEIVED": "CANCELLED"}}},
        barred=dict.fromkeys(("PROCESSING", "COMPLETE", "PARTIAL", "FAILED", "CANCELLED"), _PROCESSING),
        read_only=(
            "OrderId",
            "OrderCreateDate",
            "AccountId",
            "CreatedByUser",
            "LastModifiedDate",
            "ErrorList",
        ),
    ),
)
