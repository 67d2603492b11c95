"""Bulk port-ins: many port-ins worked as one."""

from chalicelib.domain.order_types.order_type import OrderType, exits
from chalicelib.domain.order_types.supplements import Barrier, Supplements

_DRAFTS = ("DRAFT", "VALIDATE_DRAFT_TNS", "VALID_DRAFT_TNS", "INVALID_DRAFT_TNS")
_BEGUN = ("IN_PROGRESS", "NEEDS_ATTENTION", "PARTIAL", "COMPLETED", "CANCELLED")

BULKPORTINS = OrderType(
    number=16,
    resource="bulkPortins",
    token="bulkPortins",
    row="bulk_port_in",
    noun="bulk port-in",
    initial="DRAFT",
    transitions=exits(
        DRAFT="VALIDATE_DRAFT_TNS CANCELLED",
        VALIDATE_DRAFT_TNS="VALID_DRAFT_TNS INVALID_DRAFT_TNS CANCELLED",
        VALID_DRAFT_TNS="VALIDATE_DRAFT_TNS IN_PROGRESS CANCELLED",
        INVALID_DRAFT_TNS="VALIDATE_DRAFT_TNS CANCELLED",
        IN_PROGRESS="NEEDS_ATTENTION PARTIAL COMPLETED CANCELLED",
        NEEDS_ATTENTION="IN_PROGRESS PARTIAL COMPLETED CANCELLED",
        PARTIAL="",
        COMPLETED="",
        CANCELLED="",
    ),
    notified=frozenset({"DRAFT", "IN_PROGRESS", "NEEDS_ATTENTION", "PARTIAL", "COMPLETED", "CANCELLED"}),
    messages={
        "DRAFT": "The bulk port-in is a draft.",
        "VALIDATE_DRAFT_TNS": "The numbers of the draft are being validated.",
        "VALID_DRAFT_TNS": "The numbers of the draft are valid.",
        "INVALID_DRAFT_TNS": "Some numbers of the draft are not valid.",
        "IN_PROGRESS": "The bulk port-in is in progress.",
        "NEEDS_ATTENTION": "A port-in of the bulk needs attention.",
        "PARTIAL": "Some port-ins of the bulk are complete, others were cancelled.",
        "COMPLETED": "All port-ins of the bulk are complete.",
        "CANCELLED": "The bulk port-in has been cancelled.",
    },
    facts=("SiteId", "PeerId", "RequestedFocDate"),
    complete="COMPLETED",
    numbers_at=("TnList",),
    supplements=Supplements(
        takes={state: state for state in _DRAFTS},
        cancels=dict.fromkeys(_DRAFTS, "CANCELLED"),
        removes=_DRAFTS,
        asks={"ProcessingStatus": {"IN_PROGRESS": {"VALID_DRAFT_TNS": "IN_PROGRESS"}}},
        barred=dict.fromkeys(_BEGUN, Barrier("7709", "A bulk port-in can be changed only while it is a draft.")),
        uncancelled=dict.fromkeys(_BEGUN, Barrier("7709", "A bulk port-in can be deleted only while it is a draft.")),
        needs={
            "IN_PROGRESS": (
                "PortinList/PortinOrderId",
                Barrier("1003", "PortinList is required: without a port-in there is nothing to submit"),
            ),
        },
        read_only=(
            "AccountId",
            "CreatedByUser",
            "LastModifiedBy",
            "LastModifiedDate",
            "OrderCreateDate",
            "OrderId",
            "PortinList",
            "TnList",
        ),
        apart=("PortinList", "TnList"),
        tied=(
            "PortinList/PortinOrderId",
            Barrier("7717", "The bulk port-in has port-ins; it is changed in part only (PATCH).", conflict=True),
        ),
    ),
)
