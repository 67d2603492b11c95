"""The door: who may come in, by which path and method, what is spoken, and what it says of our own faults."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib import wiring
from infra.local.store import LocalStore
from tests.edge.desk import NOBODY, Caller, basic
from tests.edge.requests import CALLBACK, JSON, NOTE, ORDER, PORT_IN


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


@pytest.mark.parametrize("account", ["abc", "12345678901", "99-1", "%20"])
def test_what_cannot_be_an_account_number_is_no_account(operator: Caller, account: str) -> None:
    assert operator("POST", f"//accounts/{account}/orders", ORDER).status == 404
    assert operator("GET", f"//accounts/{account}/subscriptions").status == 404
