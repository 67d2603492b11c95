"""A bulk port-in with its numbers and its port-ins, by API."""

from datetime import UTC, datetime

import pytest

from chalicelib import wiring
from chalicelib.domain.commands import Supplement
from chalicelib.domain.entry import OrderKey
from chalicelib.domain.order_types import order_type
from chalicelib.flow.bulk import brought_about
from infra.local.store import LocalStore
from tests.edge.desk import ACCOUNT, Caller
from tests.edge.requests import JSON, PORT_IN, XML
from tests.edge.walks import Walker

BULK = order_type("bulkPortins")
PORTS = order_type("portins")
DRAFT = PORT_IN.replace("</LnpOrder>", "<ProcessingStatus>DRAFT</ProcessingStatus></LnpOrder>")
FAR = datetime(9999, 1, 1, tzinfo=UTC)
SUBMITTED = (("ProcessingStatus", "SUBMITTED"),)
SUBMIT = "<BulkPortin><ProcessingStatus>IN_PROGRESS</ProcessingStatus></BulkPortin>"


@pytest.fixture
def walker(customer: Caller, operator: Caller) -> Walker:
    return Walker(customer, operator)


def listed(*children: str) -> str:
    return f"<PortinList>{''.join(f'<PortinOrderId>{child}</PortinOrderId>' for child in children)}</PortinList>"


def gathered(walker: Walker, children: int = 2) -> tuple[str, list[str]]:
    """A bulk port-in that is ready to be submitted, and its port-ins."""
    bulk = walker.lead(BULK, "VALID_DRAFT_TNS")
    ids = [walker.place(PORTS, DRAFT) for _ in range(children)]
    answer = walker.customer("PUT", f"/bulkPortins/{bulk}/portinList", listed(*ids), content_type=XML)
    assert answer.status == 200, answer.text
    return bulk, ids


def submitted(walker: Walker, children: int = 2) -> tuple[str, list[str]]:
    bulk, ids = gathered(walker, children)
    answer = walker.customer("PATCH", f"/bulkPortins/{bulk}", SUBMIT, content_type=XML)
    assert answer.status == 200, answer.text
    return bulk, ids


def announced(store: LocalStore) -> None:
    """What was written is announced, and what that writes."""
    while keys := store.ledger.unannounced(before=FAR, limit=99):
        for key in keys:
            wiring.services().announce(key, store.ledger.order(key).version)


def test_numbers_are_put_validated_again_and_given_back(walker: Walker) -> None:
    bulk = walker.lead(BULK, "VALID_DRAFT_TNS")
    for number in ("2015550100", "2015550101"):
        body = f"<TnList><TN>{number}</TN></TnList>"
        put = walker.customer("PUT", f"/bulkPortins/{bulk}/tnList", body, content_type=XML)
        assert (put.status, put.said("ProcessingStatus")) == (202, "VALIDATE_DRAFT_TNS")
        shown = walker.customer("GET", f"/bulkPortins/{bulk}/tnList")
        assert [each.text for each in shown.xml.iter("TN")] == [number]
    assert "TnList" not in walker.customer("GET", f"/bulkPortins/{bulk}").text


def test_a_child_names_its_bulk_and_only_that_changes_it(walker: Walker) -> None:
    bulk, (child, _) = gathered(walker)
    assert walker.customer("GET", f"/portins/{child}").said("BulkPortinOrderId") == bulk
    body = "<LnpOrderSupp><SiteId>9</SiteId></LnpOrderSupp>"
    for refused in (
        walker.customer("PUT", f"/portins/{child}", body, content_type=XML),
        walker.customer("DELETE", f"/portins/{child}"),
        walker.customer("PUT", f"/bulkPortins/{bulk}", "<BulkPortin/>", content_type=XML),
    ):
        assert refused.status == 409
        assert "7717" in refused.text
    again = walker.customer("PUT", f"/bulkPortins/{bulk}/portinList", listed(), content_type=XML)
    assert again.status == 200
    assert walker.customer("GET", f"/portins/{child}").said("BulkPortinOrderId") is None
    assert walker.customer("PUT", f"/portins/{child}", body, content_type=XML).status == 200


def test_only_drafts_that_nobody_else_has_can_be_children(walker: Walker) -> None:
    bulk, other = walker.lead(BULK, "DRAFT"), gathered(walker, 1)[1][0]
    for child in (other, walker.place(PORTS, PORT_IN), "7c9e6679-7425-40de-944b-e07fc1f90ae7", "no-id"):
        answer = walker.customer("PUT", f"/bulkPortins/{bulk}/portinList", listed(child), content_type=XML)
        assert answer.status == 400, answer.text
    assert "PortinOrderId" not in walker.customer("GET", f"/bulkPortins/{bulk}/portinList").text


def test_submitting_it_submits_its_port_ins_and_its_state_follows_theirs(walker: Walker, store: LocalStore) -> None:
    bulk, (one, two) = submitted(walker)
    assert [walker.state(PORTS, child) for child in (one, two)] == ["SUBMITTED", "SUBMITTED"]
    for child, status, expected in (
        (one, "EXCEPTION", "NEEDS_ATTENTION"), (one, "FOC", "IN_PROGRESS"), (two, "CANCELLED", "IN_PROGRESS"),
        (one, "COMPLETE", "PARTIAL"),
    ):  # fmt: skip
        assert walker.move(PORTS, child, status).status == 200
        announced(store)
        assert walker.state(BULK, bulk) == expected


@pytest.mark.parametrize("emptied", [False, True])
@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_it_is_not_submitted_without_a_port_in_and_stays_a_draft(walker: Walker, method: str, *, emptied: bool) -> None:
    bulk = gathered(walker)[0] if emptied else walker.lead(BULK, "VALID_DRAFT_TNS")
    walker.customer("PUT", f"/bulkPortins/{bulk}/portinList", listed(), content_type=XML)
    refused = walker.customer(method, f"/bulkPortins/{bulk}", SUBMIT, content_type=XML)
    assert (refused.status, "1003" in refused.text, "PortinList is required" in refused.text) == (400, True, True)
    assert walker.state(BULK, bulk) == "VALID_DRAFT_TNS"


def test_it_is_complete_with_its_last_port_in(walker: Walker, store: LocalStore) -> None:
    bulk, children = submitted(walker)
    for child in children:
        walker.move(PORTS, child, "FOC")
        walker.move(PORTS, child, "COMPLETE")
    announced(store)
    assert walker.state(BULK, bulk) == "COMPLETED"


def test_it_follows_what_its_port_ins_did_before_it_was_under_way(walker: Walker, store: LocalStore) -> None:
    bulk, (one, two) = gathered(walker)
    wiring.services().accept.supplement(
        Supplement(order=OrderKey(ACCOUNT, "portins", one), details=SUBMITTED, by="ann", inner=True)
    )
    walker.move(PORTS, one, "EXCEPTION")
    announced(store)
    answer = walker.customer("PATCH", f"/bulkPortins/{bulk}", SUBMIT, content_type=XML)
    assert answer.said("BulkPortin/ProcessingStatus") == "IN_PROGRESS"
    assert walker.state(PORTS, two) == "SUBMITTED"
    announced(store)
    assert walker.state(BULK, bulk) == "NEEDS_ATTENTION"


def test_it_cannot_be_submitted_before_its_numbers_are_valid(walker: Walker) -> None:
    bulk = walker.lead(BULK, "DRAFT")
    child = walker.place(PORTS, DRAFT)
    walker.customer("PUT", f"/bulkPortins/{bulk}/portinList", listed(child), content_type=XML)
    refused = walker.customer("PATCH", f"/bulkPortins/{bulk}", SUBMIT, content_type=XML)
    assert refused.status == 409
    assert [walker.state(PORTS, child), walker.state(BULK, bulk)] == ["DRAFT", "DRAFT"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [('<BulkPortin><PeerId delete="true"/></BulkPortin>', XML), ('{"peerId": {"@delete": true}}', JSON)],
)
def test_a_change_in_part_removes_what_it_says(walker: Walker, body: str, kind: str) -> None:
    bulk = walker.place(BULK, "<BulkPortin><SiteId>7</SiteId><PeerId>5</PeerId></BulkPortin>")
    answer = walker.customer("PATCH", f"/bulkPortins/{bulk}", body, content_type=kind, accept=XML)
    assert (answer.said("BulkPortin/SiteId"), answer.said("BulkPortin/PeerId")) == ("7", None)
    whole = "<BulkPortin><PeerId>6</PeerId></BulkPortin>"
    answer = walker.customer("PUT", f"/bulkPortins/{bulk}", whole, content_type=XML)
    assert (answer.said("BulkPortin/SiteId"), answer.said("BulkPortin/PeerId")) == (None, "6")


@pytest.mark.parametrize("name", ["PortinList", "portinList", "TnList"])
def test_a_change_in_part_removes_nothing_that_has_a_place_of_its_own(walker: Walker, name: str) -> None:
    bulk, ids = gathered(walker)
    numbers = "<TnList><TN>2015550100</TN></TnList>"
    assert walker.customer("PUT", f"/bulkPortins/{bulk}/tnList", numbers, content_type=XML).status == 202
    body = f'<BulkPortin><{name} delete="true"/></BulkPortin>'
    assert walker.customer("PATCH", f"/bulkPortins/{bulk}", body, content_type=XML).status == 200
    for place, element, held in (("portinList", "PortinOrderId", ids), ("tnList", "TN", ["2015550100"])):
        shown = walker.customer("GET", f"/bulkPortins/{bulk}/{place}")
        assert [each.text for each in shown.xml.iter(element)] == held


def test_what_ties_orders_is_not_taken_from_who_places_them(walker: Walker) -> None:
    bulk, (child,) = gathered(walker, 1)
    tie = f"<BulkPortinOrderId>{bulk}</BulkPortinOrderId></LnpOrder>"
    for body in (DRAFT, PORT_IN):
        placed = walker.place(PORTS, body.replace("</LnpOrder>", tie))
        assert walker.customer("GET", f"/portins/{placed}").said("BulkPortinOrderId") is None
    other = walker.place(BULK, f"<BulkPortin><SiteId>7</SiteId>{listed(child)}</BulkPortin>")
    assert "PortinOrderId" not in walker.customer("GET", f"/bulkPortins/{other}/portinList").text


@pytest.mark.parametrize(
    ("children", "bulk"),
    [
        ("", None), ("SUBMITTED DRAFT", "IN_PROGRESS"), ("COMPLETE EXCEPTION", "NEEDS_ATTENTION"),
        ("COMPLETE", "COMPLETED"), ("CANCELLED CANCELLED", "CANCELLED"), ("CANCELLED COMPLETE", "PARTIAL"),
        ("CANCELLED FOC", "IN_PROGRESS"),
    ],
)  # fmt: skip
def test_a_bulk_is_where_its_children_are(children: str, bulk: str | None) -> None:
    assert brought_about(children.split()) == bulk
