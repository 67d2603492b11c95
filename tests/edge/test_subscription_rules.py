"""Rules of subscriptions that hang on more than one field, or on how a request came."""

import json

import pytest

from chalicelib import wiring
from infra.local.store import LocalStore
from tests.edge.desk import Caller, services
from tests.edge.requests import CALLBACK, EMAIL, JSON
from tests.notify.authority import Authority

V2 = "/v2/subscriptions"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Base64 of one that a receiver might show."""
    return Authority(tmp_path_factory.mktemp("certificate")).alone("receiver.example.net")[1]


def with_key(url: str, certificate: str) -> str:
    credentials = f"<CallbackCredentials><PublicKey>{certificate}</PublicKey></CallbackCredentials>"
    return (
        f"<Subscription><OrderType>orders</OrderType><CallbackSubscription><URL>{url}</URL>{credentials}"
        "</CallbackSubscription></Subscription>"
    )


def in_version_2(url: str, certificate: str) -> str:
    return json.dumps({"definition": "Bandwidth_App_Order_Update", "webhook": {"url": url, "publicKey": certificate}})


def test_a_certificate_is_for_https_only(customer: Caller, certificate: str) -> None:
    first, second = (f"{scheme}://127.0.0.1:8181/" for scheme in ("http", "HTTPS"))
    refused = customer("POST", "/subscriptions", with_key(first, certificate))
    assert (refused.status, refused.said("ResponseStatus/ErrorCode")) == (400, "14504")
    assert "https" in (refused.said("ResponseStatus/Description") or "")
    refused = customer("POST", V2, in_version_2(first, certificate), Content_Type=JSON)
    assert (refused.status, list(refused.json["errors"])) == (400, ["publicKey"])
    assert customer("POST", "/subscriptions", with_key(second, certificate)).status == 201
    assert customer("POST", V2, in_version_2(second, certificate), Content_Type=JSON).status == 201
    for path in ("/subscriptions", V2):  # like all credentials, it is not shown
        assert certificate[:40] not in customer("GET", path, Accept=JSON).text


def test_a_callback_has_no_daily_digest(customer: Caller) -> None:
    def asked(digest: str) -> str:
        end = "</CallbackSubscription>"
        return CALLBACK.replace(end, f"<DigestRequested>{digest}</DigestRequested>{end}")

    refused = customer("POST", "/subscriptions", asked("daily"))
    assert (refused.status, refused.said("ResponseStatus/ErrorCode")) == (400, "12164")
    refused = customer("POST", "/subscriptions", asked("weekly"))
    assert (refused.status, refused.said("ResponseStatus/ErrorCode")) == (400, "14502")
    assert customer("POST", "/subscriptions", asked("none")).status == 201
    assert customer("POST", "/subscriptions", EMAIL.replace("NONE", "daily")).status == 201


@pytest.mark.parametrize(
    ("prefix", "usual"),
    [("", "LEGACY"), ("/api", "LEGACY"), ("/v1.0", "LEGACY"), ("/api/v1", "LEGACY"), ("/api/v2", "E164")],
)
def test_the_path_says_how_numbers_are_written_where_the_subscription_does_not(
    customer: Caller, prefix: str, usual: str
) -> None:
    path = f"/{prefix}/accounts/9900000/subscriptions"
    made = customer("POST", path, CALLBACK).id
    assert customer("GET", f"/subscriptions/{made}").said(".//NumberFormat") == usual
    other = {"LEGACY": "E164", "E164": "LEGACY"}[usual]
    asked = CALLBACK.replace("</Callb", f"<NumberFormat>{other.lower()}</NumberFormat></Callb")
    assert customer("PUT", f"{path}/{made}", asked).status == 200
    assert customer("GET", f"/subscriptions/{made}").said(".//NumberFormat") == other


def test_the_setting_bounds_subscriptions_to_all_orders_of_a_type(customer: Caller, store: LocalStore) -> None:
    assert services(store).subscribe.limit is None
    wiring.use(services(store, subscription_limit=1))
    assert customer("POST", "/subscriptions", CALLBACK).status == 201
    refused = customer("POST", "/subscriptions", CALLBACK.replace("8181", "8182"))
    assert (refused.status, refused.said("ResponseStatus/ErrorCode")) == (409, "16006")
    assert customer("POST", "/subscriptions", CALLBACK.replace("portins", "orders")).status == 201
