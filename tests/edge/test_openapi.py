"""GET /openapi.json, and whether what it gives as examples is taken."""

import json

import pytest

from chalicelib.wire.examples import EXAMPLES
from tests.edge.desk import Caller

XML = "application/xml"


def test_it_is_served_to_anybody_as_json(nobody: Caller) -> None:
    answer = nobody("GET", "//openapi.json")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json["openapi"] == "3.1.0"


@pytest.mark.parametrize("resource", EXAMPLES)
def test_an_example_is_taken_in_both_syntaxes(customer: Caller, operator: Caller, resource: str) -> None:
    wanted = 200 if resource == "portouts" else 201
    caller = operator if resource == "portouts" else customer
    described = operator("GET", "//openapi.json").json["paths"]
    content = described[f"/accounts/{{account}}/{resource}"]["post"]["requestBody"]["content"]
    xml, as_json = content[XML]["example"], content["application/json"]["example"]
    assert caller("POST", f"/{resource}", xml, Content_Type=XML).status == wanted
    second = {**as_json, "customerOrderId": "B-1"}
    placed = caller("POST", f"/{resource}", json.dumps(second), Content_Type="application/json")
    assert placed.status == wanted, placed.text
    assert xml == EXAMPLES[resource]
