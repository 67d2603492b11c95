"""Mails that machines wrote, or that are not what they say. The name of a file begins with its refusal."""

from pathlib import Path

import pytest

from chalicelib.inbox import automatic
from chalicelib.inbox.automatic import refused
from chalicelib.inbox.refusals import Refusal

MAILS = sorted((Path(__file__).parent / "automatic").glob("*.eml"))
OWN_DOMAINS = ("reply.docket.example", "docket.example")


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_a_mail_is_refused_for_its_reason_or_accepted(mail: Path) -> None:
    refusal = refused(mail.read_bytes(), OWN_DOMAINS)
    assert (refusal.name.lower() if refusal else "accepted") == mail.stem.partition("-")[0]


def test_the_reason_is_a_sentence_for_people() -> None:
    raw = b"From: maria@keller-voip.example\nAuto-Submitted: auto-replied\n\nI am away.\n"
    assert automatic(raw) == Refusal.AUTO_SUBMITTED.sentence
    assert automatic(raw.replace(b"auto-replied", b"no")) is None


def test_every_reason_has_a_mail() -> None:
    assert {mail.stem.partition("-")[0] for mail in MAILS} == {"accepted", *(r.name.lower() for r in Refusal)}


def test_a_domain_is_ours_only_when_it_is_named() -> None:
    raw = b"From: desk@docket.example\nMessage-ID: <1@x.example>\n\nhi\n"
    assert refused(raw, ("DOCKET.example",)) is Refusal.LOOP
    assert refused(raw, ("et.example",)) is None
    assert refused(raw) is None
