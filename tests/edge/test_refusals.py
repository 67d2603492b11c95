"""What cannot be: the right status, a document that names the field, nothing written, and never a 500."""

import json

import pytest

from chalicelib.edge.visit import LARGEST_BODY
from infra.local.store import LocalStore
from tests.edge.desk import NOBODY, Caller
from tests.edge.requests import DISCONNECT, JSON, NOTE, ORDER, PORT_IN

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<Order><SiteId>&b;</SiteId></Order>"
)
EXTERNAL = '<!DOCTYPE Order [<!ENTITY x SYSTEM "file:///etc/passwd">]><Order><Name>&x;</Name></Order>'
DEEP = f"{'<a>' * 5000}{'</a>' * 5000}"


def written(customer: Caller, store: LocalStore) -> object:
    """How often anything was written; that the customer was here at all is noted by now, once an hour."""
    assert customer("GET", "/orders").status == 200
    return store.vitals()["commits"]


def _way(way: str, content: str) -> str:
    """An order for numbers in one way."""
    tag = "ExistingTelephoneNumberOrderType" if way == "Existing" else f"{way}SearchAndOrderType"
    return f"<Order><SiteId>1</SiteId><{tag}>{content}</{tag}></Order>"


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
    ("/orders", "<Order/>", (400, "5022", "ExistingTelephoneNumberOrderType")),
    ("/orders", _way("Existing", ""), (400, "1003", "TelephoneNumber")),
    ("/orders", _way("Existing", "<TelephoneNumberList><TelephoneNumber/></TelephoneNumberList>"),
     (400, "1003", "TelephoneNumber")),
    ("/orders", _way("AreaCode", "<Quantity>1</Quantity>"), (400, "1003", "AreaCode is required")),
    ("/orders", _way("AreaCode", "<AreaCode>9195</AreaCode><Quantity>1</Quantity>"), (400, "1008", "AreaCode")),
    ("/orders", _way("AreaCode", ""), (400, "1003", "AreaCode is required; Quantity is required")),
    ("/orders", _way("State", "<State>NC</State>"), (400, "1003", "Quantity is required")),
    ("/orders", ORDER.replace("</Order>", "<StateSearchAndOrderType/></Order>"), (400, "1005", "StateSearch")),
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
    before = written(customer, store)
    refused = customer("POST", path, body)
    assert refused.status == status
    codes = [found.text for found in refused.xml.iter() if found.tag in ("Code", "ErrorCode")]
    assert code in codes
    assert any(named in (found.text or "") for found in refused.xml.iter("Description"))
    assert written(customer, store) == before


@pytest.mark.parametrize(
    "body",
    [
        "[]", '"text"', "{", '{"siteId": NaN}', '{"siteId": [[1]]}', '{"site id": 1}', '{"siteId": "\\u0000"}',
        '{"siteId": "\\ud800"}', '{"a":' * 5000 + "1" + "}" * 5000, '{"": 1}', "[" * 100000,
        '{"siteId": {"x": 1}}', f'{{"siteId": {"9" * 5000}}}', '{"siteId": 1, "SITEID": 2}',
    ],
)  # fmt: skip
def test_json_that_cannot_be_worked_is_refused_in_json(customer: Caller, store: LocalStore, body: str) -> None:
    before = written(customer, store)
    refused = customer("POST", "/orders", body, Content_Type=JSON)
    assert (refused.status, refused.headers["Content-Type"]) == (400, JSON)
    assert refused.json["errorList"]["error"][0]["description"]
    assert written(customer, store) == before


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
