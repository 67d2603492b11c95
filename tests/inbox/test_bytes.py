"""Whatever the bytes: an answer, in little time, made of the sender's words."""

import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.inbox import addressees, automatic, message_id, reply_text, sender
from chalicelib.inbox.lines import split

MAILS = sorted(Path(__file__).parent.glob("*/*.eml"))
SEALED = "mfrggzdfmztwq2lknnwg23tpobyxe43uov3ho6dzpi2dknrxgm4tambrgiztin@reply.docket.example"
FIELDS = f"From: Maria Keller <maria@x.example>\nTo: {SEALED}\nMIME-Version: 1.0\n"
SPOILERS = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [b"\n\n", b"\r", b"--", b"\x00", b"=?utf-8?b?", b"charset=idna", b"charset*=x'y'%ff", b"<blockquote>",
         b"Content-Type: multipart/mixed; boundary=\n", b"Content-Transfer-Encoding: uuencode\n", b"From: (((", b"&#0;",
         b"<?xml encoding='x'?>", b"; name*0*=a'b", b"format=flowed"]
    ),
)  # fmt: skip
WORDS = st.text(string.ascii_lowercase + "äß漢 ", min_size=1, max_size=30).filter(lambda text: text.strip() != "")
TYPED = st.lists(WORDS.map(lambda text: "w " + " ".join(text.split())), min_size=1, max_size=6).map("\n".join)
QUOTED = st.lists(WORDS.map(lambda text: "> " + text.strip()), min_size=1, max_size=6).map("\n".join)
ATTRIBUTIONS = st.sampled_from(
    [
        f"On Tue, 3 Mar 2026 at 10:58, Desk <{SEALED}> wrote:",
        "Am 03.03.2026 um 10:58 schrieb Desk <notify@docket.example>:",
        f"Le mar. 3 mars 2026 à 10:58, Desk <\n{SEALED}> a écrit :",
        "-----Original Message-----",
    ]
)
TAILS = st.sampled_from(
    ["", "\n\n-- \nMaria Keller\n+49 30 5550199", "\n\nSent from my iPhone", "\n\nBest regards,\nMaria"]
)


@given(st.binary(max_size=2000))
def test_no_bytes_raise(raw: bytes) -> None:
    _all_answer(raw)


@given(st.sampled_from(MAILS), st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 40), SPOILERS), max_size=12))
def test_no_damaged_mail_raises(mail: Path, damages: list[tuple[int, int, bytes]]) -> None:
    raw = mail.read_bytes()
    for at, lost, put in damages:
        raw = raw[:at] + put + raw[at + lost :]
    _all_answer(raw)


@given(TYPED, ATTRIBUTIONS, QUOTED, TAILS)
def test_what_was_typed_above_a_quote_comes_through_to_the_letter(
    typed: str, attribution: str, quoted: str, tail: str
) -> None:
    assert reply_text(_plain(f"{typed}{tail}\n\n{attribution}\n{quoted}\n")) == typed


@given(TYPED, QUOTED, TYPED)
def test_what_was_typed_around_a_quote_comes_through_to_the_letter(above: str, quoted: str, below: str) -> None:
    quote = f"On Tue, 3 Mar 2026 at 10:58, Desk <{SEALED}> wrote:\n{quoted}"
    assert reply_text(_plain(f"{above}\n\n{quote}\n\n{below}\n")) == f"{above}\n\n{below}"


@given(st.lists(st.one_of(TYPED, QUOTED, ATTRIBUTIONS, TAILS, st.text(max_size=40)), max_size=8).map("\n".join))
def test_the_text_is_made_of_the_senders_lines_and_reading_it_again_changes_nothing(body: str) -> None:
    once = reply_text(_plain(body))
    assert _shown(once) <= _shown(body) | {""}
    assert reply_text(_plain(once)) == once


@pytest.mark.parametrize(
    "raw",
    [
        FIELDS + "Content-Type: text/html\n\n<p>new</p>" + "<blockquote type=cite>q" * 300 + "</blockquote>" * 300,
        FIELDS + "\nnew\n\nOn 3 Mar 2026, Desk <notify@docket.example> wrote:\n"
        + "".join(">" * depth + " quoted\n" for depth in range(1, 41)),
        FIELDS + "\nnew\n\n-----Original Message-----\n" + "word " * 2_000_000,
        FIELDS + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nnew\n--b\nContent-Type: application/pdf\n\n"
        + ("A" * 76 + "\n") * 100_000 + "--b--\n",
    ],
    ids=["300 nested blockquotes", "40 levels of quoting", "10 MB of quote", "8 MB of attachment"],
)  # fmt: skip
def test_a_deep_or_long_mail_is_read_as_any_other(raw: str) -> None:
    assert _seconds(raw.encode(), "new") < 1


@pytest.mark.parametrize(
    "body",
    ["thanks,\nbob\n" * 40_000, "> x\ny\n" * 40_000, "12:00 3.3.26 wrote:\n" * 20_000, "a@" * 130_000, "-" * 260_000,
     "from: a\n" * 40_000, "On 3 Mar 2026 J <a@b.example> wrote:\n> x\n\ny\n\n" * 5_000],
    ids=["closings", "marks", "verbs", "addresses", "dashes", "fields", "attributions"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["plain", "html", "plain; format=flowed"])
def test_a_mail_made_to_be_slow_is_not(body: str, kind: str) -> None:
    assert _seconds(f"{FIELDS}Content-Type: text/{kind}\n\n{body}".encode()) < 1


def test_parts_within_parts_without_end_give_no_text() -> None:
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    assert _seconds((FIELDS + nested).encode(), "") < 1


def _shown(text: str) -> set[str]:
    """The lines as a reader sees them."""
    return {" ".join(line.text.split()) for line in split(text)}


def _all_answer(raw: bytes) -> None:
    assert isinstance(reply_text(raw), str)
    assert isinstance(automatic(raw, ("docket.example",)), str | None)
    assert isinstance(sender(raw), str | None)
    assert isinstance(addressees(raw), tuple)
    assert isinstance(message_id(raw), str)


def _plain(body: str) -> bytes:
    return f"{FIELDS}Content-Type: text/plain; charset=utf-8\n\n{body}".encode("utf-8", "replace")


def _seconds(raw: bytes, expected: str | None = None) -> float:
    """Seconds of this process's own work; a busy machine does not count."""
    started = time.process_time()
    text = reply_text(raw)
    took = time.process_time() - started
    assert expected is None or text == expected
    return took
