"""Routes: what is spelled out goes before variables, whatever the order in which routes were given."""

import pytest

from infra.local.routes import Routes

ROUTES = Routes([
    "/health", "/accounts/{account}/{resource}", "/accounts/{account}/subscriptions",
    "/accounts/{account}/{resource}/{order}", "/accounts/{account}/{resource}/totals",
    "/accounts/{account}/sites/{site}/{resource}",
])  # fmt: skip


@pytest.mark.parametrize(
    ("path", "route", "named"),
    [
        ("/health", "/health", {}),
        ("/accounts/9/subscriptions", "/accounts/{account}/subscriptions", {"account": "9"}),
        ("/accounts/9/portins", "/accounts/{account}/{resource}", {"account": "9", "resource": "portins"}),
        ("/accounts/9/csrs/totals", "/accounts/{account}/{resource}/totals", {"account": "9", "resource": "csrs"}),
        # a literal that leads nowhere is left again
        ("/accounts/9/subscriptions/7", "/accounts/{account}/{resource}/{order}",
         {"account": "9", "resource": "subscriptions", "order": "7"}),
        ("/accounts/9/sites/7", "/accounts/{account}/{resource}/{order}",
         {"account": "9", "resource": "sites", "order": "7"}),
        ("/accounts/9/sites/7/orders", "/accounts/{account}/sites/{site}/{resource}",
         {"account": "9", "site": "7", "resource": "orders"}),
        ("/accounts/{}/a%2Fb", "/accounts/{account}/{resource}", {"account": "{}", "resource": "a%2Fb"}),
        ("/accounts//portins", "/accounts/{account}/{resource}", {"account": "", "resource": "portins"}),
    ],
)  # fmt: skip
def test_a_path_takes_the_route_that_spells_out_most_of_it(path: str, route: str, named: dict[str, str]) -> None:
    assert ROUTES.find(path) == (route, named)


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/health/x", "/accounts", "/accounts/9", "//health", "/accounts/1/2/3/4"]
)
def test_no_route_is_none(path: str) -> None:
    assert ROUTES.find(path) is None
