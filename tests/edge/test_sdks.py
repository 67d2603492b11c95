"""What the public SDKs that `make compat` does not run need: the exact requests they send, the shapes they read."""

import re
import socket
from collections.abc import Iterator

import pytest

import app
from infra.local.server import Server
from tests.edge.desk import ACCOUNT, Caller, basic
from tests.edge.requests import DISCONNECT, EMAIL, NOTE, ORDER, PORT_IN

XML, JSON = "application/xml", "application/json"
PORT_TYPES = {None, "AUTOMATED", "INTERNAL", "MANUALOFFNET", "MANUALONNET", "MANUALTOLLFREE"}
CENTURY = 3_122_064_000
"""Seconds of 99 years, as customers wish for a subscription that never ends: more than 31 bits."""


@pytest.fixture
def port() -> Iterator[int]:
    """Of an HTTP server on the loopback, whose answers are read as they are on the wire."""
    server = Server(app.app, host="127.0.0.1", port=0)
    server.start()
    yield server.port
    server.stop(within=5)


def _raw(port: int, method: str, path: str, body: str = "", **headers: str) -> str:
    """An answer as it is on the wire."""
    given = {"Host": f"127.0.0.1:{port}", "Content-Length": str(len(body)), "Connection": "close", **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode())
        pieces = iter(lambda: connection.recv(65536), b"")
        return b"".join(pieces).decode()


def _sent(caller: Caller, method: str, path: str, body: str = "", **headers: str) -> str:
    """A request that must be taken; the id of what it made."""
    answer = caller(method, path, body, Content_Type=XML, **headers)
    assert answer.status in (200, 201), answer.text
    return answer.id if "Location" in answer.headers else ""


def test_java_reads_the_header_location_in_exactly_these_letters(port: int) -> None:
    """And its first request has no credentials: it waits for a challenge."""
    path = f"/v1.0/accounts/{ACCOUNT}/subscriptions"
    unknown = _raw(port, "GET", path)
    assert unknown.startswith("HTTP/1.1 401 ")
    assert re.search(r'^WWW-Authenticate: Basic realm="', unknown, re.MULTILINE | re.IGNORECASE)
    secret = {"Authorization": basic("desk", "customer-secret"), "Content-Type": XML}
    made = _raw(port, "POST", path, EMAIL, **secret)
    assert re.search(rf"^Location: http://127\.0\.0\.1:{port}{path}/[0-9a-f-]{{36}}\r$", made, re.MULTILINE), made


@pytest.mark.parametrize("prefix", ["", "/api", "/v1.0", "/api/v1", "/api/v2"])
def test_ruby_follows_only_absolute_links_below_v1_0(customer: Caller, prefix: str) -> None:
    for _ in range(2):
        _sent(customer, "POST", "/portins", PORT_IN)
    listed = customer("GET", f"/{prefix}/accounts/{ACCOUNT}/portins?page=1&size=1")
    following = listed.said("Links/next") or ""
    found = re.search("<(.*)>", following)
    assert found, following
    assert re.match(r"^http.*/v1\.0", found[1])
    rest = re.sub(r"^http.*/v1\.0", "", found[1])  # what the SDK asks for next
    assert customer("GET", f"/{rest}").status == 200


def test_csharp_asks_for_port_ins_with_a_closing_slash_and_reads_its_enum(customer: Caller) -> None:
    order = _sent(customer, "POST", "/portins", PORT_IN)
    listed = customer("GET", "/portins/?page=1&size=500", Accept=XML)
    assert (listed.status, listed.said("lnpPortInfoForGivenStatus/OrderId")) == (200, order)
    assert customer("GET", f"/portins/{order}").said("PortType") in PORT_TYPES


def test_csharp_finds_no_empty_date_number_or_truth(customer: Caller, operator: Caller) -> None:
    """Its serializer fails on an empty element of such a type."""
    answers = []
    for resource, body in (("orders", ORDER), ("portins", PORT_IN), ("disconnects", DISCONNECT)):
        order = _sent(customer, "POST", f"/{resource}", body)
        state = '{"status": "COMPLETE"}' if resource != "portins" else '{"status": "FOC"}'
        answers += [customer("GET", f"/{resource}/{order}"), customer("GET", f"/{resource}")]
        assert operator("POST", f"/{resource}/{order}/status", state, Content_Type=JSON).status == 200
        answers += [customer("GET", f"/{resource}/{order}"), customer("GET", f"/{resource}/{order}/history")]
    empty = re.compile(r"<(\w*(?:Date|DateModifier|Quantity|Count|Requested|Allowed|Triggered|OfTNs))\s*/>")
    assert [found for answer in answers for found in empty.findall(answer.text)] == []


def test_csharp_reads_expiry_as_a_number_of_64_bits(customer: Caller) -> None:
    wish = (
        "<Subscription><OrderType>orders</OrderType><CallbackSubscription><URL>http://127.0.0.1:8181/h</URL>"
        f"<Expiry>{CENTURY}</Expiry></CallbackSubscription></Subscription>"
    )
    made = _sent(customer, "POST", "/subscriptions", wish)
    left = customer("GET", f"/subscriptions/{made}").said("Subscriptions/Subscription/CallbackSubscription/Expiry")
    assert left is not None
    assert CENTURY - 60 <= int(left) <= CENTURY


@pytest.mark.parametrize("resource", ["orders", "portins", "disconnects"])
def test_a_new_note_is_in_the_very_next_list_under_the_id_of_its_location(customer: Caller, resource: str) -> None:
    """Ruby and C# look for it there, and have no notes as 204."""
    body = {"orders": ORDER, "portins": PORT_IN, "disconnects": DISCONNECT}[resource]
    order = _sent(customer, "POST", f"/{resource}", body)
    none = customer("GET", f"/{resource}/{order}/notes", Accept=XML)
    assert (none.status, none.text) == (204, "")
    note = _sent(customer, "POST", f"/{resource}/{order}/notes", NOTE)
    assert customer("GET", f"/{resource}/{order}/notes", Accept=XML).said("Note/Id") == note
    assert re.fullmatch("[1-9][0-9]{0,8}", note)


def test_java_adds_notes_with_put_and_changes_them_with_post(customer: Caller) -> None:
    order = _sent(customer, "POST", "/orders", ORDER)
    note = _sent(customer, "PUT", f"/orders/{order}/notes", NOTE)
    _sent(customer, "POST", f"/orders/{order}/notes/{note}", NOTE.replace("Friday", "Monday"))
    assert "Monday" in (customer("GET", f"/orders/{order}/notes").said("Note/Description") or "")


@pytest.mark.parametrize("path", ["/importtnorders", "/importToAccounts", "/LSRORDERS", "/bulkportins/"])
def test_segments_are_read_without_regard_to_case(customer: Caller, path: str) -> None:
    """As Node, Ruby and Java spell them."""
    assert customer("GET", path).status in (200, 204)


def test_numbers_java_sdk_asks_for_a_customer_order_id(customer: Caller) -> None:
    """Its own header is passed over; no orders are 204 to it."""
    query = "/orders?customerOrderId={}&page=1&size=100"
    _sent(customer, "POST", "/orders", ORDER, x_realm="admin")
    assert customer("GET", query.format("PO-1001"), x_realm="admin").status == 200
    assert customer("GET", query.format("PO-9"), x_realm="admin").status == 204


def test_php_reads_names_as_they_are_on_the_wire(customer: Caller) -> None:
    _sent(customer, "POST", "/orders", ORDER)
    _sent(customer, "POST", "/portins", PORT_IN)
    assert customer("GET", "/orders?page=1&size=30").said("ListOrderIdUserIdDate/OrderIdUserIdDate/orderId")
    assert customer("GET", "/portins?page=1&size=30").said("lnpPortInfoForGivenStatus/OrderId")
    assert customer("GET", "/subscriptions").xml.find("Subscriptions") is not None


def test_the_band_cli_drafts_submits_and_cancels_a_port_in(customer: Caller) -> None:
    draft = PORT_IN.replace("</LnpOrder>", "<ProcessingStatus>DRAFT</ProcessingStatus></LnpOrder>")
    order = _sent(customer, "POST", "/portins", draft)
    assert customer("GET", f"/portins/{order}/history").said("IrisStatus/Code") == "7710"
    submit = "<LnpOrderSupp><ProcessingStatus>SUBMITTED</ProcessingStatus></LnpOrderSupp>"
    _sent(customer, "PUT", f"/portins/{order}", submit)
    assert customer("GET", f"/portins/{order}").said("ProcessingStatus") in ("PENDING_DOCUMENTS", "SUBMITTED")
    assert customer("DELETE", f"/portins/{order}").status == 200
    assert customer("GET", f"/portins/{order}").said("ProcessingStatus") == "REQUESTED_CANCEL"


def test_a_token_is_met_with_the_challenge_for_basic(nobody: Caller) -> None:
    refused = nobody("GET", "/portins", Authorization="Bearer abc")
    assert (refused.status, refused.headers["WWW-Authenticate"]) == (401, 'Basic realm="Docket"')
