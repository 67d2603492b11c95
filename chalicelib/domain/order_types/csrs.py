"""Customer service record requests."""

from chalicelib.domain.order_types.order_type import OrderType, exits
from chalicelib.domain.order_types.supplements import Supplements

CSRS = OrderType(
    number=17,
    resource="csrs",
    token="csrs",
    row="csr",
    noun="service record request",
    initial="RECEIVED",
    transitions=exits(
        RECEIVED="PROCESSING ACTION_REQUIRED REQUESTED_CANCEL COMPLETE FAILED CANCELLED",
        PROCESSING="ACTION_REQUIRED REQUESTED_CANCEL COMPLETE FAILED CANCELLED",
        ACTION_REQUIRED="PROCESSING REQUESTED_CANCEL COMPLETE FAILED CANCELLED",
        REQUESTED_CANCEL="CANCELLED COMPLETE FAILED",
        COMPLETE="",
        FAILED="",
        CANCELLED="",
    ),
    notified=frozenset({"ACTION_REQUIRED", "COMPLETE", "FAILED"}),
    messages={
        "RECEIVED": "The service record order has been received.",
        "PROCESSING": "The service record order is being processed.",
        "ACTION_REQUIRED": "The service record order needs an answer from you.",
        "REQUESTED_CANCEL": "Cancellation of the order has been requested.",
        "COMPLETE": "The service record order is complete.",
        "FAILED": "The service record order has failed.",
        "CANCELLED": "The service record order has been cancelled.",
    },
    facts=(),
    numbers_at=(),
    supplements=Supplements(
        takes={"PROCESSING": "PROCESSING", "ACTION_REQUIRED": "PROCESSING"},
        asks={
            "Status": {
                "REQUESTED_CANCEL": dict.fromkeys(("RECEIVED", "PROCESSING", "ACTION_REQUIRED"), "REQUESTED_CANCEL"),
            },
        },
        read_only=(
            "OrderId",
            "LastModifiedBy",
            "OrderCreateDate",
            "AccountId",
            "LastModifiedDate",
            "CsrData",
            "Errors",
        ),
    ),
)
