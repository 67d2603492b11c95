"""What the desk adds to an order that it gives back: each element, by the API's name for it."""

from collections.abc import Callable, Iterable, Iterator

from chalicelib.domain.details import Details
from chalicelib.domain.order import Order
from chalicelib.wire.forms import moment

_Made = Callable[[Order, str], "str | Details | None"]


def _numbers(numbers: Iterable[str]) -> Details:
    return tuple(("TelephoneNumber", number) for number in numbers)


def _one_each(order: Order, _status: str) -> Details:
    """An error for each number concerned: how most types say it."""
    return tuple(
        ("Error", (("Code", failure.code), ("Description", failure.text), *_numbers([number] if number else [])))
        for failure in order.failures
        for number in failure.numbers or ("",)
    )


def _together(order: Order, _status: str, name: str = "Error") -> Details:
    """An error with all numbers that it concerns."""
    return tuple(
        (
            name,
            (
                ("Code", failure.code), ("Description", failure.text),
                *((("TelephoneNumbers", _numbers(failure.numbers)),) if failure.numbers else ()),
            ),
        )
        for failure in order.failures
    )  # fmt: skip


def _failed(order: Order) -> str:
    return str(max(0, order.number_count - len(order.completed_numbers)) if order.ended_at else 0)


_OWN: dict[str, _Made] = {
    "AccountId": lambda order, _: order.key.account,
    "ActualFocDate": lambda order, _: moment(order.actual_foc_date) if order.actual_foc_date else None,
    "CountOfTNs": lambda order, _: str(order.number_count),
    "CreatedBy": lambda order, _: order.created_by,
    "CreatedByUser": lambda order, _: order.created_by,
    "ErrorList": _one_each,
    "ErrorListOfNumbers": _together,
    "Errors": _together,
    "FailedQuantity": lambda order, _: _failed(order),
    "ImportedTelephoneNumberList": lambda order, _: _numbers(order.completed_numbers) or None,
    "LastModifiedBy": lambda order, _: order.modified_by,
    "LastModifiedDate": lambda order, _: moment(order.modified_at),
    "LsrOrderErrors": lambda order, status: _together(order, status, "LsrOrderError") or None,
    "OrderCompleteDate": lambda order, _: moment(order.ended_at) if order.ended_at else None,
    "OrderCreateDate": lambda order, _: moment(order.created_at),
    "OrderCreatedDate": lambda order, _: moment(order.created_at),
    "OrderId": lambda order, _: order.key.id,
    "OrderStatus": lambda _, status: status,
    "OrderType": lambda order, _: order.type.row,
    "PonVersion": lambda order, _: str(order.supplements),
    "ProcessingStatus": lambda _, status: status,
    "Status": lambda _, status: status,
    "TotalQuantity": lambda order, _: str(order.number_count),
    "orderId": lambda order, _: order.key.id,
}

NAMES = frozenset(name.lower() for name in _OWN) - {"status"} | {"id"}
"""In lower case: what a client says of these is not given back, because the desk says it."""


def own(names: Iterable[str], order: Order, status: str) -> Iterator[tuple[str, "str | Details"]]:
    """These elements of an order in `status`; those without content are left out, but for lists of errors."""
    for name in names:
        value = _OWN[name](order, status)
        if value is not None:
            yield name.removesuffix("OfNumbers"), value or ""
