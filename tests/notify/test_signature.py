"""Signatures of callbacks, against the published vector and the reference library of Standard Webhooks."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from chalicelib.notify.signature import new_secret, sign

# The vector that the tests of every library of github.com/standard-webhooks/standard-webhooks share.
SECRET, MESSAGE_ID, TIMESTAMP = (
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    1614265330,
)
BODY, SIGNATURE = b'{"test": 2432232314}', "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_vector_is_met() -> None:
    assert sign(SECRET, MESSAGE_ID, TIMESTAMP, BODY) == SIGNATURE


def test_a_new_secret_has_the_prefix_and_enough_randomness() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    for secret in secrets:
        assert secret.startswith("whsec_")
        assert 24 <= len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) <= 64


def test_several_secrets_give_as_many_signatures_in_their_order() -> None:
    other = new_secret()
    both = sign(f"{SECRET} {other}", MESSAGE_ID, TIMESTAMP, BODY)
    assert both.split(" ") == [SIGNATURE, sign(other, MESSAGE_ID, TIMESTAMP, BODY)]


@given(body=st.text(st.characters(exclude_categories=["Cs"])).map(str.encode), seconds=st.integers(-60, 60))
def test_the_reference_library_takes_what_we_sign(body: bytes, seconds: int) -> None:
    timestamp = int(datetime.now(UTC).timestamp()) + seconds
    secret, old = new_secret(), new_secret()
    headers = {
        "webhook-id": MESSAGE_ID,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(f"{secret} {old}", MESSAGE_ID, timestamp, body),
    }
    Webhook(secret).verify(body, headers, json_parse=False)
    Webhook(old).verify(body, headers, json_parse=False)


@pytest.mark.parametrize(
    "changed",
    [{"webhook-id": "msg_other"}, {"webhook-timestamp": "+1"}, {"webhook-signature": "v1,AAAA"}, {}],
)
def test_a_signature_holds_for_one_id_one_time_and_one_body(changed: dict[str, str]) -> None:
    timestamp, secret = int(datetime.now(UTC).timestamp()), new_secret()
    headers = {
        "webhook-id": MESSAGE_ID,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(secret, MESSAGE_ID, timestamp, BODY),
    } | {name: str(timestamp + 1) if value == "+1" else value for name, value in changed.items()}
    body = BODY if changed else BODY + b" "
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers, json_parse=False)
