"""Requests for new numbers: a site, and numbers in one of eleven ways; what is missing is said at once."""

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_xml import element

from chalicelib.wire.document import Document
from chalicelib.wire.fields import Count, CustomerOrderId, Flag, TelephoneNumber, Whole, wrong


def _site(text: str) -> str:
    if not text:
        raise wrong("5022", "SiteId is a required field.")
    if not (text.isascii() and text.isdigit()):
        raise wrong("5016", "The SiteId submitted is invalid.")
    return text


def _area_code(text: str) -> str:
    if not re.fullmatch("[0-9]{3}", text):
        raise wrong("1008", f"AreaCode '{text[:40]}' is invalid: three digits")
    return text


class TelephoneNumberList(Document):
    """Telephone numbers."""

    telephone_number: list[TelephoneNumber] = element("TelephoneNumber", default=[])


class ReservationIdList(Document):
    """Reservations."""

    reservation_id: list[str] = element("ReservationId", default=[])


class Existing(Document):
    """Numbers that the client names, or has reserved."""

    telephone_number_list: TelephoneNumberList | None = element("TelephoneNumberList", default=None)
    reservation_id_list: ReservationIdList | None = element("ReservationIdList", default=None)

    @model_validator(mode="after")
    def _some(self) -> Self:
        listed = self.telephone_number_list is not None and self.telephone_number_list.telephone_number
        if not (listed or (self.reservation_id_list is not None and self.reservation_id_list.reservation_id)):
            raise wrong("1003", "TelephoneNumber or ReservationId is required", "TelephoneNumber")
        return self


class Search(Document):
    """Numbers to be searched for: how many, and where."""

    quantity: Count | None = element("Quantity", default=None)
    area_code: Annotated[str, AfterValidator(_area_code)] | None = element("AreaCode", default=None)
    npa_nxx: Whole | None = element("NpaNxx", default=None)
    npa_nxx_x: Whole | None = element("NpaNxxX", default=None)
    enable_lca: Flag | None = element("EnableLCA", alias="enableLCA", default=None)
    enable_tn_detail: Flag | None = element("EnableTNDetail", alias="enableTNDetail", default=None)
    ends_in: Flag | None = element("EndsIn", default=None)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if missing := [f"{tag} is required" for tag, value in self._needed() if value is None]:
            raise wrong("1003", "; ".join(missing), "Quantity")
        return self

    def _needed(self) -> tuple[tuple[str, object], ...]:
        """The tags and values of what a search cannot do without."""
        return (("Quantity", self.quantity),)


class AreaCodeSearch(Search):
    """Numbers of an area."""

    def _needed(self) -> tuple[tuple[str, object], ...]:
        return (("AreaCode", self.area_code), *super()._needed())


class TnAttributes(Document):
    """Protected, External, Imported."""

    tn_attribute: list[str] = element("TnAttribute", default=[])


_KINDS = (
    "ExistingTelephoneNumberOrderType", "AreaCodeSearchAndOrderType", "RateCenterSearchAndOrderType",
    "NPANXXSearchAndOrderType", "CitySearchAndOrderType", "StateSearchAndOrderType", "ZIPSearchAndOrderType",
    "LATASearchAndOrderType", "TollFreeVanitySearchAndOrderType", "TollFreeWildCharSearchAndOrderType",
    "CombinedSearchAndOrderType",
)  # fmt: skip


_WAYS = dict(
    zip(
        (
            "existing", "by_area_code", "by_rate_center", "by_npa_nxx", "by_city", "by_state", "by_zip", "by_lata",
            "by_vanity", "by_wild_card", "combined",
        ),
        _KINDS,
        strict=True,
    )
)  # fmt: skip
"""The same by the names of their fields."""


class OrderRequest(Document, tag="Order"):
    """What is asked for: a site, and numbers in exactly one of eleven ways."""

    customer_order_id: CustomerOrderId | None = element("CustomerOrderId", default=None)
    name: str | None = element("Name", default=None)
    site_id: Annotated[str, AfterValidator(_site)] = element("SiteId", default="", validate_default=True)
    peer_id: Whole | None = element("PeerId", default=None)
    back_order_requested: Flag | None = element("BackOrderRequested", default=None)
    partial_allowed: Flag | None = element("PartialAllowed", default=None)
    tn_attributes: TnAttributes | None = element("TnAttributes", default=None)
    existing: Existing | None = element(_KINDS[0], alias="existingTelephoneNumberOrderType", default=None)
    by_area_code: AreaCodeSearch | None = element(_KINDS[1], alias="areaCodeSearchAndOrderType", default=None)
    by_rate_center: Search | None = element(_KINDS[2], alias="rateCenterSearchAndOrderType", default=None)
    by_npa_nxx: Search | None = element(_KINDS[3], alias="npanxxSearchAndOrderType", default=None)
    by_city: Search | None = element(_KINDS[4], alias="citySearchAndOrderType", default=None)
    by_state: Search | None = element(_KINDS[5], alias="stateSearchAndOrderType", default=None)
    by_zip: Search | None = element(_KINDS[6], alias="zipSearchAndOrderType", default=None)
    by_lata: Search | None = element(_KINDS[7], alias="lataSearchAndOrderType", default=None)
    by_vanity: Search | None = element(_KINDS[8], alias="tollFreeVanitySearchAndOrderType", default=None)
    by_wild_card: Search | None = element(_KINDS[9], alias="tollFreeWildCharSearchAndOrderType", default=None)
    combined: Search | None = element(_KINDS[10], alias="combinedSearchAndOrderType", default=None)

    @model_validator(mode="before")
    @classmethod
    def _one_way(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Put what is wrong in an element's place, where it is found beside what is wrong in others."""
        given = [name for name in _WAYS if values.get(name) is not None]
        if not given:
            return {**values, "existing": wrong("1003", f"One of these is required: {', '.join(_KINDS)}")}
        if len(given) > 1:
            tags = ", ".join(_WAYS[name] for name in given)
            return {**values, given[1]: wrong("1005", f"Only one of these is allowed: {tags}")}
        return values

    @field_validator(*_WAYS, mode="before")
    @classmethod
    def _found(cls, value: object) -> object:
        if isinstance(value, PydanticCustomError):
            raise value
        return value


class OrderSupplement(Document, tag="Order"):
    """What may be changed of an order that waits for numbers."""

    customer_order_id: CustomerOrderId | None = element("CustomerOrderId", default=None)
    name: str | None = element("Name", default=None)
    close_order: Flag | None = element("CloseOrder", default=None)
