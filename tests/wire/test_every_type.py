"""Every order type: its request is read, and every answer is written, in both syntaxes."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.order import Failure
from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.wire import reading, tree
from chalicelib.wire.examples import EXAMPLES
from chalicelib.wire.tree import Syntax
from tests.wire.samples import details, listing, missing, papers, placed

RESOURCES = [kind.resource for kind in ORDER_TYPES]


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_answer_is_written_in_both(resource: str) -> None:
    order, journal = placed(resource, details(resource, EXAMPLES[resource]))
    failed = replace(order, failures=(Failure("5076", "Number does not belong to this account.", ("2015550100",)),))
    theirs = papers(resource)
    for document in (
        theirs.placed(order, journal[0]), theirs.shown(order), theirs.shown(failed), missing(resource),
        *(theirs.listed(replace(listing(*rows), detailed=detailed)) for rows in ((), (order,), (order, failed))
          for detailed in (False, True)),
    ):  # fmt: skip
        ET.fromstring(document.xml().encode())
        json.loads(document.json_text())


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_numbers_are_found_where_the_type_lists_them_and_nowhere_else(resource: str) -> None:
    stray = EXAMPLES[resource].replace("</CustomerOrderId>", "</CustomerOrderId><Contact><Tn>8005550177</Tn></Contact>")
    sent = details(resource, stray)
    without = {"bulkPortins", "csrs", "emergencyNotificationGroupOrders"}
    expected = ("8335551234",) if resource == "tollFreePortingValidations" else ("9195551234",)
    assert placed(resource, sent)[0].numbers == (() if resource in without else expected)


@pytest.mark.parametrize("resource", sorted(set(RESOURCES)))
def test_failures_of_the_desk_are_shown(resource: str) -> None:
    order, _ = placed(resource, details(resource, EXAMPLES[resource]))
    failed = replace(order, failures=(Failure("5076", "Not yours.", ("2015550100",)),))
    assert "<Code>5076</Code><Description>Not yours.</Description>" in papers(resource).shown(failed).xml()


@pytest.mark.parametrize(
    ("resource", "body", "code"),
    [
        ("dldas", "<DldaOrder/>", "16104"),
        ("tnoptions", EXAMPLES["tnoptions"].replace("<Sms>on", "<Sms>maybe"), "5113"),
        ("lidbs", EXAMPLES["lidbs"].replace("Example Books", "More than fifteen"), "11005"),
        ("lidbs", EXAMPLES["lidbs"].replace("PUBLIC", "SECRET"), "11007"),
        ("externalTns", EXAMPLES["externalTns"].replace("IMPORT", "BUY"), "25000"),
        ("numbersAssignment", EXAMPLES["numbersAssignment"].replace("ASSIGN", "GRAB"), "5129"),
        ("importTnOrders", "<ImportTnOrder/>", "5073"),
        ("moveTns", EXAMPLES["moveTns"].replace("9900001", "99O0001"), "1014"),
        ("bulkPortins", "<BulkPortin><ProcessingStatus>IN_PROGRESS</ProcessingStatus></BulkPortin>", "1008"),
        ("lsrorders", EXAMPLES["lsrorders"].replace("BUSINESS", "ROBOT"), "7106"),
    ],
)
def test_what_is_wrong_has_the_code_of_the_compatible_api(resource: str, body: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        reading.document(tree.read(body.encode(), Syntax.XML), papers(resource).request, *papers(resource).roots)
    assert code in {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("resource", "right", "saying"),
    [
        ("dldas", "BUSINESS", "SubscriberType 'Q' is invalid. Valid values are: BUSINESS, RESIDENTIAL"),
        ("lidbs", "PUBLIC", "Visibility 'Q' is invalid. Valid values are: PUBLIC, PRIVATE"),
        ("tollFreePortingValidations", "8335551234", "'9195551234' is not a toll-free telephone number"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(resource: str, right: str, saying: str) -> None:
    body = EXAMPLES[resource].replace(right, "9195551234" if right.isdigit() else "Q")
    with pytest.raises(Invalid, match=re.escape(saying)):
        details(resource, body)


@pytest.mark.parametrize("number", ["8335551234", "18335551234", "+18335551234"])
def test_toll_free_numbers_are_taken_in_each_of_their_forms(number: str) -> None:
    sent = details("tollFreePortingValidations", EXAMPLES["tollFreePortingValidations"].replace("8335551234", number))
    assert placed("tollFreePortingValidations", sent)[0].numbers == (number,)


def test_a_bulk_port_in_may_begin_only_as_the_draft_that_it_is() -> None:
    sent = details("bulkPortins", "<BulkPortin><ProcessingStatus>draft</ProcessingStatus></BulkPortin>")
    order, journal = placed("bulkPortins", sent)
    assert papers("bulkPortins").placed(order, journal[0]).xml().count("<ProcessingStatus>") == 1


def test_words_are_taken_in_any_case_and_kept() -> None:
    sent = details("lidbs", EXAMPLES["lidbs"].replace("PUBLIC", "pubLic"))
    assert "pubLic" in papers("lidbs").shown(placed("lidbs", sent)[0]).xml()
