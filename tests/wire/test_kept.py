"""What a client sent is kept as it was sent: attributes, texts among elements, namespaces, charsets, repetition."""

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.details import Details, attribute, every, first, telephone_numbers
from chalicelib.domain.errors import Invalid
from chalicelib.domain.order_types import order_type
from chalicelib.wire import reading, tree
from chalicelib.wire.document import typed
from chalicelib.wire.documents.order_requests import OrderRequest
from chalicelib.wire.negotiate import body_syntax, charset
from chalicelib.wire.tree import Syntax
from tests.wire.samples import details as read_details
from tests.wire.samples import papers, placed
from tests.wire.test_both_syntaxes import NAMES, TEXTS, as_xml

PIECES = TEXTS.map(lambda text: f"{text}.")
_LABELS = st.sampled_from(["@delete", "@Lang", "@{urn:docket:test}kind"])
ATTRIBUTES = st.dictionaries(_LABELS, TEXTS, max_size=2)


def rich(content: st.SearchStrategy[Any]) -> st.SearchStrategy[Details]:
    """An element with attributes, and its elements in any order, with texts among them."""
    element = st.tuples(NAMES, content)
    followed = st.tuples(element, st.lists(st.tuples(st.just("#text"), PIECES), max_size=1))
    lead = st.lists(st.tuples(st.just("#text"), PIECES), max_size=1)
    body = st.tuples(lead, st.lists(followed, min_size=1, max_size=4)).map(
        lambda found: (*found[0], *(pair for element, after in found[1] for pair in (element, *after)))
    )
    labelled = st.tuples(st.dictionaries(_LABELS, TEXTS, min_size=1, max_size=2), TEXTS).map(
        lambda found: (*found[0].items(), *([("#text", found[1])] if found[1] else []))
    )
    whole = st.tuples(ATTRIBUTES, body).map(lambda found: (*found[0].items(), *found[1]))
    return st.one_of(whole, labelled)


RICH = rich(st.one_of(TEXTS, rich(st.one_of(TEXTS, rich(TEXTS)))))


@given(NAMES, RICH)
def test_attributes_and_texts_among_elements_come_back_in_their_places(name: str, content: Details) -> None:
    details = ((name, content),)
    assert tree.read(as_xml(details), Syntax.XML) == tree.Tree("Root", details)


@given(NAMES, RICH)
def test_json_loses_nothing_but_the_order_among_names(name: str, content: Details) -> None:
    read = tree.read(json.dumps(typed(((name, content),), None)).encode(), Syntax.JSON).details
    again = tree.read(as_xml(read), Syntax.XML).details
    assert again == read
    assert sorted(flat(read)) == sorted(flat(((name, content),)))


def flat(value: "str | Details", path: str = "") -> list[str]:
    """Every text with the path to it; of an element with more than a text, the characters alone."""
    if isinstance(value, str):
        return [f"{path}={value}"]
    texts = "".join(sorted("".join(str(text) for name, text in value if name == "#text")))
    return [f"{path}#{texts}"] + [
        line for name, inner in value if name != "#text" for line in flat(inner, f"{path}/{name}")
    ]


SENT = """<!-- by hand --><Order xmlns="urn:any" version="2"><SiteId>743</SiteId>
  <PeerId delete="true"/><Wish level="3">soon <b>or</b> later</Wish><Other/><Wish>again</Wish><?pi x?>
  <x:Foreign xmlns:x="urn:other" x:mark="1"><x:Inner/></x:Foreign>
  <ExistingTelephoneNumberOrderType><TelephoneNumberList><TelephoneNumber kind="main">2015550100</TelephoneNumber>
  </TelephoneNumberList></ExistingTelephoneNumberOrderType></Order>"""


def sent() -> Details:
    return reading.document(tree.read(SENT.encode(), Syntax.XML), OrderRequest, "Order")[1]


def test_what_nobody_knows_is_given_back_in_place_and_in_order() -> None:
    shown = papers("orders").shown(placed("orders", sent())[0]).xml()
    for kept in (
        'version="2"', '<PeerId delete="true"/>', "</b> later</Wish><Other/><Wish>again</Wish>",
        '<Wish level="3">soon <b>or</b> later</Wish>',
        '<TelephoneNumber kind="main">2015550100</TelephoneNumber>', "<Inner/></Foreign>", 'xmlns="urn:other"',
    ):  # fmt: skip
        assert kept in shown
    assert "urn:any" not in shown
    order = ET.fromstring(shown.encode()).find("Order")
    assert order is not None
    assert [each.tag for each in order][:5] == ["SiteId", "PeerId", "OrderCreateDate", "id", "Wish"]


def test_json_shows_attributes_and_texts() -> None:
    shown = json.loads(papers("orders").shown(placed("orders", sent())[0]).json_text())["order"]
    assert shown["peerId"] == {"@delete": "true"}
    assert shown["wish"] == [{"@level": "3", "#text": ["soon ", " later"], "b": "or"}, "again"]
    numbers = shown["existingTelephoneNumberOrderType"]["telephoneNumberList"]["telephoneNumber"]
    assert numbers == [{"@kind": "main", "#text": "2015550100"}]


BLANK = {
    "orders": "<Order><Odd/><SiteId>1</SiteId><PeerId/><PartialAllowed> </PartialAllowed><TnAttributes/>"
    "<ExistingTelephoneNumberOrderType><TelephoneNumberList><TelephoneNumber>2015550100</TelephoneNumber>"
    "<TelephoneNumber/></TelephoneNumberList></ExistingTelephoneNumberOrderType></Order>",
    "portins": "<LnpOrder><Odd/><SiteId>1</SiteId><PeerId/><RequestedFocDate/><Triggered/><Subscriber><FirstName/>"
    "<ServiceAddress><Zip/><Country/></ServiceAddress></Subscriber></LnpOrder>",
    "dldas": "<DldaOrder><Odd/><CustomerOrderId/><DldaTnGroups><DldaTnGroup><TelephoneNumbers><TelephoneNumber>"
    "2015550100</TelephoneNumber></TelephoneNumbers><ListAddress/></DldaTnGroup></DldaTnGroups></DldaOrder>",
    "lsrorders": "<LsrOrder><Odd/><Pon/><RequestedFocDate/></LsrOrder>",
    "portouts": "<PortOutRequest><Odd/><InternalPort/><RequestedFocDate/></PortOutRequest>",
}


@pytest.mark.parametrize("resource", BLANK)
def test_blank_known_texts_are_left_out_of_answers(resource: str) -> None:
    order, journal = placed(resource, read_details(resource, BLANK[resource]))
    shown = papers(resource).shown(order)
    answers = [shown] if resource == "portouts" else [shown, papers(resource).placed(order, journal[0])]
    for answer in answers:
        empty = re.findall(r"<(\w+)\s*/>|<(\w+)></", answer.xml())
        assert {one or other for one, other in empty} <= {"Odd", "TnAttributes", "ErrorList"}
        assert "<Odd/>" in answer.xml()
        assert re.findall(r'"(\w+)":""', answer.json_text()) == ["odd"]
    assert ("<Country>United States</Country>" in shown.xml()) == (resource == "portins")


def test_the_domain_reads_through_attributes() -> None:
    details = sent()
    assert telephone_numbers(details, order_type("orders").numbers_at) == ("2015550100",)
    assert first(details, "PeerId") is None
    assert attribute(dict(details)["PeerId"], "Delete") == "true"
    assert list(every(details, "wish")) == ["again"]
    assert first((("A", (("@x", "1"), ("#text", " y "))),), "a") == "y"


def test_a_field_with_an_attribute_is_checked_all_the_same() -> None:
    body = b'<Order><SiteId a="1">x</SiteId></Order>'
    with pytest.raises(Invalid) as caught:
        reading.document(tree.read(body, Syntax.XML), OrderRequest, "Order")
    assert [problem.code for problem in caught.value.problems] == ["5016", "1003"]


@pytest.mark.parametrize(
    "body",
    [
        '{"@x": {"a": 1}}', '{"@x": [1, 2]}', '{"@": 1}', '{"@xmlns:a": "b"}', '{"@{not a uri}x": "1"}',
        '{"@{http://www.w3.org/2000/xmlns/}x": "1"}', '{"@xmlns": "http://www.w3.org/2000/xmlns/"}',
        '{"#text": {"a": 1}}', '{"#other": "x"}', '{"a": [[1]]}',
    ],
)  # fmt: skip
def test_what_could_not_be_written_as_xml_is_refused(body: str) -> None:
    with pytest.raises(Invalid) as caught:
        tree.read(body.encode(), Syntax.JSON)
    assert caught.value.problems[0].code == "1019"


def test_an_attribute_of_an_unwritable_namespace_is_refused() -> None:
    with pytest.raises(Invalid):
        tree.read(b'<A><B xmlns:p="a b" p:x="1"/></A>', Syntax.XML)


WORD = "<Order><Name>Zoë</Name></Order>"


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (WORD.encode(), None), (b"\xef\xbb\xbf" + WORD.encode(), None), (WORD.encode("utf-16"), None),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + WORD.encode("latin-1"), None),
        (WORD.encode("latin-1"), "text/xml; charset=ISO-8859-1"),
        (b"\xef\xbb\xbf" + WORD.encode(), 'application/xml;charset="utf-8"'),
        (WORD.encode("cp1252"), "text/xml; Charset=windows-1252"),
        ('{"name": "Zoë"}'.encode("utf-16"), None), (b"\xef\xbb\xbf" + '{"name": "Zoë"}'.encode(), None),
        ('{"name": "Zoë"}'.encode("latin-1"), "application/json; charset=latin-1"),
    ],
)  # fmt: skip
def test_a_body_is_read_in_its_charset(body: bytes, header: str | None) -> None:
    syntax = body_syntax(header, body)
    assert syntax is not None
    assert tree.read(body, syntax, charset(header)).details == (("Name", "Zoë"),)


@pytest.mark.parametrize("header", ["text/xml; charset=utf-8", "text/xml; charset=klingon", "text/xml; charset=hex"])
def test_a_body_that_is_not_in_its_charset_is_refused(header: str) -> None:
    with pytest.raises(Invalid) as caught:
        tree.read(WORD.encode("latin-1"), Syntax.XML, charset(header))
    assert (caught.value.problems[0].code, caught.value.problems[0].field) == ("1019", "Content-Type")


def test_details_stored_before_attributes_were_kept_mean_the_same() -> None:
    order = replace(placed("orders", (("SiteId", "1"), ("Name", "old")))[0])
    assert "<SiteId>1</SiteId><Name>old</Name>" in papers("orders").shown(order).xml()
