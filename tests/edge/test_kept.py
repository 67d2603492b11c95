"""What no type knows survives over HTTP: attributes, texts among elements, unknown elements; in XML and in JSON."""

import json

import pytest

from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.wire import tree
from chalicelib.wire.document import typed
from chalicelib.wire.examples import EXAMPLES
from chalicelib.wire.tree import Syntax
from tests.edge.desk import Caller
from tests.edge.requests import JSON

RESOURCES = [kind.resource for kind in ORDER_TYPES]
WISH = '<Wish level="3">soon <b>or</b> later</Wish><Wish>again</Wish><Other kind="none"/>'


def held(content: object, name: str) -> object:
    """What is under a name, anywhere in JSON."""
    if isinstance(content, dict):
        return content[name] if name in content else next(filter(None, (held(v, name) for v in content.values())), None)
    return next(filter(None, (held(each, name) for each in content)), None) if isinstance(content, list) else None


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_is_unknown_survives_from_xml(customer: Caller, resource: str) -> None:
    body = EXAMPLES[resource]
    cut = body.rindex("</")
    placed = customer("POST", f"/{resource}", body[:cut] + WISH + body[cut:])
    assert placed.status in (200, 201), placed.text
    assert WISH in customer("GET", f"/{resource}/{placed.id}").text
    shown = customer("GET", f"/{resource}/{placed.id}", Accept=JSON).json
    assert held(shown, "wish") == [{"@level": "3", "#text": ["soon ", " later"], "b": "or"}, "again"]
    assert held(shown, "other") == {"@kind": "none"}


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_is_unknown_survives_from_json(customer: Caller, resource: str) -> None:
    wish = {"@level": "3", "#text": "soon", "b": "or"}
    details = tree.read(EXAMPLES[resource].encode(), Syntax.XML).details
    text = json.dumps({**typed(details, None), "wish": [wish, "again"], "other": {"@kind": "none"}})
    placed = customer("POST", f"/{resource}", text, Content_Type=JSON)
    assert placed.status in (200, 201), placed.text
    shown = customer("GET", f"/{resource}/{placed.id}", Accept=JSON).json
    assert held(shown, "wish") == [wish, "again"]
    assert held(shown, "other") == {"@kind": "none"}
    assert '<Other kind="none"/>' in customer("GET", f"/{resource}/{placed.id}").text
