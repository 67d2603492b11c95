"""The plausible lives of each order type: states in the order in which the autopilot enters them. Tables only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.autopilot.fate import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Lives:
    """One type's lives. `usual` is that of every fate which `others` does not name.

    `customer`: the states that the autopilot leaves to the customer → where the customer's answer leads.
    `onward`: states that an order may be set back to, or begin in → the state that leads back to the plan.
    """

    usual: tuple[str, ...]
    others: Mapping[Fate, tuple[str, ...]] = field(default_factory=dict)
    customer: Mapping[str, str] = field(default_factory=dict)
    onward: Mapping[str, str] = field(default_factory=dict)

    def life(self, fate: Fate) -> tuple[str, ...]:
        """The states to enter."""
        return self.others.get(fate, self.usual)


def _lives(usual: str, *, customer: Mapping[str, str] | None = None, onward: Mapping[str, str] | None = None,
           **others: str) -> Lives:  # fmt: skip
    named = {Fate(name): tuple(states.split()) for name, states in others.items()}
    return Lives(usual=tuple(usual.split()), others=named, customer=customer or {}, onward=onward or {})


_WORKED = _lives("PROCESSING COMPLETE", PARTIAL="PROCESSING PARTIAL", FAILED="PROCESSING FAILED")
_AT_ONCE = _lives("COMPLETE", PARTIAL="PARTIAL", FAILED="FAILED")
_EMERGENCY = _lives("COMPLETED", FAILED="FAILED")
_IMPORTED = _lives(
    "PROCESSING COMPLETE", PARTIAL="PROCESSING PARTIAL", FAILED="PROCESSING FAILED",
    EXCEPTION="PROCESSING EXCEPTION PROCESSING COMPLETE",  # which takes no supplement: it goes on by itself
)  # fmt: skip

LIVES: Mapping[str, Lives] = {
    "orders": _lives(
        "PROCESSING COMPLETE", PARTIAL="PROCESSING PARTIAL", FAILED="PROCESSING FAILED",
        BACKORDERED="PROCESSING BACKORDERED COMPLETE",
    ),
    "portins": _lives(
        "FOC COMPLETE", EXCEPTION="EXCEPTION FOC COMPLETE", CANCELLED="FOC CANCELLED",
        customer={
            "DRAFT": "SUBMITTED", "VALID_DRAFT_TFNS": "SUBMITTED", "INVALID_DRAFT_TFNS": "VALIDATE_DRAFT_TFNS",
            "INVALID_TFNS": "VALIDATE_TFNS", "PENDING_DOCUMENTS": "SUBMITTED", "EXCEPTION": "REQUESTED_SUPP",
        },
        onward={
            "VALIDATE_DRAFT_TFNS": "VALID_DRAFT_TFNS", "VALIDATE_TFNS": "PENDING_DOCUMENTS", "REQUESTED_SUPP": "FOC",
        },
    ),
    "disconnects": _WORKED,
    "portouts": _lives(
        "SOA_PENDING COMPLETE", EXCEPTION="EXCEPTION SOA_PENDING COMPLETE", CANCELLED="SOA_PENDING CANCELLED",
        customer=dict.fromkeys(
            ("EXCEPTION", "VALIDATION_FAILED_NEW", "VALIDATION_FAILED_SUPP", "VALIDATION_FAILED_MODIFY"), "SUPP"
        ),
    ),
    "dldas": _lives(
        "PROCESSING COMPLETE", PARTIAL="PROCESSING PARTIAL", FAILED="PROCESSING FAILED",
        CANCELLED="PROCESSING CANCELLED",
    ),
    "tnoptions": _WORKED,
    "lsrorders": _lives(
        "FOC COMPLETE", EXCEPTION="EXCEPTION FOC COMPLETE", PARTIAL="FOC PARTIAL", FAILED="FAILED",
        CANCELLED="FOC CANCELLED",
        customer={"EXCEPTION": "PENDING"},
        onward={"PENDING": "FOC"},
    ),
    "e911s": _WORKED,
    "lidbs": _WORKED,
    "importTnOrders": _IMPORTED,
    "removeImportedTnOrders": _WORKED,
    "importTnOrders/voice": _IMPORTED,
    "removeImportedTnOrders/voice": _WORKED,
    "importToAccount": _AT_ONCE,
    "externalTns": _WORKED,
    "bulkPortins": _lives(  # its end is that of its port-ins, which have lives of their own
        "VALIDATE_DRAFT_TNS VALID_DRAFT_TNS", CANCELLED="VALIDATE_DRAFT_TNS CANCELLED",
        EXCEPTION="VALIDATE_DRAFT_TNS INVALID_DRAFT_TNS VALIDATE_DRAFT_TNS VALID_DRAFT_TNS",
    ),
    "csrs": _lives(
        "PROCESSING COMPLETE", EXCEPTION="PROCESSING ACTION_REQUIRED COMPLETE", FAILED="PROCESSING FAILED",
        CANCELLED="PROCESSING CANCELLED",
        customer={"ACTION_REQUIRED": "PROCESSING"},
    ),
    "moveTns": _WORKED,
    "numbersAssignment": _AT_ONCE,
    "emergencyNotificationGroupOrders": _EMERGENCY,
    "emergencyNotificationEndpointOrders": _EMERGENCY,
    "tollFreePortingValidations": _lives(
        "PROCESSING COMPLETE", FAILED="PROCESSING FAILED", CANCELLED="PROCESSING CANCELLED"
    ),
}  # fmt: skip
"""By the resource name of the type."""
