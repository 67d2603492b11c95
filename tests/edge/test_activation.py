"""On-demand activation of a port-in's numbers."""

import pytest

from tests.edge.desk import NOBODY, Caller
from tests.edge.requests import PORT_IN

XML, JSON = "application/xml", "application/json"
ASKED = "<ActivationStatus><AutoActivationDate>2026-03-25T18:30:00+03:00</AutoActivationDate></ActivationStatus>"
STATUS = "ActivationStatus/"


def _at(customer: Caller, operator: Caller, *states: str) -> str:
    order = customer("POST", "/portins", PORT_IN, Content_Type=XML).id
    for state in states:
        moved = operator("POST", f"/portins/{order}/status", f'{{"status": "{state}"}}', Content_Type=JSON)
        assert moved.status == 200, moved.text
    return f"/portins/{order}/activationStatus"


def test_from_foc_on_it_says_which_numbers_still_wait(customer: Caller, operator: Caller) -> None:
    found = customer("GET", _at(customer, operator, "FOC"))
    assert (found.status, found.xml.tag) == (200, "ActivationStatusResponse")
    assert found.said(f"{STATUS}NotYetActivatedTelephoneNumbersList/TelephoneNumber") == "2015550100"
    assert found.said(f"{STATUS}ActivatedTelephoneNumbersList/TelephoneNumber") is None


def test_what_is_asked_is_kept_beside_the_order_and_moves_nothing(customer: Caller, operator: Caller) -> None:
    path = _at(customer, operator, "FOC")
    asked = customer("PUT", path, ASKED, Content_Type=XML)
    assert (asked.status, asked.said(f"{STATUS}AutoActivationDate")) == (200, "2026-03-25T18:30:00+03:00")
    order = customer("GET", path.removesuffix("/activationStatus"))
    assert order.said("ProcessingStatus") == "FOC"
    assert "ActivationStatus" not in order.text
    assert customer("GET", path).said(f"{STATUS}AutoActivationDate") == "2026-03-25T18:30:00+03:00"


def _activation(*numbers: str) -> str:
    listed = "".join(f"<TelephoneNumber>{number}</TelephoneNumber>" for number in numbers)
    return (
        f"<ActivationStatus><ActivatedTelephoneNumbersList>{listed}</ActivatedTelephoneNumbersList></ActivationStatus>"
    )


def test_activated_numbers_are_shown_as_active_and_stay_so(customer: Caller, operator: Caller) -> None:
    body = PORT_IN.replace("0100</PhoneNumber>", "0100</PhoneNumber><PhoneNumber>+12015550101</PhoneNumber>")
    order = customer("POST", "/portins", body, Content_Type=XML).id
    operator("POST", f"/portins/{order}/status", '{"status": "FOC"}', Content_Type=JSON)
    path = f"/portins/{order}/activationStatus"
    before = customer("GET", f"/portins/{order}/tns").text
    for number, active in (("2015550101", ["+12015550101"]), ("2015550100", ["2015550100", "+12015550101"])):
        for _ in range(2):
            put = customer("PUT", path, _activation(number), Content_Type=XML)
            assert put.status == 200, put.text
        for answer in (put, customer("GET", path)):
            found = [each.text for each in answer.xml.iterfind(f"{STATUS}ActivatedTelephoneNumbersList/*")]
            waiting = [each.text for each in answer.xml.iterfind(f"{STATUS}NotYetActivatedTelephoneNumbersList/*")]
            assert sorted(found + waiting, key=str) == ["+12015550101", "2015550100"]
            assert found == active
    customer("PUT", path, ASKED, Content_Type=XML)
    assert customer("GET", path).said(f"{STATUS}NotYetActivatedTelephoneNumbersList/TelephoneNumber") is None
    assert customer("GET", f"/portins/{order}/tns").text == before
    assert "ActivationStatus" not in customer("GET", f"/portins/{order}", Accept=XML).text
    assert customer("GET", "/portins?page=1&size=9").said("lnpPortInfoForGivenStatus/CountOfTNs") == "2"


@pytest.mark.parametrize("element", ["Activated", "NotYetActivated"])
def test_a_number_that_is_not_the_orders_is_refused_by_name(customer: Caller, operator: Caller, element: str) -> None:
    path = _at(customer, operator, "FOC")
    body = _activation("2015550100", "9195550199").replace("Activated", element)
    refused = customer("PUT", path, body, Content_Type=XML)
    assert (refused.status, refused.said("ResponseStatus/ErrorCode")) == (400, "1008")
    assert "'9195550199' is not a number of this port-in" in refused.text
    assert customer("GET", path).said(f"{STATUS}ActivatedTelephoneNumbersList/TelephoneNumber") is None


def test_a_client_that_sends_nothing_asks_for_nothing(customer: Caller, operator: Caller) -> None:
    """As one of the public SDKs does it."""
    path = _at(customer, operator, "FOC")
    assert customer("PUT", path, "<ActivationStatus />", Content_Type=XML).status == 200
    journal = customer("GET", path.replace("activationStatus", "history"), Accept=JSON).json["entries"]
    assert [entry["status"] for entry in journal][-1] == "FOC"
    assert len(journal) == 3


def test_before_foc_it_is_too_early_and_after_it_too_late(customer: Caller, operator: Caller) -> None:
    early, late = _at(customer, operator), _at(customer, operator, "FOC", "COMPLETE")
    for path, status, code in ((early, 400, "7342"), (late, 404, "7348")):
        for method, body in (("GET", ""), ("PUT", ASKED)):
            refused = customer(method, path, body, Content_Type=XML)
            assert (refused.status, refused.said("ResponseStatus/ErrorCode")) == (status, code)
    assert customer("GET", f"/portins/{NOBODY}/activationStatus").status == 404
    assert customer("GET", f"/orders/{NOBODY}/activationStatus").status == 404


def test_a_date_that_is_none_is_refused_by_name(customer: Caller, operator: Caller) -> None:
    path = _at(customer, operator, "FOC")
    refused = customer("PUT", path, ASKED.replace("2026-03-25T18:30:00+03:00", "soon"), Content_Type=XML)
    assert (refused.status, refused.said("ResponseStatus/ErrorCode")) == (400, "1007")
    assert "AutoActivationDate" in refused.text
