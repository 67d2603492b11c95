"""Validations of toll-free numbers before a port."""

from chalicelib.domain.order_types.order_type import OrderType, exits
from chalicelib.domain.order_types.supplements import CANCELLED, COMPLETE, Supplements

TOLLFREEPORTINGVALIDATIONS = OrderType(
    number=22,
    resource="tollFreePortingValidations",
    token="tollfreePortingValidations",
    row="toll_free_porting_validation",
    noun="toll-free validation",
    initial="SUBMITTED",
    transitions=exits(
        SUBMITTED="PROCESSING COMPLETE FAILED CANCELLED",
        PROCESSING="COMPLETE FAILED CANCELLED",
        COMPLETE="",
        FAILED="",
        CANCELLED="",
    ),
    notified=frozenset({"COMPLETE", "FAILED", "CANCELLED"}),
    messages={
        "SUBMITTED": "The validation has been submitted.",
        "PROCESSING": "The validation is being processed.",
        "COMPLETE": "The validation is complete.",
        "FAILED": "The validation has failed.",
        "CANCELLED": "The validation has been cancelled.",
    },
    facts=(),
    numbers_at=("TollFreeNumberList",),
    supplements=Supplements(
        cancels=dict.fromkeys(("SUBMITTED", "PROCESSING"), "CANCELLED"),
        barred={"COMPLETE": COMPLETE, "CANCELLED": CANCELLED},
    ),
)
