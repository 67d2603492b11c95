"""Subscriptions over HTTP."""

import base64
import json

import pytest

from tests.edge.desk import NOBODY, Caller
from tests.edge.requests import CALLBACK, EMAIL, JSON, PORT_IN


def test_a_subscription_is_answered_without_a_body_but_with_its_secret(customer: Caller) -> None:
    made = customer("POST", "//v1.0/accounts/9900000/subscriptions", CALLBACK)
    assert (made.status, made.text) == (201, "")
    assert made.headers["Location"] == f"http://desk.test/v1.0/accounts/9900000/subscriptions/{made.id}"
    assert made.headers["Docket-Webhook-Secret"].startswith("whsec_")
    assert "Docket-Webhook-Secret" not in customer("POST", "/subscriptions", EMAIL).headers


def test_a_json_answer_holds_the_secret_once(customer: Caller) -> None:
    request = {"orderType": "portins", "callbackSubscription": {"url": "http://127.0.0.1:8181/hook"}}
    made = customer("POST", "/subscriptions", json.dumps(request), Content_Type=JSON)
    [shown] = made.json["subscriptions"]["subscription"]
    assert shown["webhookSecret"] == made.headers["Docket-Webhook-Secret"]
    [again] = customer("GET", f"/subscriptions/{made.id}", Accept=JSON).json["subscriptions"]["subscription"]
    assert "webhookSecret" not in again
    assert again["callbackSubscription"]["expiry"] in (86399, 86400)


def test_a_mailbox_that_becomes_a_callback_is_answered_with_its_secret_once(customer: Caller) -> None:
    path = f"/subscriptions/{customer('POST', '/subscriptions', EMAIL).id}"
    assert customer("PUT", path, CALLBACK).headers["Docket-Webhook-Secret"].startswith("whsec_")
    assert "Docket-Webhook-Secret" not in customer("PUT", path, CALLBACK).headers


def test_one_subscription_looks_like_a_list_of_one(customer: Caller) -> None:
    request = CALLBACK.replace(
        "</CallbackSubscription>",
        "<CallbackCredentials><BasicAuthentication><Username>hookuser</Username><Password>hookpass</Password>"
        "</BasicAuthentication></CallbackCredentials><NumberFormat>E164</NumberFormat></CallbackSubscription>",
    )
    made = customer("POST", "/subscriptions", request)
    shown = customer("GET", f"/subscriptions/{made.id}")
    found = shown.xml.find("Subscriptions/Subscription")
    assert found is not None
    assert [child.tag for child in found][:3] == ["SubscriptionId", "OrderType", "CallbackSubscription"]
    callback = found.find("CallbackSubscription")
    assert callback is not None
    assert [child.tag for child in callback] == ["URL", "Expiry", "Status", "CallbackCredentials", "NumberFormat"]
    assert callback.findtext("Status") == "READY"
    assert int(callback.findtext("Expiry") or 0) in (599, 600)
    assert callback.findtext("CallbackCredentials/BasicAuthentication/Username") == "hookuser"
    assert "hookpass" not in shown.text


def test_no_subscriptions_are_an_empty_list(customer: Caller) -> None:
    assert "<Subscriptions/>" in customer("GET", "/subscriptions").text
    assert customer("GET", "/subscriptions", Accept=JSON).json == {"subscriptions": {"subscription": []}}


def test_lists_are_filtered_by_type_in_any_spelling_and_by_order(customer: Caller) -> None:
    order = customer("POST", "/portins", PORT_IN).id
    bound = CALLBACK.replace("</OrderType>", f"</OrderType><OrderId>{order.upper()}</OrderId>")
    ids = [customer("POST", "/subscriptions", body).id for body in (CALLBACK, EMAIL, bound)]

    def found(query: str) -> list[str | None]:
        return [each.text for each in customer("GET", f"/subscriptions{query}").xml.iter("SubscriptionId")]

    assert found("") == ids
    assert found("?orderType=PORTINS") == [ids[0], ids[2]]
    assert found(f"?orderType=portins&orderId={order}") == [ids[2]]
    assert found("?orderType=dldas") == []


def test_put_replaces_and_delete_ends(customer: Caller) -> None:
    made = customer("POST", "/subscriptions", CALLBACK)
    changed = customer("PUT", f"/subscriptions/{made.id}", EMAIL)
    assert (changed.status, changed.text) == (200, "")
    assert customer("GET", f"/subscriptions/{made.id}").said(".//Email") == "ops@example.net"
    gone = customer("DELETE", f"/subscriptions/{made.id}")
    assert (gone.status, gone.text) == (200, "")
    missing = customer("GET", f"/subscriptions/{made.id}")
    assert (missing.status, missing.said("ResponseStatus/ErrorCode")) == (404, "16000")
    assert customer("DELETE", f"/subscriptions/{made.id}").status == 404


def test_the_same_target_twice_is_a_duplicate_but_a_replay_is_not(customer: Caller) -> None:
    first = customer("POST", "/subscriptions", CALLBACK, Idempotency_Key="once")
    again = customer("POST", "/subscriptions", CALLBACK, Idempotency_Key="once")
    assert (again.status, again.id) == (201, first.id)
    assert again.headers["Docket-Webhook-Secret"] == first.headers["Docket-Webhook-Secret"]
    duplicate = customer("POST", "/subscriptions", CALLBACK)
    assert (duplicate.status, duplicate.said("ResponseStatus/ErrorCode")) == (409, "16008")


def callback(content: str) -> str:
    target = f"<CallbackSubscription>{content}</CallbackSubscription>"
    return f"<Subscription><OrderType>orders</OrderType>{target}</Subscription>"


URL = "<URL>http://127.0.0.1:8181/</URL>"
BASIC = "<CallbackCredentials><BasicAuthentication>{}</BasicAuthentication></CallbackCredentials>"


@pytest.mark.parametrize(
    ("request_", "code", "field"),
    [
        (CALLBACK.replace("portins", "portinz"), "14500", "OrderType"),
        (CALLBACK.replace("OrderType>", "EventType>"), "14507", "EventType"),
        (CALLBACK.replace("<OrderType>portins</OrderType>", ""), "14508", "OrderType"),
        (CALLBACK.replace("<Sub", "<Subs").replace("</Sub", "</Subs"), "14501", "Subscription"),
        ("<Subscription><OrderType>orders</OrderType></Subscription>", "14501", "CallbackSubscription"),
        (EMAIL.replace("NONE", "HOURLY"), "14502", "DigestRequested"),
        (EMAIL.replace("ops@example.net", "ops at example"), "14501", "Email"),
        (EMAIL.replace("ops@example.net", "a@example.net\nBcc: b@example.net"), "14501", "Email"),
        (callback(""), "14503", "URL"),
        (callback("<URL/>"), "14503", "URL"),
        (callback("<URL>ftp://example.net/</URL>"), "14506", "URL"),
        (callback("<URL>http://[::1/</URL>"), "14506", "URL"),
        (callback("<URL>http://10.0.0.1/</URL>"), "14506", "URL"),
        (callback("<URL>http://169.254.169.254/latest</URL>"), "14506", "URL"),
        (callback("<URL>http://127.0.0.1:25/</URL>"), "14506", "URL"),
        (callback(URL + "<Expiry>soon</Expiry>"), "14501", "Expiry"),
        (callback(URL + "<Expiry>-1</Expiry>"), "14501", "Expiry"),
        (callback(URL + "<Expiry>0</Expiry>"), "14501", "Expiry"),
        (callback(URL + "<Expiry>9223372036854775808</Expiry>"), "14501", "Expiry"),
        (callback(URL + "<NumberFormat>ROMAN</NumberFormat>"), "14501", "NumberFormat"),
        (callback(URL + BASIC.format("<Username>u</Username>")), "14505", "Password"),
        (callback(URL + BASIC.format("<Password>p</Password><Username> </Username>")), "14505", "Username"),
        (callback(URL + "<CallbackCredentials><PublicKey>%%%</PublicKey></CallbackCredentials>"), "14504", "PublicKey"),
        (
            callback(
                f"{URL}<CallbackCredentials><PublicKey>{base64.b64encode(b'no certificate').decode()}</PublicKey>"
                "</CallbackCredentials>"
            ),
            "14504",
            "PublicKey",
        ),
    ],
)
def test_what_is_wrong_with_a_subscription_is_named(customer: Caller, request_: str, code: str, field: str) -> None:
    refused = customer("POST", "/subscriptions", request_)
    assert refused.status == 400
    assert refused.xml.tag == "SubscriptionsResponse"
    assert refused.said("ResponseStatus/ErrorCode") == code
    assert field in (refused.said("ResponseStatus/Description") or "")
    assert customer("GET", "/subscriptions", Accept=JSON).json["subscriptions"]["subscription"] == []


@pytest.mark.parametrize("expiry", ["1", "3122064000", "9223372036854775807"])
def test_an_expiry_may_be_as_long_as_64_bits(customer: Caller, expiry: str) -> None:
    assert customer("POST", "/subscriptions", callback(f"{URL}<Expiry>{expiry}</Expiry>")).status == 201


def test_the_order_of_a_subscription_must_be_the_accounts_own(customer: Caller, stranger: Caller) -> None:
    foreign = stranger("POST", "//accounts/9900001/portins", PORT_IN).id
    answers = [
        customer("POST", "/subscriptions", CALLBACK.replace("</OrderType>", f"</OrderType><OrderId>{order}</OrderId>"))
        for order in (foreign, NOBODY)
    ]
    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].text.replace(foreign, NOBODY) == answers[1].text
    assert answers[0].said("ResponseStatus/ErrorCode") == "16004"


def test_several_things_wrong_are_all_said(customer: Caller) -> None:
    wrong = callback("<URL>nowhere</URL><Expiry>soon</Expiry>")
    description = customer("POST", "/subscriptions", wrong).said("ResponseStatus/Description") or ""
    assert "URL" in description
    assert "Expiry" in description
