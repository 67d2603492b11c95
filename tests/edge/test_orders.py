"""Orders over HTTP: place, read, list, note, move."""

import json

import pytest

from tests.edge.desk import Caller
from tests.edge.requests import DISCONNECT, JSON, NOTE, ORDER, PORT_IN


@pytest.mark.parametrize(
    ("resource", "body", "root", "id_path"),
    [
        ("orders", ORDER, "OrderResponse", "Order/id"),
        ("portins", PORT_IN, "LnpOrderResponse", "OrderId"),
        ("disconnects", DISCONNECT, "DisconnectTelephoneNumberOrderResponse", "orderRequest/id"),
    ],
)
def test_a_placed_order_is_found_under_its_location(
    customer: Caller, resource: str, body: str, root: str, id_path: str
) -> None:
    placed = customer("POST", f"//v1.0/accounts/9900000/{resource}/", body)
    assert (placed.status, placed.xml.tag, placed.headers["Content-Type"]) == (201, root, "application/xml")
    assert placed.headers["Location"] == f"http://desk.test/v1.0/accounts/9900000/{resource}/{placed.id}"
    assert placed.said(id_path) == placed.id
    shown = customer("GET", f"/{resource}/{placed.id}")
    assert (shown.status, shown.xml.tag, shown.said(id_path)) == (200, root, placed.id)


def test_a_port_in_passes_through_pending_documents(customer: Caller) -> None:
    placed = customer("POST", "/portins", PORT_IN)
    assert (placed.said("ProcessingStatus"), placed.said("Status/Code")) == ("PENDING_DOCUMENTS", "201")
    assert customer("GET", f"/portins/{placed.id}").said("ProcessingStatus") == "SUBMITTED"
    history = customer("GET", f"/portins/{placed.id}/history").xml
    assert [state.findtext("Status") for state in history] == ["PENDING_DOCUMENTS", "SUBMITTED"]


def test_the_desk_moves_an_order_and_customers_do_not(customer: Caller, operator: Caller) -> None:
    order = customer("POST", "/portins", PORT_IN).id
    move = json.dumps({"status": "foc", "actualFocDate": "2026-12-01T15:30:00Z", "ifVersion": 2})
    assert customer("POST", f"/portins/{order}/status", move, Content_Type=JSON).status == 403
    moved = operator("POST", f"/portins/{order}/status", move, Content_Type=JSON)
    assert moved.status == 200
    entry = moved.json
    assert (entry["sequence"], entry["status"], entry["previousStatus"], entry["by"]) == (
        3,
        "FOC",
        "SUBMITTED",
        "operator",
    )
    assert customer("GET", f"/portins/{order}").said("ActualFocDate") == "2026-12-01T15:30:00.000Z"


def test_a_step_that_is_not_allowed_says_which_ones_are(customer: Caller, operator: Caller) -> None:
    order = customer("POST", "/disconnects", DISCONNECT).id
    refused = operator("POST", f"/disconnects/{order}/status", '{"status": "FOC"}', Content_Type=JSON)
    assert refused.status == 409
    assert refused.json["allowedStatus"] == ["COMPLETE", "FAILED", "PARTIAL", "PROCESSING"]
    stale = operator("POST", f"/disconnects/{order}/status", '{"status":"COMPLETE","ifVersion":9}', Content_Type=JSON)
    assert stale.status == 409


def test_notes_are_listed_at_once_changed_and_never_deleted(customer: Caller) -> None:
    order = customer("POST", "/orders", ORDER).id
    assert (customer("GET", f"/orders/{order}/notes").status, customer("GET", f"/orders/{order}/notes").text) == (
        204,
        "",
    )
    made = customer("POST", f"/orders/{order}/notes", NOTE)
    assert (made.status, made.text) == (201, "")
    assert customer("PUT", f"/orders/{order}/notes/{made.id}", NOTE.replace("Friday", "Monday")).status == 200
    note = customer("GET", f"/orders/{order}/notes").xml.find("Note")
    assert note is not None
    assert [child.tag for child in note] == ["Id", "UserId", "Description", "LastDateModifier"]
    assert (note.findtext("Id"), note.findtext("Description")) == (made.id, "Please move the FOC to Monday.")
    assert customer("GET", f"/orders/{order}/notes/{made.id}").said("UserId") == "desk"
    deleted = customer("DELETE", f"/orders/{order}/notes/{made.id}")
    assert (deleted.status, deleted.headers["Allow"]) == (405, "GET, HEAD, POST, PUT")


def test_put_on_the_collection_of_notes_adds_one(customer: Caller) -> None:
    order = customer("POST", "/orders", ORDER).id
    assert customer("PUT", f"/orders/{order}/notes", NOTE).status == 201


def test_the_journal_is_read_from_any_number_on(customer: Caller) -> None:
    order = customer("POST", "/portins", PORT_IN).id
    customer("POST", f"/portins/{order}/notes", NOTE)
    journal = customer("GET", f"/portins/{order}/history", Accept=JSON).json["entries"]
    assert [(entry["sequence"], entry["kind"]) for entry in journal] == [(1, "created"), (2, "status"), (3, "note")]
    later = customer("GET", f"/portins/{order}/history?after=2", Accept=JSON).json["entries"]
    assert [entry["note"] for entry in later] == ["Please move the FOC to Friday."]
    assert len(customer("GET", f"/portins/{order}/history").xml) == 2


def test_a_fresh_order_of_new_numbers_has_no_history_yet(customer: Caller) -> None:
    order = customer("POST", "/orders", ORDER).id
    assert len(customer("GET", f"/orders/{order}/history").xml) == 0


def test_a_list_goes_on_where_its_link_leads(customer: Caller) -> None:
    placed = [customer("POST", "/portins", PORT_IN).id for _ in range(3)]
    first = customer("GET", "//api/accounts/9900000/portins?page=1&size=2")
    assert first.said("TotalCount") == "3"
    link = first.said("Links/next") or ""
    assert link.startswith("Link=<http://desk.test/v1.0/accounts/9900000/portins?page=")
    assert link.endswith('>;rel="next";')
    rest = customer("GET", "/" + link.split("<")[1].split(">")[0].removeprefix("http://desk.test"))
    assert rest.said("Links/next") is None
    ids = [row.findtext("OrderId") for page in (first, rest) for row in page.xml.iter("lnpPortInfoForGivenStatus")]
    assert sorted(ids, key=str) == sorted(placed)


def test_drafts_are_listed_only_where_they_are_asked_for(customer: Caller) -> None:
    draft = customer("POST", "/portins", "<LnpOrder><ProcessingStatus>DRAFT</ProcessingStatus></LnpOrder>")
    assert (draft.status, draft.said("ProcessingStatus")) == (201, "DRAFT")
    assert customer("GET", "/portins?page=1&size=10").said("TotalCount") == "0"
    assert customer("GET", "/portins?page=1&size=10&status=draft").said("TotalCount") == "1"
    assert customer("GET", f"/portins/{draft.id}/history").said("IrisStatus/Code") == "7710"


def test_the_same_order_in_json_means_and_says_the_same(customer: Caller) -> None:
    request = {
        "customerOrderId": "PO-1001", "siteId": 743, "partialAllowed": True,
        "npanxxSearchAndOrderType": {"npaNxx": "919555", "quantity": 2, "enableTNDetail": False},
        "madeUp": [1, "two"],
    }  # fmt: skip
    placed = customer("POST", "/orders", json.dumps(request), Content_Type=JSON)
    assert (placed.status, placed.headers["Content-Type"]) == (201, JSON)
    order = placed.json["order"]
    assert order["siteId"] == "743"
    assert order["partialAllowed"] is True
    assert order["npanxxSearchAndOrderType"] == {"npaNxx": "919555", "quantity": 2, "enableTNDetail": False}
    assert order["madeUp"] == ["1", "two"]
    xml = customer("GET", f"/orders/{placed.id}").xml
    assert xml.findtext("Order/NPANXXSearchAndOrderType/Quantity") == "2"
    assert [found.text for found in xml.findall("Order/MadeUp")] == ["1", "two"]


def test_a_key_makes_a_request_count_once(customer: Caller) -> None:
    first = customer("POST", "/orders", ORDER, Idempotency_Key="k1")
    again = customer("POST", "//api/v1/accounts/9900000/orders", ORDER, Idempotency_Key="k1")
    assert (again.status, again.id, again.text) == (201, first.id, first.text)
    other = customer("POST", "/orders", ORDER.replace("743", "744"), Idempotency_Key="k1")
    assert (other.status, other.xml.tag) == (422, "OrderResponse")
    assert customer("POST", "/disconnects", DISCONNECT, Idempotency_Key="k1").status == 201
    for no_key in ("k" * 256, "", "é"):
        assert customer("POST", "/orders", ORDER, Idempotency_Key=no_key).status == 400


def test_a_type_of_few_documents_is_placed_shown_and_listed(customer: Caller) -> None:
    request = (
        "<TnOptionOrder><CustomerOrderId>OPT-1</CustomerOrderId><TnOptionGroups><TnOptionGroup><Sms>on</Sms>"
        "<TelephoneNumbers><TelephoneNumber>2015550100</TelephoneNumber></TelephoneNumbers></TnOptionGroup></TnOptionGroups></TnOptionOrder>"
    )
    placed = customer("POST", "/tnoptions", request)
    assert placed.said("TnOptionOrder/OrderId") == placed.id
    assert customer("GET", f"/tnoptions/{placed.id}").said("TnOptionGroups/TnOptionGroup/Sms") == "on"
    assert customer("GET", "/tnoptions").said("TnOptionOrderSummary/OrderId") == placed.id


def test_a_type_of_two_segments_is_no_order_of_the_first(customer: Caller, operator: Caller) -> None:
    request = (
        "<ImportVoiceTnOrder><CustomerOrderId>V-1</CustomerOrderId>"
        "<TelephoneNumbers><TelephoneNumber>2015550100</TelephoneNumber></TelephoneNumbers></ImportVoiceTnOrder>"
    )
    placed = customer("POST", "/importTnOrders/voice", request)
    assert placed.status == 201
    assert customer("GET", f"/importTnOrders/voice/{placed.id}").xml.tag == "ImportVoiceTnOrder"
    assert customer("GET", f"/importTnOrders/{placed.id}").status == 404
    assert customer("POST", f"/importtnorders/voice/{placed.id}/notes", NOTE).status == 201
    moved = operator("POST", f"/importTnOrders/voice/{placed.id}/status", '{"status":"COMPLETE"}', Content_Type=JSON)
    assert moved.status == 200
    assert len(customer("GET", f"/importTnOrders/voice/{placed.id}/history").xml) == 2
