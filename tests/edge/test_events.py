"""Events of an account over HTTP."""

import json
from datetime import UTC, datetime

import pytest

from infra.local.store import LocalStore
from tests.edge.desk import Caller
from tests.edge.requests import JSON

FAR = datetime(2999, 1, 1, tzinfo=UTC)
LOST = "<Event><EventType>messaging_lost</EventType><ImpactedTelephoneNumbers>{}</ImpactedTelephoneNumbers></Event>"
ONE = LOST.format("<TelephoneNumber>2015550100</TelephoneNumber>")
NUMBERS = {"telephoneNumber": ["2015550100", "+12015550101"]}


def test_events_are_journaled_by_number_under_one_pseudo_order_of_the_account(
    operator: Caller, store: LocalStore
) -> None:
    first = operator("POST", "/events", ONE)
    sent = {"eventType": "MESSAGING_LOST", "impactedTelephoneNumbers": NUMBERS}
    second = operator("POST", "/events", json.dumps(sent), Content_Type=JSON)
    assert (first.status, first.id, second.status, second.id) == (201, "1", 201, "2")
    assert second.json["impactedTelephoneNumbers"] == NUMBERS
    assert (second.json["sequence"], second.json["by"]) == (2, "operator")
    [key] = store.ledger.unannounced(before=FAR, limit=9)
    assert (key.account, key.type, store.ledger.marked(key)) == ("9900000", "events", 2)


def test_the_same_event_twice_is_two_but_a_replay_is_one(operator: Caller) -> None:
    numbers = [operator("POST", "/events", ONE, Idempotency_Key=key).id for key in ("a", "a", "b")]
    assert numbers == ["1", "1", "2"]
    assert operator("POST", "/events", LOST.format(""), Idempotency_Key="a").status in (400, 422)


def test_customers_read_events_and_raise_none(customer: Caller, operator: Caller, stranger: Caller) -> None:
    assert customer("POST", "/events", ONE).status == 403
    operator("POST", "/events", ONE)
    assert customer("GET", "/events/1").said("EventType") == "MESSAGING_LOST"
    assert stranger("GET", "/events/1").status == 403
    assert [customer("GET", f"/events/{odd}").status for odd in ("0", "2", "x", "9" * 40)] == [404] * 4


def test_past_events_are_listed_by_number_and_never_more_than_asked_for(customer: Caller, operator: Caller) -> None:
    assert customer("GET", "/events", Accept=JSON).json == {"event": []}
    for _ in range(5):
        operator("POST", "/events", ONE)

    def numbers(query: str) -> list[int]:
        return [each["sequence"] for each in customer("GET", f"/events{query}", Accept=JSON).json["event"]]

    assert numbers("") == [1, 2, 3, 4, 5]
    assert numbers("?size=2") == [4, 5]
    assert numbers("?after=1&size=2") == [2, 3]
    assert numbers("?after=5") == []


@pytest.mark.parametrize("query", ["?afer=1", "?size=0", "?size=1001", "?after=-1", "?after=x", "?after=1&after=2"])
def test_what_cannot_be_listed_is_refused(customer: Caller, query: str) -> None:
    assert customer("GET", f"/events{query}").status == 400


@pytest.mark.parametrize(
    ("request_", "code", "field"),
    [
        (ONE.replace("messaging_lost", "MESSAGING_FOUND"), "14507", "EventType"),
        (ONE.replace("<EventType>messaging_lost</EventType>", ""), "1003", "EventType"),
        (LOST.format(""), "1003", "TelephoneNumber"),
        (LOST.format("<TelephoneNumber>911</TelephoneNumber>"), "1008", "TelephoneNumber"),
        (LOST.format("<TelephoneNumber>2015550100</TelephoneNumber>" * 5001), "1011", "TelephoneNumber"),
        ("<Order/>", "1019", "Event"),
    ],
)
def test_what_is_wrong_with_an_event_is_named(operator: Caller, request_: str, code: str, field: str) -> None:
    refused = operator("POST", "/events", request_)
    assert (refused.status, refused.said("ResponseStatus/ErrorCode")) == (400, code)
    assert field in (refused.said("ResponseStatus/Description") or "")


def test_events_are_no_order_type(operator: Caller) -> None:
    wish = "<Subscription><OrderType>events</OrderType><EmailSubscription><Email>a@b.net</Email></EmailSubscription>"
    assert operator("POST", "/subscriptions", f"{wish}</Subscription>").said("ResponseStatus/ErrorCode") == "14500"
    operator("POST", "/events", ONE)
    assert operator("GET", "/events/1/notes").status == 404
