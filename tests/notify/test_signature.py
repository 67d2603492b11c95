"""Signatures of callbacks, against the published vector and the reference library of Standard Webhooks."""

import base64
import hmac
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from chalicelib.notify.signature import new_secret, sign, sign_body

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


@pytest.mark.parametrize(
    ("key", "body", "expected"),
    [
        # RFC 4231, test case 2, and two that are known everywhere; the digests are in hex.
        (
            "Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        ("key", b"The quick brown fox jumps over the lazy dog",
         "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"),
        ("", b"", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ],
)  # fmt: skip
def test_the_signature_of_version_2_is_the_hmac_of_the_bytes_as_base64(key: str, body: bytes, expected: str) -> None:
    assert sign_body(key, body) == base64.b64encode(bytes.fromhex(expected)).decode()


def test_a_key_of_version_2_is_taken_as_utf_8_and_as_it_is() -> None:
    assert sign_body("whsec_c2VjcmV0", b"{}") != sign_body("secret", b"{}")
    assert sign_body("ü", b"{}") == base64.b64encode(hmac.digest("ü".encode(), b"{}", "sha256")).decode()
