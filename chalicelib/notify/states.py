"""What people call the states in mails, beside the name on the wire: "… is now FOC (firm date set)"."""

_WORDS = {
    "ACTION_REQUIRED": "an answer is needed",
    "ADJUSTED_COMPLETE": "done, with a corrected address",
    "ADJUSTED_PARTIAL": "done in part, with a corrected address",
    "BACKORDERED": "waiting for more numbers",
    "CANCELLED": "called off",
    "COMPLETE": "done",
    "COMPLETED": "done",
    "DRAFT": "a draft",
    "EXCEPTION": "rejected, something must be corrected",
    "FAILED": "not done",
    "FOC": "firm date set",
    "IN_PROGRESS": "being worked on",
    "NEEDS_ATTENTION": "something must be corrected",
    "NEW": "requested",
    "PARTIAL": "done in part",
    "PENDING": "waiting to be worked on",
    "PENDING_DOCUMENTS": "documents needed",
    "PROCESSING": "being worked on",
    "RECEIVED": "waiting to be worked on",
    "REQUESTED_CANCEL": "cancellation requested",
    "REQUESTED_SUPP": "change requested",
    "SNAPBACK": "given back to the losing carrier",
    "SUBMITTED": "on its way",
}

_DONE = frozenset({"COMPLETE", "COMPLETED", "ADJUSTED_COMPLETE"})
_TROUBLE = frozenset(
    {"ACTION_REQUIRED", "ADJUSTED_PARTIAL", "CANCELLED", "EXCEPTION", "FAILED", "NEEDS_ATTENTION", "PARTIAL"}
)


def words(state: str) -> str:
    """The friendly name, or the wire's own in small letters where there is no better one."""
    return _WORDS.get(state) or state.replace("_", " ").lower()


def tone(state: str) -> str:
    """How a state is coloured: `done`, `trouble` or `going`."""
    if state in _DONE:
        return "done"
    return "trouble" if state in _TROUBLE else "going"
