"""The forms of single values, each with the code and the sentence of the compatible API for what is not of its form."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_after_validator_function

from chalicelib.wire.forms import instant, moment
from chalicelib.wire.tree import printable

LARGEST_COUNT = 2**31 - 1

_NUMBER = re.compile(r"\+?[0-9]{10,15}")
_CUSTOMER_ORDER_ID = re.compile(r"[A-Za-z0-9 -]{1,40}")


def wrong(code: str, text: str, field: str | None = None) -> PydanticCustomError:
    """To be raised by a check: `code` and sentence; `field` where the check is of several elements together."""
    return PydanticCustomError(code, "{text}", {"text": printable(text), "field": field})


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise wrong("1008", f"'{text[:40]}' is not a valid telephone number: 10 digits, or E.164")
    return text


def _dated(text: str) -> str:
    try:
        instant(text)
    except (ValueError, OverflowError):
        raise wrong("1007", f"'{text[:40]}' is not a valid date format.") from None
    return text


def _customer_order_id(code: str) -> AfterValidator:
    def check(text: str) -> str:
        if not _CUSTOMER_ORDER_ID.fullmatch(text):
            raise wrong(
                code,
                "Customer order ID is invalid. Only alphanumeric values, dashes and spaces are allowed. "
                "Max length is 40 characters.",
            )
        return text

    return AfterValidator(check)


def _whole(text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise wrong("1014", f"'{text[:40]}' is not a number")
    return text


def _digits(value: object) -> object:
    """Only digits make a number: Python would also take "1_000"."""
    if not (isinstance(value, str) and value.isascii() and value.removeprefix("-").isdigit()):
        raise wrong("1014", f"'{str(value)[:40]}' is not a number")
    return value


def _truth(value: object) -> object:
    """As XML Schema has it: Python would also take "yes"."""
    if str(value).lower() not in {"true", "false", "1", "0"}:
        raise wrong("1008", f"'{str(value)[:40]}' is neither true nor false")
    return value


Text = Annotated[str, AfterValidator(printable)]
"""Free text in an answer."""

Moment = Annotated[datetime, PlainSerializer(moment, return_type=str)]
"""A time in an answer."""

TelephoneNumber = Annotated[str, AfterValidator(_number)]
"""Ten digits, or E.164; kept as sent."""

Dated = Annotated[str, AfterValidator(_dated)]
"""A date or a time in a request; kept as sent."""

Whole = Annotated[str, AfterValidator(_whole)]
"""An id that is a number in text."""

Count = Annotated[int, BeforeValidator(_digits), Field(ge=1, le=LARGEST_COUNT)]
"""A number from 1."""

Flag = Annotated[bool, BeforeValidator(_truth)]
"""true or false."""

CustomerOrderId = Annotated[str, _customer_order_id("5052")]
PortCustomerOrderId = Annotated[str, _customer_order_id("7318")]


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words, compared without case and kept as sent; schemas show `values`.

    `text` is the compatible API's sentence; "{value}" in it is what was sent.
    """

    code: str
    text: str
    values: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic's way to ask for the check."""
        return no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Pydantic's way to ask for the schema."""
        return {**handler(schema), "enum": list(self.values)}

    def _checked(self, text: str) -> str:
        if text.lower() not in {value.lower() for value in self.values}:
            raise wrong(self.code, self.text.format(value=text[:40]))
        return text


def one_of(field: str, *values: str, code: str = "1008") -> OneOf:
    """For a field of which the compatible API has no sentence of its own."""
    return OneOf(code, f"{field} '{{value}}' is invalid. Valid values are: {', '.join(values)}", values)
