"""Events of an account, and subscriptions of version 2, from asking for them to what a receiver makes of them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from xml.etree import ElementTree as ET

import requests
from docket_receiver import Receiver as Kit

from tests.local.client import DISCONNECT, Client, Desk
from tests.local.mailbox import mails
from tests.local.process import Docket, until
from tests.local.receiver import Received, Receiver

ANN = "ann@books.example"
KEY = "a key of the receiver's own"
EVENT = (
    "<Event><EventType>MESSAGING_LOST</EventType><ImpactedTelephoneNumbers><TelephoneNumber>+19195551234"
    "</TelephoneNumber><TelephoneNumber>9195551235</TelephoneNumber></ImpactedTelephoneNumbers></Event>"
)
WISH = "<Subscription><EventType>MESSAGING_LOST</EventType>{}</Subscription>"


def subscribe(customer: Client, wish: dict[str, object]) -> requests.Response:
    path, media = "/v2/subscriptions", {"Content-Type": "application/json"}
    return customer.do("POST", path, json.dumps(wish), **media)


def signed_by(key: str, told: Received) -> bool:
    """As a receiver checks it that knows of version 2 only what its documentation says."""
    expected = base64.b64encode(hmac.new(key.encode(), told.body, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(expected, told.headers["x-bandwidth-signature-sha-256"])


def test_an_event_reaches_who_subscribed_to_it_and_nobody_else(docket: Docket, receive: Callable[[], Receiver]) -> None:
    """By callback in the words of version 1, by JSON in those of version 2, by mail; never to who wants orders."""
    customer, desk, receiver = Client(docket), Desk(docket), receive()
    url = f"<CallbackSubscription><URL>{receiver.url}/events</URL></CallbackSubscription>"
    made = customer.do("POST", "/subscriptions", WISH.format(url))
    customer.do("POST", "/subscriptions", WISH.format(f"<EmailSubscription><Email>{ANN}</Email></EmailSubscription>"))
    customer.subscribe("disconnects", url=f"{receiver.url}/orders")
    hook = {"url": f"{receiver.url}/json"}
    second = subscribe(customer, {"definition": "Docket_Account_Event", "webhook": hook})

    assert customer.ask("POST", "/events", EVENT).status_code == 403
    raised = desk.do("POST", "/events", EVENT, **{"Idempotency-Key": "lost"})
    again = desk.do("POST", "/events", EVENT, **{"Idempotency-Key": "lost"})
    assert (raised.status_code, again.headers["Location"]) == (201, raised.headers["Location"])
    assert customer.do("GET", "/events/1").content == raised.content

    (told,) = until(lambda: receiver.at("/events"), what="the event")
    document = ET.fromstring(told.body)
    assert [child.tag for child in document] == ["SubscriptionId", "EventType", "ImpactedTelephoneNumbers"]
    assert told.fields["SubscriptionId"] == made.headers["Location"].rpartition("/")[2]
    assert told.fields["EventType"] == "MESSAGING_LOST"
    assert [number.text for number in document.iter("TelephoneNumber")] == ["9195551234", "9195551235"]
    assert (told.sequence, told.headers["docket-attempt"]) == (1, "1")
    accepted = Kit(made.headers["Docket-Webhook-Secret"]).accept(told.headers, told.body)
    assert accepted
    assert accepted.content["impactedTelephoneNumbers"] == ["9195551234", "9195551235"]

    (told,) = until(lambda: receiver.at("/json"), what="the event in version 2")
    accepted = Kit(second.headers["Docket-Webhook-Secret"]).accept(told.headers, told.body)
    assert accepted
    assert accepted.content["eventType"] == "MESSAGING_LOST"
    assert accepted.content["impactedTelephoneNumbers"] == ["+19195551234", "+19195551235"]

    (mail,) = until(lambda: mails(docket, ANN), what="the mail")
    assert (mail["X-Docket-Event"], mail["Reply-To"]) == ("event MESSAGING_LOST", None)

    desk.move("disconnects", customer.place("disconnects", DISCONNECT), "COMPLETE")
    until(lambda: receiver.at("/orders"), what="an order")
    assert [len(receiver.at(path)) for path in ("/orders", "/events", "/json")] == [1, 1, 1]


def test_version_2_tells_of_states_and_notes_in_json_under_two_signatures(
    docket: Docket, receive: Callable[[], Receiver]
) -> None:
    """All types by one subscription; a filter leaves out notes; the end of an order ends none of them."""
    customer, desk, receiver = Client(docket), Desk(docket), receive()
    user = {"username": "hookuser", "password": "hookpass"}
    hook = {"url": f"{receiver.url}/all", "basicAuthentication": user, "sharedSecretKey": KEY}
    made = subscribe(customer, {"definition": "Bandwidth_App_Order_Update", "webhook": hook})
    order = customer.place("disconnects", DISCONNECT)
    changes = {"eventType": ["order_change"], "orderId": [order]}
    one = subscribe(
        customer,
        {"definition": "Bandwidth_App_Order_Update", "filters": changes, "webhook": {"url": f"{receiver.url}/one"}},
    )
    customer.note("disconnects", order, "Déjà vu & <more>")
    desk.move("disconnects", order, "COMPLETE")
    until(lambda: len(receiver.at("/all")) == 2 and receiver.at("/one"), what="a note and a state")

    kit = Kit(made.json()["webhookSecret"])
    note, state = receiver.at("/all")
    for told in (note, state):
        assert told.headers["content-type"] == "application/json; charset=utf-8"
        assert told.headers["authorization"] == "Basic " + base64.b64encode(b"hookuser:hookpass").decode()
        assert signed_by(KEY, told)
        assert not signed_by(f"{KEY} ", told)
    accepted = kit.accept(note.headers, note.body)
    assert accepted
    assert (accepted.content["eventType"], accepted.content["note"]) == ("note", "Déjà vu & <more>")
    accepted = kit.accept(state.headers, state.body)
    assert accepted
    assert (accepted.content["eventType"], accepted.content["status"], accepted.content["orderType"]) == (
        "order_change", "COMPLETE", "disconnects",
    )  # fmt: skip
    assert accepted.content["completedTelephoneNumbers"] == ["+19195551234"]
    assert accepted.after == note.sequence
    assert not accepted.missed
    (told,) = receiver.at("/one")
    assert "x-bandwidth-signature-sha-256" not in told.headers
    assert told.fields["status"] == "COMPLETE"
    ids = {made.json()["id"], one.json()["id"]}
    assert customer.subscriptions() == ids
    listed = customer.do("GET", "/v2/subscriptions", Accept="application/json").json()["subscriptions"]
    assert {each["id"] for each in listed} == ids
