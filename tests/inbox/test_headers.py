"""The fields of a mail: sender, recipients, id."""

import pytest

from chalicelib.inbox import addressees, message_id, sender


@pytest.mark.parametrize(
    ("field", "address"),
    [
        (b"From: Maria <Maria@X.example>", "maria@x.example"),
        (b'From: "Keller, Maria" <maria@x.example>', "maria@x.example"),
        (b"From: =?utf-8?q?J=C3=B6rg?=\n <joerg@x.example>", "joerg@x.example"),
        (b"From: J\xf6rg <joerg@x.example>", "joerg@x.example"),
        (b"From: a@x.example, b@x.example", None),
        (b"From: a@x.example\nFrom: a@x.example", None),
        (b"From: nobody", None),
        (b"Sender: a@x.example", None),
        (b'From: "boss@x.example" <eve@y.example>', "eve@y.example"),
    ],
)
def test_the_sender_is_the_one_address_in_from(field: bytes, address: str | None) -> None:
    assert sender(field + b"\n\nhi\n") == address


def test_who_is_addressed_is_read_from_every_field_that_says_so() -> None:
    raw = (
        b"To: Desk <A@x.example>, b@x.example\nCc: c@x.example\nDelivered-To: a@x.example\n"
        b"X-Original-To: d@x.example\nEnvelope-To: e@x.example\nBcc: f@x.example\n\nTo: g@x.example\n"
    )
    assert addressees(raw) == ("a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example")


def test_a_mail_is_known_by_its_id() -> None:
    assert message_id(b"Message-ID:\n <abc@x.example> (comment)\n\nhi") == "<abc@x.example>"
    assert message_id(b"Subject: none\n\nMessage-ID: <body@x.example>") == ""
