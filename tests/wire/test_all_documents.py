"""Every document that is ever written is held to a golden file, and every request of a type is the same command."""

import json
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from chalicelib.domain.commands import CreateOrder
from chalicelib.domain.errors import Invalid
from chalicelib.domain.order_types import ORDER_TYPES, OrderType
from chalicelib.wire import documents, reading, tree
from chalicelib.wire.document import Document, parts, typed
from chalicelib.wire.documents import papers_of
from chalicelib.wire.examples import EXAMPLES
from chalicelib.wire.tree import Syntax
from tests.wire.samples import SAMPLES
from tests.wire.test_both_syntaxes import TEXTS, all_documents, as_xml, nested

READ = {
    "AccountRequest", "ActivationRequest", "CredentialRequest", "CsrShown", "EventRequest", "NoteRequest",
    "PortOutShown", "PortinList", "StatusChange", "SubscriptionRequest", "SubscriptionV2Request", "TnList",
}  # fmt: skip
"""Documents that are only ever read, or that say what is known of others."""


def within(value: object) -> Iterator[type]:
    """The kinds of a document and of all that is in it."""
    if isinstance(value, BaseModel):
        yield type(value)
        for name in type(value).model_fields:
            yield from within(getattr(value, name))
    elif isinstance(value, list):
        for each in value:
            yield from within(each)


def roots() -> list[type[Document]]:
    """Every document that has a root of its own, but for requests."""
    for module in iter_modules(documents.__path__):
        import_module(f"{documents.__name__}.{module.name}")
    asked = {kind for each in ORDER_TYPES for kind in (papers_of(each).request, papers_of(each).supplement)}
    return [
        kind
        for kind in sorted(set(all_documents()), key=str)
        if kind.__xml_tag__ and kind not in asked and kind.__name__ not in READ
        and kind.__module__.startswith(documents.__name__)
        and not any(base in asked for base in kind.__mro__)
    ]  # fmt: skip


def test_every_document_that_is_written_has_a_golden_file() -> None:
    shown = {kind for sample in SAMPLES.values() for kind in within(sample())}
    assert [kind.__name__ for kind in roots() if not any(issubclass(each, kind) for each in shown)] == []


def command(kind: OrderType, body: bytes, syntax: Syntax) -> CreateOrder:
    """What a request asks for."""
    papers = papers_of(kind)
    details = reading.document(tree.read(body, syntax), papers.request, *papers.roots)[1]
    return CreateOrder(
        account="9900000", type=kind.resource, details=details, by="desk", draft=papers.wants_draft(details)
    )


UNKNOWN = st.dictionaries(
    st.sampled_from(["Unheardof", "Wish", "AnotherThing"]), st.one_of(TEXTS, nested(TEXTS)), max_size=3
)


@pytest.mark.parametrize("kind", ORDER_TYPES, ids=lambda kind: kind.resource)
@given(data=st.data())
def test_xml_and_json_of_one_request_are_one_command(kind: OrderType, data: st.DataObject) -> None:
    papers = papers_of(kind)
    known = tree.read(EXAMPLES[kind.resource].encode(), Syntax.XML).details
    kept = data.draw(st.lists(st.sampled_from(known), unique_by=lambda pair: pair[0], max_size=len(known)))
    required = tuple(pair for pair in known if pair[0] not in _optional(papers.request) or pair in kept)
    details = (*required, *data.draw(UNKNOWN).items())
    xml = _command_or_problems(kind, as_xml(details, papers.roots[0]), Syntax.XML)
    text = json.dumps(typed(details, papers.request)).encode()
    assert xml == _command_or_problems(kind, text, Syntax.JSON)
    if isinstance(xml, CreateOrder):
        assert xml.details == details


def _optional(model: type[Document]) -> set[str]:
    return {part.tag for part in parts(model).values() if part.model is None}


def _command_or_problems(kind: OrderType, body: bytes, syntax: Syntax) -> "CreateOrder | list[str]":
    try:
        return command(kind, body, syntax)
    except Invalid as error:
        return sorted(f"{problem.code} {problem.field}" for problem in error.problems)
