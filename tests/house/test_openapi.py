"""The OpenAPI document is valid, and tells of every route of the app and of nothing else."""

import json
from typing import Any

import pytest
from openapi_spec_validator import validate

import app
from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.edge import openapi
from chalicelib.edge.door import views
from chalicelib.edge.entrance import LAST_ROUTE
from chalicelib.edge.operations import OPERATIONS
from chalicelib.edge.place import OPEN, Spot, find
from chalicelib.wire.examples import EXAMPLES

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return dict(json.loads(openapi.document()))


def test_the_document_is_valid(described: dict[str, Any]) -> None:
    validate(described)


def test_every_place_and_method_of_the_app_is_in_it_and_nothing_else(described: dict[str, Any]) -> None:
    told = {
        (_spot(path), method.upper()) for path, item in described["paths"].items() for method in METHODS & item.keys()
    }
    assert told == {(spot, method) for spot, method, *_ in views()}
    assert {spot for spot, _ in told} == set(Spot)


def test_every_route_of_the_app_leads_to_a_path_of_the_document(described: dict[str, Any]) -> None:
    """And every path is one of a route: a type of two segments has its own."""
    routes = {tuple(route.strip("/").split("/")) for route in app.app.routes if route != LAST_ROUTE}
    paths = {tuple(path.strip("/").split("/")) for path in described["paths"]}
    fits = {path: [route for route in routes if _leads(route, path)] for path in paths}
    assert [path for path, found in fits.items() if not found] == []
    unused = routes - {route for found in fits.values() for route in found}
    assert {_of_two_segments(route) for route in unused} <= {True}, unused


def test_each_type_has_every_place_that_is_for_all(described: dict[str, Any]) -> None:
    for spot, method, _, _, only in views():
        for kind in ORDER_TYPES if "{resource}" in spot else ():
            item = described["paths"].get(spot.replace("{resource}", kind.resource), {})
            assert (method.lower() in item) == (not only or kind.resource in only), (spot, method, kind.resource)


def test_every_view_says_what_it_takes_and_gives() -> None:
    nameless = {each.name for each in openapi.known() if each.place.spot not in OPEN} - OPERATIONS.keys()
    assert nameless <= {"subscriptions.unsubscribe"}, nameless  # which takes and gives nothing
    assert OPERATIONS.keys() <= {each.name for each in openapi.known()}


def test_every_operation_says_what_happens_without_credentials(described: dict[str, Any]) -> None:
    for path, item in described["paths"].items():
        for method in METHODS & item.keys():
            open_to_all = item[method].get("security") == []
            assert open_to_all == (path in OPEN)
            assert ("401" in item[method]["responses"]) != open_to_all, path


def test_there_is_an_example_of_each_order_type() -> None:
    assert EXAMPLES.keys() == {kind.resource for kind in ORDER_TYPES}


def _spot(path: str) -> Spot:
    parts = path.replace("{account}", "9900000").strip("/").split("/")
    return find([part.strip("{}") for part in parts]).spot


def _leads(route: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return len(route) == len(path) and all(
        part == asked or part.startswith("{") for part, asked in zip(route, path, strict=True)
    )


def _of_two_segments(route: tuple[str, ...]) -> bool:
    """Routes for types of two segments, at places that no such type has."""
    return "{part}" in route or ("{order}" in route and "{resource}" in route)
