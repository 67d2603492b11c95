"""Telephone numbers in the documents of /api/v2: E.164, whoever sent them and however."""

import json

import pytest

from tests.edge.desk import Caller
from tests.edge.requests import DISCONNECT, JSON, NOTE, ORDER, PORT_IN

V2 = "//api/v2/accounts/9900000"


@pytest.mark.parametrize(("resource", "sent"), [("orders", ORDER), ("portins", PORT_IN), ("disconnects", DISCONNECT)])
def test_each_number_has_its_plus_under_api_v2_and_stands_as_sent_elsewhere(
    customer: Caller, resource: str, sent: str
) -> None:
    made = customer("POST", f"{V2}/{resource}", sent)
    assert "2015550100" in made.text
    assert made.text.count("2015550100") == made.text.count(">+12015550100<")
    shown = customer("GET", f"{V2}/{resource}/{made.id}")
    assert shown.text.count("2015550100") == shown.text.count(">+12015550100<") > 0
    shown = customer("GET", f"{V2}/{resource}/{made.id}", Accept=JSON)
    assert shown.text.count("2015550100") == shown.text.count('"+12015550100"') > 0
    plain = customer("GET", f"/{resource}/{made.id}")
    assert "+1" not in plain.text
    assert "2015550100" in plain.text


def test_both_trees_write_the_same_but_for_numbers(customer: Caller) -> None:
    made = customer("POST", "/portins", PORT_IN).id
    for path in (f"/portins/{made}", "/portins?page=1&size=5", f"/portins/{made}/history"):
        for syntax in (JSON, "application/xml"):
            plain, shown = customer("GET", path, Accept=syntax), customer("GET", f"{V2}{path}", Accept=syntax)
            assert shown.status == plain.status == 200
            said = shown.text.replace("+1201", "201").replace("/api/v2/accounts", "/accounts")
            assert said == plain.text
            assert shown.headers["Content-Type"] == plain.headers["Content-Type"]


def test_what_is_no_number_of_the_plan_or_no_number_at_all_stays(customer: Caller) -> None:
    odd = (
        PORT_IN.replace("PORT 7", "2015550100")
        .replace("Example Books", "2015550100")
        .replace("<BillingTelephoneNumber>2015550100", "<BillingTelephoneNumber>+12015550100")
    )
    order = customer("POST", "/portins", odd).id
    shown = customer("GET", f"{V2}/portins/{order}")
    assert shown.said("CustomerOrderId") == shown.said("Subscriber/BusinessName") == "2015550100"
    assert shown.said("BillingTelephoneNumber") == "+12015550100"
    customer("POST", f"/portins/{order}/notes", NOTE.replace("Please", "<![CDATA[2015550100 <TN>2015550100</TN>]]>"))
    assert (
        "<Description>2015550100 &lt;TN&gt;2015550100&lt;/TN&gt; move"
        in customer("GET", f"{V2}/portins/{order}/notes").text
    )


def test_a_refusal_is_written_so_too_and_is_none_for_the_plus(customer: Caller) -> None:
    wrong = ORDER.replace("<SiteId>743</SiteId>", "").replace("2015550100", "+12015550100")
    refused = customer("POST", f"{V2}/orders", wrong)
    assert refused.status == 400
    assert "SiteId" in refused.text
    sent = {
        "siteId": 743,
        "existingTelephoneNumberOrderType": {"telephoneNumberList": {"telephoneNumber": ["+12015550100"]}},
    }
    made = customer("POST", f"{V2}/orders", json.dumps(sent), Content_Type=JSON)
    assert made.status == 201
    listed = made.json["order"]["existingTelephoneNumberOrderType"]["telephoneNumberList"]
    assert listed == {"telephoneNumber": ["+12015550100"]}
