"""What a port-out's words may be: the same in what places it and in what changes it."""

import pytest

from tests.edge.desk import Caller
from tests.edge.requests import JSON, XML

PORT_OUT = (
    "<PortOutRequest><PON>P1</PON><ListOfPhoneNumbers><PhoneNumber>2015550100</PhoneNumber></ListOfPhoneNumbers>"
    "</PortOutRequest>"
)


def _said(element: str, word: str) -> str:
    return f"<PortOutRequest><{element}>{word}</{element}></PortOutRequest>"


@pytest.mark.parametrize("element", ["PortOutAction", "Supplemental", "InternalPort"])
def test_a_word_that_is_none_is_refused_when_it_changes_a_port_out_too(
    customer: Caller, operator: Caller, element: str
) -> None:
    assert operator("POST", "/portouts", _said(element, "BANANA"), Content_Type=XML).status == 400
    assert operator("POST", "/portouts", PORT_OUT, Content_Type=XML).status == 200
    order = customer("GET", "/portouts?page=1&size=9").said("lnpPortInfoForGivenStatus/OrderId")
    refused = customer("PUT", f"/portouts/{order}", _said(element, "BANANA"), Content_Type=XML)
    assert refused.status == 400, refused.text
    assert "BANANA" in refused.text
    journal = customer("GET", f"/portouts/{order}/history", Accept=JSON).json["entries"]
    assert [entry["status"] for entry in journal] == ["NEW"]


@pytest.mark.parametrize(
    ("element", "word", "status"),
    [("PortOutAction", "modify", "MODIFY"), ("Supplemental", "UPDATE", "SUPP"), ("InternalPort", "true", "SUPP")],
)
def test_a_word_that_is_one_is_taken(customer: Caller, operator: Caller, element: str, word: str, status: str) -> None:
    operator("POST", "/portouts", PORT_OUT, Content_Type=XML)
    order = customer("GET", "/portouts?page=1&size=9").said("lnpPortInfoForGivenStatus/OrderId")
    changed = customer("PUT", f"/portouts/{order}", _said(element, word), Content_Type=XML)
    assert changed.status == 200, changed.text
    assert customer("GET", f"/portouts/{order}").said("PortOutStatus") == status
