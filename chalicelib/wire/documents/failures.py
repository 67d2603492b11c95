"""Error documents, in the shapes of the compatible API. Which resource uses which is said in the resource's file."""

from typing import Self

from pydantic_xml import element

from chalicelib.domain.details import Details
from chalicelib.domain.errors import Problem
from chalicelib.domain.order import Order
from chalicelib.wire.document import Document, Echo, Echoed
from chalicelib.wire.fields import Text
from chalicelib.wire.problems import Refusal


class Error(Document):
    """One problem."""

    code: str = element("Code")
    description: Text = element("Description")


class ErrorList(Document):
    """All problems."""

    error: list[Error] = element("Error")


class Sent(Document):
    """An element that holds what the client sent."""

    echo: Echoed = element("Echo")


class ResponseStatus(Document):
    """The first problem's code, and what there is to say."""

    error_code: str | None = element("ErrorCode", default=None)
    description: Text = element("Description")


class StatusFailure(Document, tag="ErrorResponse"):
    """`ResponseStatus` alone. `AllowedStatus` is said where a step is refused."""

    response_status: ResponseStatus = element("ResponseStatus")
    allowed_status: list[str] | None = element("AllowedStatus", default=None)


class ListFailure(Document, tag="OrderResponse"):
    """`ErrorList` before the request, handed back."""

    error_list: ErrorList = element("ErrorList")
    order: Sent | None = element("Order", default=None)
    order_request: Sent | None = element("orderRequest", alias="orderRequest", default=None)


class PortStatus(Document):
    """The status of a request about a port-in."""

    code: str = element("Code")
    description: Text = element("Description")


class PortFailure(Document, tag="LnpOrderResponse"):
    """`Errors` repeated, without a wrapper, before the request handed back."""

    status: PortStatus = element("Status")
    errors: list[Error] = element("Errors", default=[])
    processing_status: str | None = element("ProcessingStatus", default=None)
    echo: Echoed = element("Echo")


class FlatFailure(Document):
    """`ProcessingStatus` FAILED and `Errors` repeated."""

    processing_status: str = element("ProcessingStatus", default="FAILED")
    errors: list[Error] = element("Errors")


class Numbers(Document):
    """Telephone numbers."""

    telephone_number: list[str] = element("TelephoneNumber", default=[])


class FailedPart(Error):
    """One problem of an order, and the telephone numbers that it concerns."""

    telephone_number: str | None = element("TelephoneNumber", default=None)
    telephone_numbers: Numbers | None = element("TelephoneNumbers", default=None)


class Failed(Document):
    """All problems of an order."""

    error: list[FailedPart] = element("Error", default=[])

    @classmethod
    def of(cls, order: Order) -> Self | None:
        """The desk's findings, an error for each number concerned; None where there are none."""
        found = [
            FailedPart(code=failure.code, description=failure.text, telephone_number=number)
            for failure in order.failures
            for number in failure.numbers or (None,)
        ]
        return cls(error=found) if found else None


class LsrFailed(Document):
    """All problems of a local service request."""

    error: list[FailedPart] = element("LsrOrderError", alias="lsrOrderError", default=[])


class RefusedDlda(Document):
    """A directory listing that was not taken."""

    error_list: ErrorList = element("ErrorList")
    processing_status: str = element("ProcessingStatus", default="FAILED")
    echo: Echoed = element("Echo")


class DldaFailure(Document, tag="DldaOrderResponse"):
    """`ResponseStatus`, and the request with all that is wrong in it."""

    response_status: ResponseStatus = element("ResponseStatus")
    order: RefusedDlda = element("DldaOrder", alias="dldaOrder")


class LsrErrors(Document):
    """All that is wrong with a local service request."""

    error: list[Error] = element("LsrOrderError", alias="lsrOrderError")


class RefusedLsr(Document):
    """A local service request that was not taken."""

    order_status: str = element("OrderStatus", default="FAILED")
    echo: Echoed = element("Echo")


class LsrFailure(Document, tag="LsrOrderResponse"):
    """The status, all that is wrong, and the request handed back."""

    response_status: ResponseStatus = element("ResponseStatus")
    errors: LsrErrors | None = element("LsrOrderErrors", alias="lsrOrderErrors", default=None)
    order: RefusedLsr | None = element("LsrOrder", alias="lsrOrder", default=None)
    allowed_status: list[str] | None = element("AllowedStatus", default=None)


class LidbFailure(Document, tag="LidbOrderResponse"):
    """`Status` and `ErrorList`."""

    status: PortStatus = element("Status")
    error_list: ErrorList = element("ErrorList")


class CsrFailure(Document, tag="CsrOrderResponse"):
    """`Errors` with a list in it."""

    errors: ErrorList = element("Errors")


def said(problem: Problem) -> str:
    """The problem's sentence; it always names the element, whatever its code's own sentence says."""
    named = problem.field is None or problem.field in problem.text
    return problem.text if named else f"{problem.field}: {problem.text}"


def errors(refusal: Refusal) -> list[Error]:
    """Each problem by itself."""
    return [Error(code=problem.code, description=said(problem)) for problem in refusal.problems]


def status_failure(root: str, refusal: Refusal) -> StatusFailure:
    """All problems in one sentence, under the first one's code."""
    status = ResponseStatus(
        error_code=refusal.problems[0].code,
        description="; ".join(said(problem) for problem in refusal.problems),
    )
    return StatusFailure(response_status=status, allowed_status=refusal.allowed).under(root)


def dlda_failure(refusal: Refusal, known: type[Document]) -> DldaFailure:
    """Everything wrong with a directory listing."""
    order = RefusedDlda(error_list=ErrorList(error=errors(refusal)), echo=Echo.of(_theirs(refusal.details), known))
    return DldaFailure(response_status=status_failure("", refusal).response_status, order=order)


def lsr_failure(refusal: Refusal, known: type[Document]) -> LsrFailure:
    """Everything wrong with a local service request; one that is not there says only so."""
    status = status_failure("", refusal).response_status
    if not refusal.details:
        status.description = status.description.replace("lsrorders order", "lsr order")
        return LsrFailure(response_status=status, allowed_status=refusal.allowed)
    return LsrFailure(
        response_status=ResponseStatus(error_code=str(refusal.status), description=status.description),
        errors=LsrErrors(error=errors(refusal)), order=RefusedLsr(echo=Echo.of(_theirs(refusal.details), known)),
        allowed_status=refusal.allowed,
    )  # fmt: skip


def _theirs(details: Details) -> Details:
    """Without what the answer says itself."""
    own = ("errorlist", "processingstatus", "orderstatus")
    return tuple((name, value) for name, value in details if name.lower() not in own)


def nowhere(root: str) -> StatusFailure:
    """There is no such order, as most types say it: without a code."""
    return StatusFailure(response_status=ResponseStatus(description="The resource does not exist")).under(root)


def sent(details: Details, known: type[Document]) -> Sent:
    """What the client sent, as an element."""
    return Sent(echo=Echo.of(details, known))
