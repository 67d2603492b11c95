"""Answers about ids that cannot be one, and about histories that nobody has, each under the root that its type uses."""

import pytest

from chalicelib.domain.order_types import ORDER_TYPES
from tests.edge.desk import NOBODY, Caller
from tests.edge.requests import JSON

REPORTS = {
    "tnoptions": "TnOptionOrderReportResponse",
    "dldas": "DldaOrderReportResponse",
    "e911s": "E911OrderReportResponse",
    "lidbs": "LidbOrderReportResponse",
    "lsrorders": "LsrOrderReportResponse",
    "removeImportedTnOrders": "RemoveImportedTnOrdersReportResponse",
}


@pytest.mark.parametrize("resource", REPORTS)
@pytest.mark.parametrize("place", ["", "/history"])
def test_what_is_no_uuid_is_refused_under_the_root_of_reports(customer: Caller, resource: str, place: str) -> None:
    refused = customer("GET", f"/{resource}/x{place}")
    assert (refused.status, refused.xml.tag) == (400, REPORTS[resource])
    assert [(each.tag, each.text) for each in refused.xml[0]] == [
        ("ErrorCode", "1008"), ("Description", "OrderId: 'x' is not a valid UUID")
    ]  # fmt: skip


def test_an_order_has_a_code_of_its_own_for_that(customer: Caller) -> None:
    refused = customer("GET", "/orders/x")
    assert (refused.status, refused.xml.tag, refused.said("ErrorList/Error/Code")) == (400, "OrderResponse", "5061")
    assert customer("GET", "/portins/x").said("Errors/Code") == "1008"


@pytest.mark.parametrize(
    ("resource", "root"), [*REPORTS.items(), ("bulkPortins", "BulkPortInHistoryResponse"), ("orders", "ErrorResponse")]
)
def test_a_history_that_nobody_has_is_answered_without_a_code(customer: Caller, resource: str, root: str) -> None:
    missing = customer("GET", f"/{resource}/{NOBODY}/history")
    assert (missing.status, missing.xml.tag) == (404, root)
    assert [(each.tag, each.text) for each in missing.xml[0]] == [("Description", "The resource does not exist")]


def test_an_order_that_nobody_has_is_answered_as_its_type_does_it(customer: Caller) -> None:
    assert customer("GET", f"/dldas/{NOBODY}").xml.tag == "DldaOrderResponse"
    lsr = customer("GET", f"/lsrorders/{NOBODY}")
    assert (lsr.xml.tag, lsr.said("ResponseStatus/ErrorCode")) == ("LsrOrderResponse", "5035")
    assert lsr.said("ResponseStatus/Description") == f"lsr order {NOBODY} not found."


@pytest.mark.parametrize("resource", [kind.resource for kind in ORDER_TYPES])
def test_every_type_answers_both_in_json_too(customer: Caller, resource: str) -> None:
    for place in (f"/{resource}/x/notes", f"/{resource}/{NOBODY}/history"):
        answer = customer("GET", place, Accept=JSON)
        assert answer.status in (400, 404)
        assert answer.json
