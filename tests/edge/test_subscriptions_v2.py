"""Subscriptions of version 2 over HTTP, and how each version shows the other's."""

import json
from typing import Any

import pytest

from tests.edge.desk import NOBODY, Caller, Reply
from tests.edge.requests import CALLBACK, EMAIL, JSON, PORT_IN, XML

PATH = "/v2/subscriptions"
HOOK = {
    "url": "http://127.0.0.1:8181/hook",
    "basicAuthentication": {"username": "hookuser", "password": "hookpass"},
    "sharedSecretKey": "shared-key",
}
WISH: dict[str, Any] = {
    "definition": "Bandwidth_App_Order_Update",
    "filters": {"orderType": ["portins", "DISCONNECTS"], "eventType": ["note"]},
    "webhook": HOOK,
}


def post(caller: Caller, wish: dict[str, Any], path: str = PATH, method: str = "POST", **headers: str) -> Reply:
    return caller(method, path, json.dumps(wish), Content_Type=JSON, **headers)


def test_a_subscription_is_made_shown_changed_and_deleted(customer: Caller) -> None:
    made = post(customer, WISH)
    assert made.status == 201
    assert made.headers["Location"].endswith(f"/accounts/9900000/v2/subscriptions/{made.id}")
    assert made.json["webhookSecret"] == made.headers["Docket-Webhook-Secret"]
    shown = customer("GET", f"{PATH}/{made.id}")
    assert shown.json["filters"] == {"orderType": ["portins", "disconnects"], "eventType": ["note"]}
    assert shown.json["webhook"] == {
        "url": HOOK["url"], "basicAuthentication": {"username": "hookuser"}, "numberFormat": "E164", "signed": True,
        "status": "READY",
    }  # fmt: skip
    assert "expiresAt" not in shown.json
    assert not {"hookpass", "shared-key", "whsec_"} & set(shown.text.replace('"', " ").split())
    changed = post(customer, {"definition": "Bandwidth_App_Order_Update", "email": {"address": "a@b.net"}},
                   f"{PATH}/{made.id}", "PUT")  # fmt: skip
    assert (changed.status, changed.json["filters"], changed.json["email"]) == (
        200, {}, {"address": "a@b.net", "digest": "NONE"},
    )  # fmt: skip
    gone = customer("DELETE", f"{PATH}/{made.id}")
    assert (gone.status, gone.text) == (204, "")
    missing = customer("GET", f"{PATH}/{made.id}")
    assert (missing.status, missing.json["type"]) == (404, "not found")


def test_what_version_2_makes_version_1_lists(customer: Caller) -> None:
    made = post(customer, WISH)
    [shown] = customer("GET", "/subscriptions").xml.iter("Subscription")
    assert [child.tag for child in shown] == [
        "SubscriptionId", "OrderType", "CallbackSubscription", "Definition", "OrderTypes", "EventTypes",
    ]  # fmt: skip
    assert (shown.findtext("SubscriptionId"), shown.findtext("OrderType")) == (made.id, "portins")
    assert [each.text for each in shown.iter("OrderType")][1:] == ["portins", "disconnects"]
    assert shown.find(".//Expiry") is None
    for query, count in (("disconnects", 1), ("orders", 0)):
        assert len(list(customer("GET", f"/subscriptions?orderType={query}").xml.iter("SubscriptionId"))) == count


def test_what_version_1_makes_version_2_lists(customer: Caller) -> None:
    order = customer("POST", "/portins", PORT_IN).id
    bound = CALLBACK.replace("</OrderType>", f"</OrderType><OrderId>{order}</OrderId>")
    event = EMAIL.replace("OrderType>", "EventType>").replace("orders<", "MESSAGING_LOST<")
    for each in (bound, event):
        assert customer("POST", "/subscriptions", each).status == 201
    first, second = customer("GET", PATH).json["subscriptions"]
    assert (first["version"], first["filters"]) == (1, {"orderType": ["portins"], "orderId": [order]})
    assert "expiresAt" in first
    assert (second["definition"], second["filters"]) == ("Docket_Account_Event", {"eventType": ["MESSAGING_LOST"]})


def test_a_receiver_may_be_subscribed_in_both_versions_but_in_neither_twice(customer: Caller) -> None:
    wish = {**WISH, "filters": {"orderType": ["portins"]}}
    assert customer("POST", "/subscriptions", CALLBACK).status == 201
    assert post(customer, wish).status == 201
    again = {**wish, "filters": {"orderType": ["PORTINS"], "eventType": ["note", "order_change"]}}
    duplicate = post(customer, again)
    assert (duplicate.status, duplicate.json["type"]) == (409, "conflict")


def test_the_same_request_again_gives_the_first_answer(customer: Caller) -> None:
    first, again = (post(customer, WISH, Idempotency_Key="once") for _ in range(2))
    assert (first.status, again.status, again.text) == (201, 201, first.text)


def test_no_filters_mean_every_type(customer: Caller) -> None:
    post(customer, {"definition": "Bandwidth_App_Order_Update", "webhook": HOOK})
    shown = customer("GET", "/subscriptions", Accept=JSON).json["subscriptions"]["subscription"][0]
    assert len(shown["orderTypes"]["orderType"]) == 22
    assert shown["orderType"] == "orders"


def test_single_orders_must_be_there(customer: Caller) -> None:
    order = customer("POST", "/portins", PORT_IN).id
    wish = {**WISH, "filters": {"orderType": ["orders", "portins"], "orderId": [order]}}
    assert post(customer, wish).status == 201
    missing = post(customer, {**WISH, "filters": {"orderType": ["portins"], "orderId": [NOBODY]}})
    assert (missing.status, list(missing.json["errors"])) == (404, ["orderId"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"definition": None}, "definition"),
        ({"definition": "Other"}, "definition"),
        ({"filters": {"orderType": ["teapots"]}}, "orderType"),
        ({"filters": {"eventType": ["MESSAGING_LOST"]}}, "eventType"),
        ({"filters": {"orderId": ["x"]}}, "orderId"),
        ({"filters": {"phoneNumber": ["2015550100"]}}, "filters"),
        ({"filters": {"orderType": [""]}}, "orderType"),
        ({"filters": {"orderId": [NOBODY[:-2] + f"{n:02}" for n in range(50)]}}, "orderId"),
        ({"definition": "Docket_Account_Event", "filters": {"orderType": ["orders"]}}, "orderType"),
        ({"webhook": None}, "webhook"),
        ({"email": {"address": "a@b.net"}}, "webhook"),
        ({"webhook": {}}, "url"),
        ({"webhook": {**HOOK, "url": "http://10.0.0.1/"}}, "url"),
        ({"webhook": {**HOOK, "basicAuthentication": {"username": "u"}}}, "password"),
        ({"webhook": {**HOOK, "basicAuthentication": {"username": "u" * 101, "password": "p"}}}, "username"),
        ({"webhook": {**HOOK, "sharedSecretKey": "ü"}}, "sharedSecretKey"),
        ({"webhook": {**HOOK, "publicKey": "%"}}, "publicKey"),
        ({"webhook": {**HOOK, "numberFormat": "ROMAN"}}, "numberFormat"),
    ],
)
def test_what_is_wrong_is_named_by_field(customer: Caller, changes: dict[str, Any], field: str) -> None:
    refused = post(customer, {**WISH, **changes})
    assert (refused.status, refused.json["type"]) == (400, "bad request")
    assert list(refused.json["errors"]) == [field]
    assert customer("GET", PATH).json["subscriptions"] == []


def test_nothing_but_json_is_spoken(customer: Caller, nobody: Caller) -> None:
    assert customer("POST", PATH, CALLBACK, Content_Type=XML).status == 415
    refused = customer("GET", PATH, Accept=XML)
    assert (refused.status, refused.json["type"]) == (406, "not acceptable")
    assert nobody("GET", PATH).json["type"] == "unauthorized"
    assert customer("PATCH", PATH).json["type"] == "method not allowed"


def test_a_long_list_goes_on_behind_its_links(customer: Caller) -> None:
    ids = [
        post(customer, {**WISH, "webhook": {**HOOK, "url": f"http://127.0.0.1:8181/{n}"}}).id for n in range(5)
    ]  # fmt: skip
    seen, query = [], f"{PATH}?size=2"
    while query:
        page = customer("GET", query).json
        seen += [each["id"] for each in page["subscriptions"]]
        link = page["links"].get("next")
        query = link.partition("/accounts/9900000")[2].partition(">")[0] if link else ""
        customer("DELETE", f"{PATH}/{seen[-1]}")  # what goes meanwhile costs no other
    assert sorted(seen) == sorted(ids)
