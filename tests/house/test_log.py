"""The log: one line for each thing, and never the reason that something else fails."""

import io
import json
from collections.abc import Iterator

import pytest

from chalicelib import log

SEALED = "a" * 62


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    log.to("json")


def test_a_line_that_cannot_be_written_undoes_nothing() -> None:
    """A full disk, a closed pipe."""
    broken = io.StringIO()
    broken.close()
    log.to("json", broken)
    log.tell("anything")
    log.failed("anything", ValueError("again"))


def test_nobody_can_write_a_line_of_his_own() -> None:
    """In text a value may hold what a client sent."""
    out = io.StringIO()
    log.to("text", out)
    log.tell("http.answered", user="x\n12:00:00.000 started \x1b[31mFORGED")
    assert out.getvalue().count("\n") == 1
    assert "\x1b" not in out.getvalue()


def test_reply_addresses_are_masked_in_both_forms() -> None:
    """They are keys to somebody's order."""
    for form in ("text", "json"):
        out = io.StringIO()
        log.to(form, out)
        log.tell("mail.heard", to=f"{SEALED.upper()}@orders.example", missing=None)
        assert SEALED not in out.getvalue().lower()
        assert "missing" not in out.getvalue()


def test_a_failure_carries_its_cause() -> None:
    out = io.StringIO()
    log.to("json", out)
    nothing: dict[str, str] = {}
    try:
        nothing["why"]
    except KeyError as error:
        log.failed("sweep", error, order="7")
    line = json.loads(out.getvalue())
    assert (line["level"], line["event"], line["order"], line["error"]) == ("error", "sweep", "7", "KeyError: 'why'")
    assert "test_log.py" in line["trace"]
