"""Port-outs: numbers that leave us, as the losing side sees them. The network creates them."""

from chalicelib.domain.order_types.order_type import OrderType, exits
from chalicelib.domain.order_types.supplements import CANCELLED, COMPLETE, Supplements

_OPEN = (
    "NEW", "SUPP", "MODIFY", "VALIDATION_FAILED_NEW", "VALIDATION_FAILED_SUPP", "VALIDATION_FAILED_MODIFY",
    "EXCEPTION", "SOA_PENDING", "SOA_CONFLICT",
)  # fmt: skip

PORTOUTS = OrderType(
    number=4,
    resource="portouts",
    token="portouts",
    row="port_out",
    noun="port-out",
    initial="NEW",
    transitions=exits(
        NEW="SUPP MODIFY VALIDATION_FAILED_NEW EXCEPTION SOA_PENDING SOA_CONFLICT COMPLETE CANCELLED",
        SUPP="SUPP MODIFY VALIDATION_FAILED_SUPP EXCEPTION SOA_PENDING SOA_CONFLICT COMPLETE CANCELLED",
        MODIFY="SUPP MODIFY VALIDATION_FAILED_MODIFY EXCEPTION SOA_PENDING SOA_CONFLICT COMPLETE CANCELLED",
        VALIDATION_FAILED_NEW="NEW SUPP MODIFY CANCELLED",
        VALIDATION_FAILED_SUPP="SUPP MODIFY CANCELLED",
        VALIDATION_FAILED_MODIFY="SUPP MODIFY CANCELLED",
        EXCEPTION="SUPP MODIFY SOA_PENDING SOA_CONFLICT COMPLETE CANCELLED",
        SOA_PENDING="SUPP MODIFY SOA_CONFLICT EXCEPTION COMPLETE CANCELLED",
        SOA_CONFLICT="SUPP MODIFY SOA_PENDING EXCEPTION COMPLETE CANCELLED",
        COMPLETE="",
        CANCELLED="",
    ),
    notified=frozenset({"COMPLETE"}),
    messages={
        "NEW": "The port-out has been requested.",
        "SUPP": "The port-out has been supplemented.",
        "MODIFY": "The port-out has been modified.",
        "VALIDATION_FAILED_NEW": "The request could not be validated.",
        "VALIDATION_FAILED_SUPP": "The supplement could not be validated.",
        "VALIDATION_FAILED_MODIFY": "The modification could not be validated.",
        "EXCEPTION": "The port-out needs to be corrected.",
        "SOA_PENDING": "The port-out waits for the number registry.",
        "SOA_CONFLICT": "The number registry holds a conflicting request.",
        "COMPLETE": "The numbers have been ported out.",
        "CANCELLED": "The port-out has been cancelled.",
    },
    facts=("PON", "SPID", "RequestedFocDate"),
    numbers_at=("ListOfPhoneNumbers",),
    numbers_told=frozenset({"COMPLETE"}),
    supplements=Supplements(
        takes=dict.fromkeys(_OPEN, "SUPP"),
        cancels=dict.fromkeys(_OPEN, "CANCELLED"),
        asks={
            "Supplemental": {"CANCEL": dict.fromkeys(_OPEN, "CANCELLED")},
            "PortOutAction": {
                "CANCEL": dict.fromkeys(_OPEN, "CANCELLED"),
                "MODIFY": dict.fromkeys(_OPEN, "MODIFY"),
                "NEW": {"VALIDATION_FAILED_NEW": "NEW"},
            },
        },
        barred={"COMPLETE": COMPLETE, "CANCELLED": CANCELLED},
        read_only=(
            "OrderId",
            "ActualFocDate",
            "AccountId",
            "OrderCreateDate",
            "LastModifiedDate",
            "userId",
            "PortOutStatus",
        ),
    ),
)
