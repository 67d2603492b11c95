"""XML and JSON of the same content are the same, whatever the content."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.details import Details
from chalicelib.domain.errors import Invalid
from chalicelib.domain.order_types import ORDER_TYPES, OrderType
from chalicelib.wire import reading, tree
from chalicelib.wire.document import Document, Echo, parts, typed
from chalicelib.wire.documents import papers_of
from chalicelib.wire.documents.failures import Sent
from chalicelib.wire.documents.order_requests import OrderRequest
from chalicelib.wire.names import json_name, xml_name
from chalicelib.wire.problems import refusal
from chalicelib.wire.tree import Syntax

TEXTS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], whitelist_characters="\t\n", blacklist_characters="\ufffe\uffff")
)
NAMES = st.from_regex(r"[A-Z][a-z0-9]{0,8}", fullmatch=True)


def nested(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Details]:
    """Elements of which those with the same name stand together, as JSON writes them."""
    content = st.one_of(TEXTS, children)
    groups = st.dictionaries(NAMES, st.lists(content, min_size=1, max_size=3), min_size=1, max_size=4)
    return groups.map(lambda found: tuple((name, value) for name, values in found.items() for value in values))


DETAILS = st.recursive(TEXTS, nested, max_leaves=12).filter(lambda content: not isinstance(content, str))


def as_xml(details: Details, root: str = "Root") -> bytes:
    return Sent(echo=Echo.of(details)).under(root).xml().encode()


def as_json(details: Details, known: type[Document] | None = None) -> bytes:
    return json.dumps(typed(details, known)).encode()


@given(DETAILS)
def test_what_is_written_is_read_again(details: Details) -> None:
    assert tree.read(as_xml(details), Syntax.XML) == tree.Tree("Root", details)
    assert tree.read(as_json(details), Syntax.JSON) == tree.Tree(None, details)


SEARCH = st.fixed_dictionaries(
    {"Quantity": st.integers(1, 5000).map(str)},
    optional={"NpaNxx": st.just("919555"), "State": TEXTS, "EnableTNDetail": st.sampled_from(["true", "false"])},
)
ORDERS = st.fixed_dictionaries(
    {
        "SiteId": st.integers(0, 10**9).map(str),
        "NPANXXSearchAndOrderType": SEARCH.map(lambda found: tuple(found.items())),
    },
    optional={
        "Name": TEXTS,
        "CustomerOrderId": st.from_regex(r"[A-Za-z0-9-]{1,40}", fullmatch=True),
        "PartialAllowed": st.sampled_from(["true", "false"]),
        "Unheardof": nested(TEXTS),
    },
).map(lambda found: tuple(found.items()))


@given(ORDERS)
def test_a_request_means_the_same_in_both(details: Details) -> None:
    xml = reading.document(tree.read(as_xml(details, "Order"), Syntax.XML), OrderRequest, "Order")
    lowered = as_json(details, OrderRequest)
    assert xml == reading.document(tree.read(lowered, Syntax.JSON), OrderRequest, "Order")
    assert xml[1] == details


@given(ORDERS)
def test_case_does_not_matter_to_names(details: Details) -> None:
    shouted = tuple((name.upper(), value) for name, value in details if name != "Unheardof")
    quiet = tuple((name, value) for name, value in details if name != "Unheardof")
    read = reading.document(tree.read(as_xml(shouted, "ORDER"), Syntax.XML), OrderRequest, "Order")
    assert read[1] == quiet


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.text(), NAMES), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.binary(max_size=200), st.sampled_from(Syntax))
def test_any_bytes_are_read_or_refused(body: bytes, syntax: Syntax) -> None:
    try:
        tree.read(body, syntax)
    except Invalid as error:
        assert error.problems[0].text  # noqa: PT017 because either outcome is right


def known_names(model: type[Document]) -> Iterator[str]:
    for part in parts(model).values():
        yield part.tag
        if part.model:
            yield from known_names(part.model)


@given(st.data(), st.sampled_from(ORDER_TYPES))
def test_any_request_is_taken_or_refused_with_a_document_in_both(data: st.DataObject, kind: OrderType) -> None:
    papers = papers_of(kind)
    names = st.sampled_from(sorted(set(known_names(papers.request))))
    content = st.recursive(JSON, lambda inner: st.dictionaries(names, inner, max_size=4), max_leaves=8)
    body = json.dumps(data.draw(st.dictionaries(names, content, max_size=5))).encode()
    sent: Details = ()
    try:
        sent = tree.read(body, Syntax.JSON).details
        reading.document(tree.Tree(None, sent), papers.request, *papers.roots)
    except Invalid as error:
        refused = papers.refused(refusal(error, sent))
        ET.fromstring(refused.xml().encode())
        json.loads(refused.json_text())


def all_documents(model: type[Document] = Document) -> Iterator[type[Document]]:
    for kind in model.__subclasses__():
        yield kind
        yield from all_documents(kind)


MODELS = sorted(set(all_documents()), key=str)


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_a_json_name_is_the_elements_name_in_lower_camel_case(model: type[Document]) -> None:
    regular = [part for part in parts(model).values() if "-" not in part.tag]
    assert {part.tag: part.alias for part in regular} == {part.tag: json_name(part.tag) for part in regular}


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("CustomerOrderId", "customerOrderId"), ("URL", "url"), ("id", "id"), ("orderRequest", "orderRequest"),
        ("NPANXXSearchAndOrderType", "npanxxSearchAndOrderType"), ("SPID", "spid"), ("CountOfTNs", "countOfTNs"),
        ("A2pSettings", "a2pSettings"), ("RPIDFormat", "rpidFormat"), ("TN", "tn"), ("ActualFOCDate", "actualFOCDate"),
    ],
)  # fmt: skip
def test_a_leading_run_of_capitals_is_one_word(tag: str, name: str) -> None:
    assert json_name(tag) == name


@given(NAMES)
def test_a_plain_name_survives_the_way_to_json_and_back(name: str) -> None:
    assert xml_name(json_name(name)) == name
