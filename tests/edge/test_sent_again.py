"""Supplements that a client sends twice, or that hold what it has read."""

import pytest

from tests.edge.desk import Caller
from tests.edge.requests import JSON, PORT_IN, XML

ADDRESSED = PORT_IN.replace(
    "</Subscriber>", "<ServiceAddress><City>Cary</City><Zip>27511</Zip></ServiceAddress></Subscriber>"
)
DRAFT = ADDRESSED.replace("</LnpOrder>", "<ProcessingStatus>DRAFT</ProcessingStatus></LnpOrder>")
SUBMITTED = "<LnpOrderSupp><ProcessingStatus>SUBMITTED</ProcessingStatus></LnpOrderSupp>"


def _states(customer: Caller, order: str) -> list[str]:
    journal = customer("GET", f"/portins/{order}/history", Accept=JSON).json["entries"]
    return [entry["status"] for entry in journal]


def test_a_draft_that_is_submitted_twice_is_submitted_once(customer: Caller) -> None:
    order = customer("POST", "/portins", DRAFT, Content_Type=XML).id
    for _ in range(2):
        answer = customer("PUT", f"/portins/{order}", SUBMITTED, Content_Type=XML)
        assert (answer.status, answer.said("ProcessingStatus")) == (200, "SUBMITTED")
    assert _states(customer, order) == ["DRAFT", "PENDING_DOCUMENTS", "SUBMITTED"]


def test_what_was_read_and_is_sent_back_changes_nothing(customer: Caller, operator: Caller) -> None:
    order = customer("POST", "/portins", ADDRESSED, Content_Type=XML).id
    body = '{"status": "FOC", "actualFocDate": "2026-03-25T16:30:00.123456Z"}'
    assert operator("POST", f"/portins/{order}/status", body, Content_Type=JSON).status == 200
    before = _states(customer, order)
    shown = customer("GET", f"/portins/{order}", Accept=XML).text
    for sent in (
        shown.replace("LnpOrderResponse", "LnpOrderSupp"),
        "<LnpOrderSupp/>",
        "<LnpOrder><PeerId/></LnpOrder>",
    ):
        answer = customer("PUT", f"/portins/{order}", sent, Content_Type=XML)
        assert answer.status == 200, answer.text
    assert _states(customer, order) == before
    assert customer("GET", f"/portins/{order}", Accept=XML).text == shown


@pytest.mark.parametrize("body", [PORT_IN, DRAFT])
def test_a_word_that_is_no_state_is_refused_by_its_name(customer: Caller, body: str) -> None:
    order = customer("POST", "/portins", body, Content_Type=XML).id
    refused = customer("PUT", f"/portins/{order}", SUBMITTED.replace("SUBMITTED", "BANANA"), Content_Type=XML)
    assert (refused.status, "ProcessingStatus 'BANANA' is invalid" in refused.text) == (400, True), refused.text


def test_a_state_that_a_draft_cannot_be_led_to_is_a_conflict(customer: Caller) -> None:
    order = customer("POST", "/portins", DRAFT, Content_Type=XML).id
    assert customer("PUT", f"/portins/{order}", SUBMITTED.replace("SUBMITTED", "FOC"), Content_Type=XML).status == 409
    assert _states(customer, order) == ["DRAFT"]
