"""What can be wrong → the status and what to say of it. The shapes are the documents' matter."""

from collections.abc import Collection
from dataclasses import dataclass

from chalicelib.domain import errors
from chalicelib.domain.details import Details
from chalicelib.domain.errors import DocketError, Problem, Refused


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not done: the status and all problems; what was sent; the states that would be allowed."""

    status: int
    problems: tuple[Problem, ...]
    details: Details = ()
    allowed: list[str] | None = None


class TooLarge(Refused):
    """The body has more bytes than are taken."""


class UnknownSyntax(Refused):
    """The body is neither XML nor JSON."""


class NotAcceptable(Refused):
    """The client takes neither XML nor JSON."""


class NoSuchPath(Refused):
    """Nothing lies there."""


class WrongMethod(Refused):
    """The path has no such method; `allowed` are those it has."""

    def __init__(self, allowed: Collection[str]) -> None:
        """What could be asked for; the method itself may be one that nobody knows."""
        super().__init__(f"This method is not allowed here. Allowed: {', '.join(allowed)}.")
        self.allowed = tuple(allowed)


class WishedOrderNotFound(Refused):
    """The order that a subscription names is not there, or is another account's: nobody may learn which."""

    def __init__(self, error: errors.OrderNotFound) -> None:
        """As the compatible API says it."""
        super().__init__(f"Order {error.order_id} of type {error.order_type} doesn't exist")


class ActivationOver(Refused):
    """The port-in is complete: there is nothing left to activate."""


_STATUSES: tuple[tuple[type[DocketError], int, str], ...] = (
    (NoSuchPath, 404, "1016"),
    (WrongMethod, 405, "1005"),
    (errors.Unauthenticated, 401, "1001"),
    (errors.Forbidden, 403, "1001"),
    (NotAcceptable, 406, "1005"),
    (TooLarge, 413, "1011"),
    (UnknownSyntax, 415, "1005"),
    (errors.KeyReused, 422, "1009"),
    (WishedOrderNotFound, 404, "16004"),
    (ActivationOver, 404, "7348"),
    (errors.OrderNotFound, 404, "5035"),
    (errors.NoteNotFound, 404, "5040"),
    (errors.EventNotFound, 404, "1016"),
    (errors.DocumentNotFound, 404, "1016"),
    (errors.SubscriptionNotFound, 404, "16000"),
    (errors.TypesDiffer, 409, "7640"),
    (errors.WrongForm, 409, "7641"),
    (errors.TooManyDocuments, 409, "1006"),
    (errors.AccountNotFound, 404, "1016"),
    (errors.CredentialNotFound, 404, "1016"),
    (errors.DuplicateSubscription, 409, "16008"),
    (errors.TooManySubscriptions, 409, "16006"),
    (errors.AccessClash, 409, "1005"),
    (errors.NotFound, 404, "1016"),
    (errors.Barred, 409, "7717"),
    (errors.StepRefused, 409, "1005"),
    (errors.VersionMismatch, 409, "1008"),
    (errors.Clash, 409, "1010"),
    (errors.Refused, 400, "1019"),
    (errors.Fault, 503, "1000"),
)
"""The first that fits counts: status, and the code of the compatible API."""

_FIELDS: tuple[tuple[type[DocketError], str], ...] = (
    (errors.KeyReused, "Idempotency-Key"),
    (errors.StepRefused, "Status"),
    (errors.DocumentNotFound, "File"),
    (errors.TypesDiffer, "DocumentType"),
    (errors.WrongForm, "File"),
    (WishedOrderNotFound, "OrderId"),
    (errors.VersionMismatch, "IfVersion"),
)


def refusal(error: Exception, details: Details = ()) -> Refusal:
    """The answer to an error. What is not one of ours says nothing of itself: 500."""
    if isinstance(error, errors.Invalid):
        return Refusal(400, error.problems, details)
    if isinstance(error, errors.Barred):
        return Refusal(409, (error.problem,), details)
    for kind, status, code in _STATUSES:
        if isinstance(error, kind):
            text = "The service is not available at this moment. Try again." if status >= 500 else str(error)  # noqa: PLR2004 because from 500 on it is our fault
            field = next((name for known, name in _FIELDS if isinstance(error, known)), None)
            allowed = list(error.allowed) if isinstance(error, errors.StepRefused) else None
            return Refusal(status, (Problem(code, text, field),), details, allowed)
    return Refusal(500, (Problem("1000", "An internal error occurred. It has been recorded."),))
