"""Everything that can be wrong, as one tree. Statuses and documents are made from it in wire/problems.py.

`Refused` is for what somebody asked of us and cannot have; `Fault` is for what went wrong on our side.
"""

from collections.abc import Collection
from dataclasses import dataclass


class DocketError(Exception):
    """The root of the tree; never raised itself."""


class Refused(DocketError):
    """The request cannot be done. Nothing was written."""


class Fault(DocketError):
    """We failed. Nothing was acknowledged; the same request may succeed later."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was sent: `code` of the compatible API, a sentence, the element it is about."""

    code: str
    text: str
    field: str | None = None


class Invalid(Refused):
    """The content breaks one or more rules; every problem found is in `problems`."""

    def __init__(self, *problems: Problem) -> None:
        """At least one problem."""
        super().__init__("; ".join(problem.text for problem in problems))
        self.problems = problems


class NoPart(Invalid):
    """The order is no draft, or not one that the bulk order may have."""


class NotFound(Refused):
    """There is no such thing in this account."""


class OrderNotFound(NotFound):
    """No order of this type has this id in this account."""

    def __init__(self, order_type: str, order_id: str) -> None:
        """The canonical name of the type and the id as it was asked for."""
        super().__init__(f"{order_type} order {order_id} not found.")
        self.order_type, self.order_id = order_type, order_id


class NoteNotFound(NotFound):
    """The order has no note of this id."""

    def __init__(self, note_id: str) -> None:
        """The id as it was asked for."""
        super().__init__("Note not found.")
        self.note_id = note_id


class DocumentNotFound(NotFound):
    """The order has no document of this name."""

    def __init__(self, file: str) -> None:
        """The name as it was asked for."""
        super().__init__("File not found.")
        self.file = file


class SubscriptionNotFound(NotFound):
    """No live subscription has this id in this account."""

    def __init__(self, account: str, subscription_id: str) -> None:
        """The id as it was asked for."""
        super().__init__(f"Subscription {subscription_id} not found for accountId {account}")
        self.subscription_id = subscription_id


class AccountNotFound(NotFound):
    """No account of this number was opened."""

    def __init__(self, account: str) -> None:
        """The number as it was asked for."""
        super().__init__(f"Account {account} was never opened.")
        self.account = account


class CredentialNotFound(NotFound):
    """No user of this name may act for this account."""

    def __init__(self, account: str, user: str) -> None:
        """Both as they were asked for."""
        super().__init__(f"Account {account} has no user {user}.")
        self.user = user


class EventNotFound(NotFound):
    """The account has no event of this number."""

    def __init__(self, number: str) -> None:
        """The number as it was asked for."""
        super().__init__("Event not found.")
        self.number = number


class Clash(Refused):
    """The request was understood, but the state of things does not allow it."""


class StepRefused(Clash):
    """The lifecycle of the order's type has no such step; `allowed` are the states it may go to."""

    def __init__(self, status: str, wanted: str, allowed: Collection[str]) -> None:
        """The state the order is in, the one asked for, and the ones it may go to."""
        ways = ", ".join(sorted(allowed)) or "none: the state is final"
        super().__init__(f"An order in state {status} cannot go to {wanted}. Allowed: {ways}.")
        self.status, self.wanted, self.allowed = status, wanted, tuple(sorted(allowed))


class VersionMismatch(Clash):
    """The order has moved on since the version the client names in `ifVersion`."""

    def __init__(self, expected: int, actual: int) -> None:
        """Both versions."""
        super().__init__(f"The order is at version {actual}, not {expected}.")
        self.expected, self.actual = expected, actual


class Barred(Clash):
    """The order's state does not allow what its client asks; `problem` says it with the compatible API's code."""

    def __init__(self, problem: Problem) -> None:
        """The one problem."""
        super().__init__(problem.text)
        self.problem = problem


class OrderBusy(Clash):
    """Others changed the same order each time we tried; trying again is safe."""

    def __init__(self) -> None:
        """No more is known."""
        super().__init__("The order is being changed by others at this moment. Try again.")


class TypesDiffer(Clash):
    """A file came with two document types that are not the same."""

    def __init__(self) -> None:
        """Neither can be taken for meant."""
        super().__init__("documentType of the query and of the header are not the same.")


class WrongForm(Clash):
    """The order takes this document in certain forms only."""

    def __init__(self, forms: Collection[str]) -> None:
        """The forms that it takes."""
        super().__init__(f"A LOA for toll-free numbers must be one of: {', '.join(sorted(forms))}.")
        self.forms = tuple(forms)


class TooManyDocuments(Clash):
    """The order has as many documents as it may have."""

    def __init__(self, most: int) -> None:
        """How many."""
        super().__init__(f"An order may have {most} documents. Remove one first, or replace one.")
        self.most = most


class DuplicateSubscription(Clash):
    """A live subscription for the same orders and the same target exists."""

    def __init__(self) -> None:
        """The other one's id is not told."""
        super().__init__("Duplicate subscription already exists")


class AccessClash(Clash):
    """Accounts and credentials stand in a way that does not allow the change; the text says how."""


class TooManySubscriptions(Clash):
    """The account has as many subscriptions to all orders of the type as it may have."""

    def __init__(self, limit: int) -> None:
        """As the compatible API says it."""
        super().__init__(f"Only {limit} global subscriptions are permitted for any supported order-type")


class KeyReused(Refused):
    """The Idempotency-Key was used before, with another body."""

    def __init__(self) -> None:
        """The key is the client's own; it is not repeated here."""
        super().__init__("This Idempotency-Key was used with another body within the last 24 hours.")


class Unauthenticated(Refused):
    """No credentials, or wrong ones."""


class Forbidden(Refused):
    """The credentials are good, but not for this account or not for this operation."""


class Conflict(DocketError):
    """A store's answer when a condition of a write no longer holds: read again and decide again."""


class ReceiptTaken(DocketError):
    """A store's answer when a write with this receipt has happened already: read the receipt and repeat its answer."""


class StoreUnavailable(Fault):
    """The store could not be read or written (throttled, disk full, connection lost)."""
