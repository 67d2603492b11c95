"""Port-ins: numbers that come to us from another carrier."""

from chalicelib.domain.order_types.order_type import Automatic, OrderType, exits
from chalicelib.domain.order_types.supplements import CANCELLED, COMPLETE, Barrier, Supplements

_DRAFTS = ("DRAFT", "VALIDATE_DRAFT_TFNS", "VALID_DRAFT_TFNS", "INVALID_DRAFT_TFNS")
_AWAITING = Barrier("7300", "The order is awaiting the losing carrier and cannot be modified")

PORTINS = OrderType(
    number=2,
    resource="portins",
    token="portins",
    row="port_in",
    noun="port-in",
    initial="PENDING_DOCUMENTS",
    transitions=exits(
        DRAFT="VALIDATE_DRAFT_TFNS VALIDATE_TFNS PENDING_DOCUMENTS SUBMITTED CANCELLED",
        VALIDATE_DRAFT_TFNS="VALID_DRAFT_TFNS INVALID_DRAFT_TFNS CANCELLED",
        VALID_DRAFT_TFNS="VALIDATE_DRAFT_TFNS VALIDATE_TFNS PENDING_DOCUMENTS SUBMITTED CANCELLED",
        INVALID_DRAFT_TFNS="VALIDATE_DRAFT_TFNS CANCELLED",
        VALIDATE_TFNS="INVALID_TFNS PENDING_DOCUMENTS REQUESTED_CANCEL CANCELLED",
        INVALID_TFNS="VALIDATE_TFNS REQUESTED_CANCEL CANCELLED",
        PENDING_DOCUMENTS="SUBMITTED REQUESTED_SUPP REQUESTED_CANCEL CANCELLED",
        SUBMITTED="FOC EXCEPTION REQUESTED_SUPP REQUESTED_CANCEL CANCELLED",
        REQUESTED_SUPP="SUBMITTED FOC EXCEPTION REQUESTED_CANCEL CANCELLED",
        FOC="FOC COMPLETE EXCEPTION REQUESTED_SUPP REQUESTED_CANCEL CANCELLED SNAPBACK",
        EXCEPTION="REQUESTED_SUPP SUBMITTED FOC REQUESTED_CANCEL CANCELLED",
        REQUESTED_CANCEL="CANCELLED EXCEPTION",
        SNAPBACK="COMPLETE CANCELLED",
        COMPLETE="",
        CANCELLED="",
    ),
    notified=frozenset(
        {
            "PENDING_DOCUMENTS",
            "SUBMITTED",
            "REQUESTED_SUPP",
            "FOC",
            "EXCEPTION",
            "REQUESTED_CANCEL",
            "COMPLETE",
            "CANCELLED",
        }
    ),
    messages={
        "DRAFT": "The port-in is a draft.",
        "VALIDATE_DRAFT_TFNS": "The toll-free numbers of the draft are being validated.",
        "VALID_DRAFT_TFNS": "The toll-free numbers of the draft are valid.",
        "INVALID_DRAFT_TFNS": "Some toll-free numbers of the draft are not valid.",
        "VALIDATE_TFNS": "The toll-free numbers are being validated.",
        "INVALID_TFNS": "Some toll-free numbers are not valid.",
        "PENDING_DOCUMENTS": "LOA required",
        "SUBMITTED": "Order has been created",
        "REQUESTED_SUPP": "A supplement to the order has been requested.",
        "FOC": "Order waiting for activation",
        "EXCEPTION": "The losing carrier has rejected the order.",
        "REQUESTED_CANCEL": "Cancellation of the order has been requested.",
        "SNAPBACK": "The numbers have been returned to the losing carrier.",
        "COMPLETE": "Order is complete",
        "CANCELLED": "The order has been cancelled.",
    },
    drafts=_DRAFTS,
    automatic={
        # A regular port leaves PENDING_DOCUMENTS at once; a toll-free one, validated first, waits there for its LOA.
        "PENDING_DOCUMENTS": Automatic(
            then="SUBMITTED",
            unworkable="CANCELLED",
            unworkable_message="7203: There is no telephone number to port.",
            unless_from=("VALIDATE_TFNS",),
            unless_toll_free=True,
        ),
    },
    toll_free={"PENDING_DOCUMENTS": "VALIDATE_TFNS"},
    facts=(
        "SiteId",
        "PeerId",
        "BillingTelephoneNumber",
        "RequestedFocDate",
        "Subscriber/BusinessName",
        "LoaAuthorizingPerson",
        "BulkPortinOrderId",
    ),
    numbers_at=("ListOfPhoneNumbers",),
    numbers_told=frozenset({"COMPLETE"}),
    supplements=Supplements(
        takes={
            **{state: state for state in (*_DRAFTS, "VALIDATE_TFNS", "PENDING_DOCUMENTS", "REQUESTED_SUPP")},
            "INVALID_TFNS": "VALIDATE_TFNS",
            **dict.fromkeys(("SUBMITTED", "FOC", "EXCEPTION"), "REQUESTED_SUPP"),
        },
        cancels={
            **dict.fromkeys(_DRAFTS, "CANCELLED"),
            **dict.fromkeys(
                (
                    "VALIDATE_TFNS",
                    "INVALID_TFNS",
                    "PENDING_DOCUMENTS",
                    "SUBMITTED",
                    "REQUESTED_SUPP",
                    "FOC",
                    "EXCEPTION",
                    "REQUESTED_CANCEL",
                ),
                "REQUESTED_CANCEL",
            ),
        },
        removes=_DRAFTS,
        asks={
            "ProcessingStatus": {
                "SUBMITTED": {"DRAFT": "PENDING_DOCUMENTS", "VALID_DRAFT_TFNS": "PENDING_DOCUMENTS"},
                "REQUESTED_CANCEL": dict.fromkeys(
                    (
                        "VALIDATE_TFNS",
                        "INVALID_TFNS",
                        "PENDING_DOCUMENTS",
                        "SUBMITTED",
                        "REQUESTED_SUPP",
                        "FOC",
                        "EXCEPTION",
                    ),
                    "REQUESTED_CANCEL",
                ),
            },
            "RetryValidation": {
                "TRUE": {
                    "INVALID_TFNS": "VALIDATE_TFNS",
                    **dict.fromkeys(("DRAFT", "VALID_DRAFT_TFNS", "INVALID_DRAFT_TFNS"), "VALIDATE_DRAFT_TFNS"),
                },
            },
        },
        barred={
            "REQUESTED_CANCEL": _AWAITING,
            "SNAPBACK": _AWAITING,
            "COMPLETE": COMPLETE,
            "CANCELLED": CANCELLED,
        },
        uncancelled={"SNAPBACK": Barrier("7302", "The order cannot be cancelled after its FOC date.")},
        fixed={
            "FOC": {
                "BillingTelephoneNumber": Barrier("7305", "The billing telephone number cannot be changed now."),
                "Subscriber/ServiceAddress": Barrier("7307", "The subscriber's address cannot be changed now."),
                "Subscriber": Barrier("7306", "The subscriber cannot be changed now."),
            },
        },
        kept={
            "ListOfPhoneNumbers/PhoneNumber": Barrier("7203", "There is no telephone number to port."),
            "BillingTelephoneNumber": Barrier("7203", "The billing telephone number was not supplied."),
            "SiteId": Barrier("7309", "The site id was not supplied or is invalid."),
        },
        refused={"ActualFocDate": Barrier("1005", "ActualFocDate is not allowed: the losing carrier sets it.")},
        read_only=(
            "ActivationStatus",
            "OrderId",
            "Status",
            "AccountId",
            "OrderCreateDate",
            "LastModifiedDate",
            "userId",
            "LastModifiedBy",
            "Errors",
            "BulkPortinOrderId",
            "EarliestEstimate",
            "LosingCarrierSPID",
            "LosingCarrierName",
            "LosingCarrierIsWireless",
            "VendorName",
            "PortType",
            "TollFreeValidationStatus",
            "TollFreeValidationErrors",
            "TollFreePortType",
            "RespOrgException",
            "Internal",
            "RocRequired",
            "Subscriber/ServiceAddress/AddressType",
        ),
        shown={"Subscriber/ServiceAddress/Country": "United States"},
        idle=True,
        tied=(
            "BulkPortinOrderId",
            Barrier("7717", "The order is part of a bulk port-in that is a draft; it is changed there.", conflict=True),
        ),
        renewed={"ServiceAddress": "ResetAddressFields"},
    ),
)
