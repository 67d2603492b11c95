"""Lists over HTTP: filters, the forms of pages, empty lists, totals, and what is counted of one order's numbers."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.wire.examples import EXAMPLES
from tests.edge.desk import NOBODY, Caller, Reply
from tests.edge.requests import DISCONNECT, JSON, NOTE, ORDER, PORT_IN

EMERGENCY = EXAMPLES["emergencyNotificationGroupOrders"]
OPTIONS = EXAMPLES["tnoptions"]


def rows(reply: Reply) -> list[str]:
    """The ids in a list."""
    assert reply.status == 200, reply.text
    return [found.text or "" for found in reply.xml.iter() if found.tag in ("orderId", "OrderId")]


def followed(customer: Caller, reply: Reply, link: str = "next") -> Reply:
    """The page that a link leads to."""
    text = next(found.text or "" for found in reply.xml.iter(link))
    return customer("GET", "/" + text.split("<")[1].split(">")[0].removeprefix("http://desk.test"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("customerOrderId=PORT%207", True),
        ("CUSTOMERORDERID=PORT%208", False),
        ("tn=2015550100", True),
        ("tn=%2B12015550100", True),
        ("tn=2015550199", False),
        ("orderTn=2015550100", True),
        ("pon=none", False),
        ("status=submitted", True),
        ("status=SUBMITTED&status=foc", True),
        ("Status=complete", False),
        ("userid=desk", True),
        ("userid=other", False),
        ("lastModifiedBy=System", True),
        ("startdate=20-01-01&enddate=2099-01-01", True),
        ("startdate=2020-01-01&enddate=2020-12-31Z", False),
        ("createdDateFrom=2020-01-01T00:00:00Z", True),
        ("modifiedDateTo=2020-01-01", False),
        ("lastModifiedAfter=2020-01-01", True),
        ("date=2020-01-01", False),
        ("unheardOf=1", True),
    ],
)
def test_each_filter_picks_what_it_says(customer: Caller, query: str, *, found: bool) -> None:
    placed = customer("POST", "/portins", PORT_IN)
    assert rows(customer("GET", f"/portins?page=1&size=9&{query}")) == ([placed.id] if found else [])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("status=nonsense", "15518"),
        ("startdate=2026-01-01", "15508"),
        ("startdate=2026-01-02&enddate=2026-01-01", "15501"),
        ("createdDateFrom=2026-01-02&createdDateTo=2026-01-01", "15509"),
        ("date=yesterday", "1007"),
        ("lastModifiedAfter=2026-01-01&modifiedDateFrom=2026-01-01", "15515"),
        ("includeInResponse=EVERYTHING", "15522"),
        ("size=x", "1014"),
        ("size=-1", "1002"),
        ("size=1001", "1006"),
        ("page=2", "1008"),
        (f"page={NOBODY}", "1008"),
        ("orderTn=abc", "1008"),
        ("orderIdFragment=xyz!", "1008"),
    ],
)
def test_a_filter_that_is_wrong_is_named(customer: Caller, query: str, code: str) -> None:
    refused = customer("GET", f"/portins?{query}")
    assert (refused.status, refused.said("Errors/Code")) == (400, code)
    assert query.split("=", maxsplit=1)[0].lower() in (refused.said("Errors/Description") or "").lower()


def test_all_that_is_wrong_with_a_query_is_said_at_once(customer: Caller) -> None:
    refused = customer("GET", "/portins?size=x&status=no&date=yesterday")
    assert sorted(error.findtext("Code") or "" for error in refused.xml.iter("Errors")) == ["1007", "1014", "15518"]
    assert customer("GET", "/portouts?status=no").said("ResponseStatus/ErrorCode") == "15521"


def test_the_next_page_keeps_all_filters(customer: Caller) -> None:
    placed = [customer("POST", "/portins", PORT_IN).id for _ in range(3)]
    first = customer("GET", "/portins?size=2&STATUS=submitted&status=foc&customerOrderId=PORT%207&odd=1")
    second = followed(customer, first)
    assert sorted(rows(first) + rows(second)) == sorted(placed)
    link = (first.said("Links/next") or "").split("<")[1].split(">")[0]
    assert parse_qs(urlsplit(link).query)["status"] == ["submitted", "foc"]
    assert "/v1.0/accounts/9900000/portins?page=" in link
    assert rows(followed(customer, second, "first")) == rows(first)
    assert first.said("TotalCount") == second.said("TotalCount") == "3"


def test_drafts_are_found_by_status_and_by_their_owner_s_id_only(customer: Caller) -> None:
    request = (
        "<LnpOrder><CustomerOrderId>D 1</CustomerOrderId><SiteId>7</SiteId><ProcessingStatus>DRAFT</ProcessingStatus>"
        "</LnpOrder>"
    )
    draft = customer("POST", "/portins", request).id
    assert rows(customer("GET", "/portins?status=draft")) == [draft]
    assert rows(customer("GET", "/portins?customerOrderId=D%201")) == [draft]
    for hidden in ("", "userid=desk", "status=submitted"):
        assert rows(customer("GET", f"/portins?{hidden}")) == []
    assert rows(customer("GET", f"/sites/7/portins?orderIdFragment={draft[:4]}")) == []


def test_an_empty_list_is_answered_as_its_type_does_it(customer: Caller) -> None:
    assert customer("GET", "/bulkPortins").status == 204
    assert customer("GET", "/orders?customerOrderId=nothing&page=1&size=9").status == 204
    assert customer("GET", "/orders?page=1&size=9").said("ListOrderIdUserIdDate/TotalCount") == "0"
    missing = customer("GET", "/externalTns")
    assert (missing.status, missing.said("ResponseStatus/Description")) == (404, "The resource does not exist")
    for resource in ("disconnects", "portins", "portouts", "tnoptions", "csrs", "dldas"):
        assert rows(customer("GET", f"/{resource}")) == []


def test_a_list_without_pages_has_no_links_until_there_is_more(customer: Caller) -> None:
    placed = [customer("POST", "/tnoptions", OPTIONS).id for _ in range(2)]
    whole = customer("GET", "/tnoptions")
    assert (sorted(rows(whole)), whole.xml.find("Links")) == (sorted(placed), None)
    part = customer("GET", "/tnoptions?size=1")
    assert sorted(rows(part) + rows(followed(customer, part))) == sorted(placed)


def test_pages_of_emergency_orders_are_named_by_time_and_lose_none(customer: Caller) -> None:
    placed = [customer("POST", "/emergencyNotificationGroupOrders", EMERGENCY).id for _ in range(5)]
    for order in ("", "&createdAfterDate=2020-01-01"):
        page = customer("GET", f"/emergencyNotificationGroupOrders?size=2{order}")
        seen = rows(page)
        while page.xml.findtext("Links/next"):
            page = followed(customer, page)
            seen += rows(page)
        assert sorted(seen) == sorted(placed)
        assert len(seen) == len(placed)
    assert customer("GET", "/emergencyNotificationGroupOrders?size=501").status == 400
    assert rows(customer("GET", "/emergencyNotificationGroupOrders?page=2020-01-01T00:00:00.000Z")) == []


def test_totals_count_what_the_filters_match(customer: Caller) -> None:
    for resource, body in (("orders", ORDER), ("portins", PORT_IN), ("portins", PORT_IN)):
        customer("POST", f"/{resource}", body)
    assert customer("GET", "/orders/totals?status=received").said("ListOrderIdUserIdDate/TotalCount") == "1"
    assert customer("GET", "/orders/totals?status=complete").said("ListOrderIdUserIdDate/TotalCount") == "0"
    counted = customer("GET", "/portins/totals?status=submitted")
    assert (counted.xml.tag, counted.said("Count")) == ("Quantity", "2")
    assert customer("GET", "/portouts/totals").said("Count") == "0"
    assert customer("GET", "/disconnects/totals").status == 404
    assert customer("GET", "/portins/totals?status=x").status == 400


def test_the_status_lists_are_the_lists(customer: Caller) -> None:
    placed = [customer("POST", "/portins", PORT_IN).id for _ in range(2)]
    first = customer("GET", "/portins/status?startdate=2020-01-01&enddate=2099-01-01&page=1&size=1")
    assert "/portins/status?page=" in (first.said("Links/next") or "")
    assert sorted(rows(first) + rows(followed(customer, first))) == sorted(placed)
    assert customer("GET", "/orders/status").status == 404


def test_an_order_s_numbers_are_listed_and_counted(customer: Caller, operator: Caller) -> None:
    order = customer("POST", "/orders", ORDER).id
    numbers = customer("GET", f"/orders/{order}/tns")
    assert (numbers.xml.tag, numbers.said("Count")) == ("TelephoneNumbers", "2")
    assert [found.text for found in numbers.xml.iter("TelephoneNumber")] == ["2015550100", "2015550101"]
    assert customer("GET", f"/orders/{order}/areaCodes").said("TelephoneDetailsReport/AreaCode") == "201"
    exchange = customer("GET", f"/orders/{order}/npaNxx")
    assert exchange.said("TelephoneDetailsReport/NPA-NXX") == "201-555"
    assert exchange.said("TelephoneDetailsReport/Count") == "2"
    assert customer("GET", f"/orders/{order}/totals").said("TelephoneDetailsReport/Count") == "2"
    move = json.dumps({"status": "PARTIAL", "completedTelephoneNumbers": ["2015550101"]})
    assert operator("POST", f"/orders/{order}/status", move, Content_Type=JSON).status == 200
    assert customer("GET", f"/orders/{order}/tns", Accept=JSON).json == {
        "count": 1, "telephoneNumber": ["2015550101"]
    }  # fmt: skip
    port = customer("POST", "/portins", PORT_IN).id
    assert customer("GET", f"/portins/{port}/totals").said("Count") == "1"
    assert customer("GET", f"/portins/{NOBODY}/tns").status == 404


def test_a_site_shows_its_own_orders_only(customer: Caller) -> None:
    order = customer("POST", "/orders", ORDER).id
    port = customer("POST", "/portins", PORT_IN).id
    assert rows(customer("GET", "/sites/743/portins")) == [port]
    assert rows(customer("GET", "/sites/743/orders")) == [order]
    assert rows(customer("GET", "/sites/744/portins")) == []
    assert customer("GET", f"/sites/743/orders/{order}").said("Order/id") == order
    assert customer("GET", f"/sites/743/orders/{order}/tns").said("Count") == "2"
    assert customer("GET", f"/sites/744/orders/{order}").status == 404
    assert customer("GET", "/sites/743/disconnects").status == 404
    paged = customer("GET", "/sites/743/portins?size=1")
    assert "/v1.0/accounts/9900000/sites/743/portins?page=1" in (paged.said("Links/first") or "")


def test_disconnects_take_larger_pages(customer: Caller) -> None:
    customer("POST", "/disconnects", DISCONNECT)
    assert len(rows(customer("GET", "/disconnects?size=5000"))) == 1
    assert customer("GET", "/disconnects?size=5001").status == 400


def test_rows_hold_the_last_note_and_the_supplements_where_they_are_asked_for(customer: Caller) -> None:
    port = customer("POST", "/portins", PORT_IN).id
    for text in ("first", "Friday, please."):
        assert (
            customer("POST", f"/portins/{port}/notes", NOTE.replace("Please move the FOC to Friday.", text)).status
            == 201
        )
    supplement = "<LnpOrderSupp><RequestedFocDate>2026-04-01T15:00:00Z</RequestedFocDate></LnpOrderSupp>"
    assert customer("PUT", f"/portins/{port}", supplement).status == 200
    row = "lnpPortInfoForGivenStatus"
    full = customer("GET", "/portins?page=1&size=9&includeInResponse=LAST_NOTE&includeInResponse=SUPP_COUNT")
    assert full.said(f"{row}/LastModifiedNote/Note/Description") == "Friday, please."
    assert full.said(f"{row}/LastModifiedNote/Note/UserId") == "desk"
    assert full.said(f"{row}/SuppCount") == "1"
    plain = customer("GET", "/portins?page=1&size=9")
    assert (plain.xml.find(f"{row}/LastModifiedNote"), plain.xml.find(f"{row}/SuppCount")) == (None, None)


@pytest.mark.parametrize(
    ("resource", "row"),
    [
        ("tnoptions", "TnOptionOrder"),
        ("e911s", "E911Order"),
        ("lsrorders", "LsrOrder"),
        ("importTnOrders", "ImportTnOrder"),
    ],
)
def test_whole_orders_are_listed_where_they_are_asked_for(customer: Caller, resource: str, row: str) -> None:
    made = customer("POST", f"/{resource}", EXAMPLES[resource])
    listed = customer("GET", f"/{resource}?orderDetails=true").xml.find(row)
    shown = customer("GET", f"/{resource}/{made.id}").xml
    assert listed is not None
    assert [(each.tag, each.text) for each in listed] == [(each.tag, each.text) for each in shown]
    assert customer("GET", f"/{resource}").xml.find(f"{row}Summary/OrderId") is not None
