"""What cannot be: the right status, a document that names the field, nothing written, and never a 500."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.edge.visit import LARGEST_BODY
from infra.local.store import LocalStore
from tests.edge.desk import NOBODY, Caller, basic
from tests.edge.requests import CALLBACK, DISCONNECT, JSON, NOTE, ORDER, PORT_IN

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<Order><SiteId>&b;</SiteId></Order>"
)
EXTERNAL = '<!DOCTYPE Order [<!ENTITY x SYSTEM "file:///etc/passwd">]><Order><Name>&x;</Name></Order>'
DEEP = f"{'<a>' * 5000}{'</a>' * 5000}"


def written(store: LocalStore) -> object:
    """How often anything was written."""
    return store.vitals()["commits"]


HOSTILE: list[tuple[str, str | bytes, tuple[int, str, str]]] = [
    ("/orders", "", (400, "1019", "body")),
    ("/orders", "<Order><SiteId>1", (400, "1019", "well-formed")),
    ("/orders", b"\xff\xfe\x00<", (400, "1019", "well-formed")),
    ("/orders", '<?xml version="1.0" encoding="utf-99"?><Order/>', (400, "1019", "well-formed")),
    ("/orders", BOMB, (400, "1019", "entities")),
    ("/orders", EXTERNAL, (400, "1019", "entities")),
    ("/orders", f"<Order>{DEEP}</Order>", (400, "1019", "deep")),
    ("/orders", "<LnpOrder><SiteId>1</SiteId></LnpOrder>", (400, "1019", "Order")),
    ("/orders", ORDER.replace("<SiteId>743</SiteId>", ""), (400, "5022", "SiteId")),
    ("/orders", ORDER.replace("743", "abc"), (400, "5016", "SiteId")),
    ("/orders", ORDER.replace("743</SiteId>", "743</SiteId><SiteId>744</SiteId>"), (400, "1009", "SiteId")),
    ("/orders", ORDER.replace("743", "<x>1</x>"), (400, "1008", "SiteId")),
    ("/orders", ORDER.replace("PO-1001", "PO_1001!"), (400, "5052", "CustomerOrderId")),
    ("/orders", ORDER.replace("PO-1001", "x" * 41), (400, "5052", "CustomerOrderId")),
    ("/orders", ORDER.replace(">true<", ">perhaps<"), (400, "1008", "PartialAllowed")),
    ("/orders", ORDER.replace("2015550101", "555-CALL"), (400, "1008", "TelephoneNumber")),
    ("/orders", "<Order><SiteId>1</SiteId></Order>", (400, "1003", "ExistingTelephoneNumberOrderType")),
    (
        "/orders",
        "<Order><SiteId>1</SiteId><StateSearchAndOrderType><Quantity>many</Quantity></StateSearchAndOrderType></Order>",
        (400, "1014", "Quantity"),
    ),
    (
        "/orders",
        "<Order><SiteId>1</SiteId><StateSearchAndOrderType><Quantity>0</Quantity></StateSearchAndOrderType></Order>",
        (400, "1004", "Quantity"),
    ),
    ("/orders", ORDER.replace(">true<", ">yes<"), (400, "1008", "PartialAllowed")),
    ("/portins", PORT_IN.replace("PORT 7", "PORT#7"), (400, "7318", "CustomerOrderId")),
    ("/portins", PORT_IN.replace("2026-03-25T21:15:00.000Z", "next week"), (400, "1007", "RequestedFocDate")),
    ("/portins", PORT_IN.replace("2026-03-25T21:15:00.000Z", "2026-02-30"), (400, "1007", "RequestedFocDate")),
    ("/portins", PORT_IN.replace("<Subscriber>", "<Subscriber/><x>").replace("</Subscriber>", "</x>").replace(
        "<PhoneNumber>2015550100", "<PhoneNumber>+1"), (400, "1008", "PhoneNumber")),
    ("/portins", PORT_IN.replace(">2015550100</B", ">201</B"), (400, "7203", "BillingTelephoneNumber")),
    ("/disconnects", DISCONNECT.replace("normal", "gently"), (400, "5084", "DisconnectMode")),
    ("/disconnects", DISCONNECT.replace("2015550100", ""), (400, "1003", "TelephoneNumber")),
    ("/disconnects", "<DisconnectTelephoneNumberOrder/>", (400, "1003", "DisconnectTelephoneNumberOrderType")),
    ("/subscriptions", "<Subscription", (400, "1019", "well-formed")),
    ("/tnoptions", "<TnOptionOrder>", (400, "1019", "well-formed")),
    ("/csrs", "<Csr><CustomerOrderId>#</CustomerOrderId></Csr>", (400, "5052", "CustomerOrderId")),
    ("/lidbs", "<Nope/>", (400, "1019", "LidbOrder")),
    ("/importTnOrders", "<Nope/>", (400, "1019", "ImportTnOrder")),
    ("/orders", b"x" * (LARGEST_BODY + 1), (413, "1011", "bytes")),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "answer"), HOSTILE)
def test_a_request_that_cannot_be_worked_is_refused_by_name(
    customer: Caller, store: LocalStore, path: str, body: str | bytes, answer: tuple[int, str, str]
) -> None:
    status, code, named = answer
    before = written(store)
    refused = customer("POST", path, body)
    assert refused.status == status
    codes = [found.text for found in refused.xml.iter() if found.tag in ("Code", "ErrorCode")]
    assert code in codes
    assert any(named in (found.text or "") for found in refused.xml.iter("Description"))
    assert written(store) == before


@pytest.mark.parametrize(
    "body",
    [
        "[]", '"text"', "{", '{"siteId": NaN}', '{"siteId": [[1]]}', '{"site id": 1}', '{"siteId": "\\u0000"}',
        '{"siteId": "\\ud800"}', '{"a":' * 5000 + "1" + "}" * 5000, '{"": 1}', "[" * 100000,
        '{"siteId": {"x": 1}}', f'{{"siteId": {"9" * 5000}}}', '{"siteId": 1, "SITEID": 2}',
    ],
)  # fmt: skip
def test_json_that_cannot_be_worked_is_refused_in_json(customer: Caller, store: LocalStore, body: str) -> None:
    before = written(store)
    refused = customer("POST", "/orders", body, Content_Type=JSON)
    assert (refused.status, refused.headers["Content-Type"]) == (400, JSON)
    assert refused.json["errorList"]["error"][0]["description"]
    assert written(store) == before


def test_all_that_is_wrong_is_said_at_once_and_the_request_handed_back(customer: Caller) -> None:
    refused = customer("POST", "/orders", ORDER.replace("743", "x").replace("2015550101", "1").replace("PO-1001", "#"))
    assert [error.text for error in refused.xml.iterfind("ErrorList/Error/Code")] == ["5052", "5016", "1008"]
    assert refused.said("Order/Name") == "spring numbers"


def test_a_note_is_the_users_own_and_no_longer_than_500(customer: Caller) -> None:
    order = customer("POST", "/orders", ORDER).id
    for body, code in (
        (NOTE.replace("<UserId>desk</UserId>", ""), "12501"),
        (NOTE.replace("<UserId>desk", "<UserId>else"), "12618"),
        (NOTE.replace("Please", "x" * 500), "1011"),
        (NOTE.replace("Please move the FOC to Friday.", " "), "1003"),
        ("<Note>", "1019"),
    ):
        refused = customer("POST", f"/orders/{order}/notes", body)
        assert (refused.status, refused.xml.tag) == (400, "NoteResponse")
        assert refused.said("ResponseStatus/ErrorCode") == code
    assert customer("GET", f"/orders/{order}/notes").status == 204


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"/orders/{NOBODY}", ""),
        ("GET", f"/portins/{NOBODY}", ""),
        ("GET", f"/disconnects/{NOBODY}", ""),
        ("GET", f"/tnoptions/{NOBODY}", ""),
        ("GET", f"/lsrorders/{NOBODY}", ""),
        ("GET", f"/orders/{NOBODY}/history", ""),
        ("GET", f"/orders/{NOBODY}/notes", ""),
        ("POST", f"/orders/{NOBODY}/notes", NOTE),
        ("POST", f"/orders/{NOBODY}/notes", "<broken"),
        ("PUT", f"/orders/{NOBODY}/notes/1", "<broken"),
        ("PUT", f"/subscriptions/{NOBODY}", "<broken"),
        ("DELETE", f"/subscriptions/{NOBODY}", ""),
        ("GET", "/subscriptions/%00%ff", ""),
    ],
)
def test_what_is_not_there_is_said_before_what_is_wrong_with_the_body(
    customer: Caller, method: str, path: str, body: str
) -> None:
    missing = customer(method, path, body)
    assert missing.status == 404
    assert missing.xml.findtext(".//Description")
    assert customer(method, path, body, Accept=JSON).json


def test_a_note_that_is_not_there_is_not_found(customer: Caller) -> None:
    order = customer("POST", "/orders", ORDER).id
    for answer in (
        customer("PUT", f"/orders/{order}/notes/7", NOTE),
        customer("PUT", f"/orders/{order}/notes/7", "<broken"),
        customer("GET", f"/orders/{order}/notes/7"),
    ):
        assert (answer.status, answer.said("ResponseStatus/ErrorCode")) == (404, "5040")


@pytest.mark.parametrize("order", ["x", "7C9E6679-7425-40DE-944B", "%2e%2e", "a%00b", "{}"])
def test_an_id_that_no_order_can_have_is_a_bad_request(customer: Caller, order: str) -> None:
    assert customer("GET", f"/portins/{order}").status == 400
    assert customer("GET", f"/orders/{order}").said(".//Code") == "5061"


def test_another_accounts_order_answers_like_one_that_nobody_has(customer: Caller, stranger: Caller) -> None:
    foreign = stranger("POST", "//accounts/9900001/portins", PORT_IN).id
    for below in ("", "/history", "/notes"):
        theirs, nobodys = (customer("GET", f"/portins/{order}{below}") for order in (foreign, NOBODY))
        assert (theirs.status, theirs.text.replace(foreign, NOBODY)) == (404, nobodys.text)
    for path in (f"/portins/{foreign}", f"/portins/{NOBODY}", "/orders", f"/subscriptions/{NOBODY}"):
        assert customer("GET", f"//accounts/9900001{path}").status == 403


def test_an_operator_may_act_in_any_account(operator: Caller) -> None:
    assert operator("POST", "//accounts/9900001/portins", PORT_IN).status == 201


@pytest.mark.parametrize(
    "header",
    [
        None, "", "Basic", "Basic !!", "Bearer abc", basic("desk", "wrong"), basic("nobody", "customer-secret"),
        "Basic ZGVzaw==", "Basic /////w==", "basic " + basic("", "x")[6:],
    ],
)  # fmt: skip
def test_wrong_credentials_are_challenged(nobody: Caller, header: str | None) -> None:
    refused = nobody("GET", "/orders", **({} if header is None else {"Authorization": header}))
    assert (refused.status, refused.headers["WWW-Authenticate"]) == (401, 'Basic realm="Docket"')
    assert refused.said("ResponseStatus/ErrorCode") == "1001"


@pytest.mark.parametrize(
    "path", ["//", "//nowhere", "/nowhere", f"/orders/{NOBODY}/x", f"/orders/{NOBODY}/notes/1/x", "//accounts",
             "//accounts/9900000", "//accounts/a%23b/orders", "/subscriptions/a/b", "//health/x"]
)  # fmt: skip
def test_a_path_that_is_not_there_gets_a_document(nobody: Caller, path: str) -> None:
    missing = nobody("GET", path)
    assert (missing.status, missing.xml.tag) == (404, "ErrorResponse")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/orders", "GET, HEAD, POST"),
        ("PATCH", f"/orders/{NOBODY}/status", "POST"),
        ("POST", f"/portins/{NOBODY}/history", "GET, HEAD"),
        ("POST", f"/subscriptions/{NOBODY}", "DELETE, GET, HEAD, PUT"),
        ("PUT", "//health", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_there_says_which_ones_are(nobody: Caller, method: str, path: str, allowed: str) -> None:
    refused = nobody(method, path)
    assert (refused.status, refused.headers["Allow"]) == (405, allowed)
    assert refused.said("ResponseStatus/Description")


def test_a_body_that_does_not_say_is_told_by_its_first_character(customer: Caller) -> None:
    json_order = '{"siteId": 1, "stateSearchAndOrderType": {"quantity": 1, "state": "NC"}}'
    for said in ("", "application/x-www-form-urlencoded"):
        assert customer("POST", "/orders", json_order, Content_Type=said).headers["Content-Type"] == JSON
        assert customer("POST", "/orders", ORDER, Content_Type=said).headers["Content-Type"] == "application/xml"


def test_only_xml_and_json_are_spoken(customer: Caller) -> None:
    assert customer("POST", "/orders", ORDER, Content_Type="text/plain").status == 415
    assert customer("GET", "/orders/x", Accept="text/html").status == 406
    assert customer("POST", "/orders", ORDER, Content_Type="text/xml; charset=utf-8").status == 201
    answered = customer("POST", "/orders", ORDER, Accept="text/html, application/json;q=0.9, */*;q=0.1")
    assert (answered.status, answered.headers["Content-Type"]) == (201, JSON)


@pytest.mark.parametrize(
    ("query", "named"),
    [("size=0", "size"), ("size=x", "size"), ("size=1001", "size"), ("page=2", "page"), (f"page={NOBODY}", "page"),
     ("status=lost", "status"), ("startdate=26-01-01", "startdate")],
)  # fmt: skip
def test_a_wrong_parameter_is_named(customer: Caller, query: str, named: str) -> None:
    refused = customer("GET", f"/portins?{query}")
    assert refused.status == 400
    assert named in (refused.said("Errors/Description") or "")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("{}", "Status"), ('{"status": ""}', "Status"), ('{"status": "FOC", "ifVersion": "x"}', "IfVersion"),
        ('{"status": "FOC", "ifVersion": 0}', "IfVersion"),
        ('{"status": "FOC", "actualFocDate": "x"}', "ActualFocDate"),
        ('{"status": "FOC", "completedTelephoneNumbers": ["1"]}', "CompletedTelephoneNumbers"),
        (json.dumps({"status": "FOC", "message": "x" * 1001}), "Message"), ("", "body"),
    ],
)  # fmt: skip
def test_a_move_that_cannot_be_understood_is_refused(customer: Caller, operator: Caller, body: str, named: str) -> None:
    order = customer("POST", "/portins", PORT_IN).id
    refused = operator("POST", f"/portins/{order}/status", body, Content_Type=JSON)
    assert refused.status == 400
    assert named in refused.json["responseStatus"]["description"]


def test_health_needs_no_credentials(nobody: Caller) -> None:
    health = nobody("GET", "//health")
    assert (health.status, health.json) == (200, {"status": "ok", "version": "test"})
    head = nobody("HEAD", "//health")
    assert (head.status, head.text) == (200, "")


class BrokenLedger:
    def order(self, key: object) -> object:
        raise RuntimeError(f"no way to {key}")


def test_each_request_is_one_line_and_a_fault_says_why(customer: Caller, logged: io.StringIO) -> None:
    customer("POST", "/subscriptions", CALLBACK)
    [line] = map(json.loads, logged.getvalue().splitlines())
    assert (line["event"], line["route"], line["status"]) == ("http.answered", "/accounts/{account}/subscriptions", 201)
    assert (line["method"], line["account"], line["user"]) == ("POST", "9900000", "desk")
    ledger: Any = BrokenLedger()
    wiring.use(replace(wiring.services(), ledger=ledger))
    broken = customer("GET", f"/orders/{NOBODY}")
    assert (broken.status, broken.said(".//Code")) == (500, "1000")
    fault = json.loads(logged.getvalue().splitlines()[1])
    assert (fault["event"], fault["level"]) == ("http.failed", "error")
    assert "trace" in fault


def test_a_store_that_is_away_is_a_fault_that_passes(customer: Caller, store: LocalStore) -> None:
    store.close()
    away = customer("GET", f"/orders/{NOBODY}")
    assert (away.status, away.headers["Retry-After"]) == (503, "1")
