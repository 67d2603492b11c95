"""Local service requests: port-outs asked for by another carrier."""

from chalicelib.domain.order_types.order_type import OrderType, exits
from chalicelib.domain.order_types.supplements import CANCELLED, COMPLETE, Supplements

LSRORDERS = OrderType(
    number=7,
    resource="lsrorders",
    token="lsrorders",
    row="lsr",
    noun="local service request",
    initial="PENDING",
    transitions=exits(
        PENDING="FOC EXCEPTION COMPLETE CANCELLED PARTIAL FAILED",
        FOC="FOC COMPLETE EXCEPTION CANCELLED PARTIAL FAILED",
        EXCEPTION="PENDING FOC CANCELLED FAILED",
        COMPLETE="",
        CANCELLED="",
        PARTIAL="",
        FAILED="",
    ),
    notified=frozenset({"PENDING", "FOC", "EXCEPTION", "COMPLETE", "CANCELLED", "PARTIAL", "FAILED"}),
    messages={
        "PENDING": "The request has been received.",
        "FOC": "The request has a firm order commitment.",
        "EXCEPTION": "The request needs to be corrected.",
        "COMPLETE": "The request is complete.",
        "CANCELLED": "The request has been cancelled.",
        "PARTIAL": "The request is complete for some of its numbers.",
        "FAILED": "The request has failed.",
    },
    facts=("Pon", "SPID", "BillingTelephoneNumber", "RequestedFocDate"),
    numbers_at=("ListOfTelephoneNumbers",),
    supplements=Supplements(
        takes={"PENDING": "PENDING", "EXCEPTION": "PENDING"},
        asks={"OrderStatus": {"CANCELLED": dict.fromkeys(("PENDING", "FOC", "EXCEPTION"), "CANCELLED")}},
        barred={"CANCELLED": CANCELLED, "COMPLETE": COMPLETE},
        read_only=(
            "OrderId",
            "LastModifiedBy",
            "OrderCreateDate",
            "AccountId",
            "LastModifiedDate",
            "CreatedByUser",
            "CountOfTNs",
            "ActualFocDate",
            "LsrOrderErrors",
            "PonVersion",
        ),
    ),
)
