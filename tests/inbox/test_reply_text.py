"""Mails as programs write them, each beside the text that its sender typed. A pair in corpus/ is a test."""

from pathlib import Path

import pytest

from chalicelib.inbox import reply_text

CORPUS = Path(__file__).parent / "corpus"
MAILS = sorted(CORPUS.glob("*.eml"))


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_what_the_person_typed_is_found_and_nothing_else(mail: Path) -> None:
    assert reply_text(mail.read_bytes()) == _typed(mail)


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_line_ends_of_the_network_change_nothing(mail: Path) -> None:
    unix = mail.read_bytes().replace(b"\r\n", b"\n")
    assert reply_text(unix.replace(b"\n", b"\r\n")) == reply_text(unix) == _typed(mail)


def test_no_text_stands_there_without_its_mail() -> None:
    assert {text.stem for text in CORPUS.glob("*.txt")} == {mail.stem for mail in MAILS}


def _typed(mail: Path) -> str:
    return mail.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")
