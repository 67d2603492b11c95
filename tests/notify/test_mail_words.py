"""What a mail says, in both of its parts, and how it looks."""

import re
from dataclasses import replace
from datetime import timedelta, timezone
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as reader

from chalicelib.domain.document import DocumentType, Filed, Filing
from chalicelib.domain.entry import Kind
from chalicelib.domain.order_types import ORDER_TYPES
from chalicelib.notify.parts import MARKER
from chalicelib.notify.states import words
from tests.notify.golden import FOC_DATE, HOSTILE, MAILS, telling, written
from tests.notify.lives import ORDER_ID, SUBSCRIPTION_ID, Life, disconnect, placed, portin
from tests.notify.reading import both, content, found, note_in, read

CLIPPED = 100_000
"""Bytes of HTML beyond which Gmail cuts a mail off."""


def test_both_parts_hold_the_order_the_state_and_what_the_desk_said() -> None:
    text, html = both(MAILS["portin-foc"]())
    for part in (text, html.text_content()):
        for said in (ORDER_ID, "FOC (firm date set)", "confirmed by the losing carrier", "PORT 7"):
            assert said in part
        assert "Thu 10 Dec 2026, 15:30 UTC" in part
        assert "2015550119, 2015550120" in part
        assert SUBSCRIPTION_ID in part
        assert "Reply to this mail to add a note" in part


def test_what_happened_stands_in_the_first_line_and_the_marker_on_a_line_of_its_own() -> None:
    text, html = both(MAILS["portin-foc"]())
    first = "Port-in 2015550119 and 1 more is now FOC (firm date set), by operator, Thu 03 Dec 2026, 10:30 UTC."
    assert text.splitlines()[:3] == [first, MARKER, ""]
    shown = [line.strip() for line in html.find("body").text_content().splitlines() if line.strip()]
    assert shown[:2] == [first, MARKER]


def test_a_note_stands_in_both_parts_in_full_and_as_it_was_typed() -> None:
    text, html = both(MAILS["portin-note"]())
    assert HOSTILE in text
    assert note_in(html) == HOSTILE
    assert found(html, "//script | //b") == []
    for part in (text, html.text_content()):
        assert "2 earlier messages about this order could not be delivered to you." in part


def test_nothing_that_anybody_names_becomes_markup() -> None:
    evil = '<img src=x onerror="alert(1)">'
    life = placed("orders", (("CustomerOrderId", evil),), by=evil).step("BACKORDERED", by=evil, message=evil)
    text, html = both(telling(life, email="bob@example.net"))
    assert found(html, "//img") == []
    for part in (text, html.text_content()):
        assert part.count(evil) >= 5


typed = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.just("\n"), min_size=1)


@given(note=typed)
def test_whatever_is_typed_survives_a_parse_of_both_parts(note: str) -> None:
    told = telling(portin())
    told = replace(told, entry=replace(told.entry, kind=Kind.NOTE, note=note, message=None))
    raw = written(told)
    assert raw == written(told)
    assert len(list(read(raw).walk())) == 3
    text, html = both(told)
    assert f"\n{note}\n" in text
    assert note_in(html) == note


def test_many_numbers_are_folded() -> None:
    text, _ = both(MAILS["disconnect-complete"]())
    numbers = ", ".join(f"20155501{number:02}" for number in range(5))
    assert re.search(rf"^Numbers +{numbers} and 7 more$", text, re.MULTILINE)
    assert read(written(MAILS["disconnect-complete"]()))["Subject"] == ("[7f3c2291] Disconnect 2015550100 and 11 more")


def test_the_timeline_names_earlier_notes_but_never_their_text() -> None:
    life = portin().note("the secret is 42", by="carol").note("mine", by="dave@example.org").step("FOC")
    text, html = both(telling(life))
    for part in (text, html.text_content()):
        assert "the secret" not in part
        assert "note, by carol" in part
        assert "note, by dave@example.org" in part
    assert text.count("<- this mail") == 1
    assert re.search(r"^\* 2026-12-03 13:30  FOC \(firm date set\), by operator  <- this mail$", text, re.MULTILINE)


@pytest.mark.parametrize("kind", Kind)
def test_whatever_happened_before_has_its_line_in_the_timeline(kind: Kind) -> None:
    filed = Filed("x.pdf", DocumentType.LOA, Filing.ATTACHED) if kind is Kind.DOCUMENT else None
    life = portin().note("first")
    before = replace(life.last, kind=kind, filed=filed)
    text, _ = both(telling(Life(life.order, [*life.journal[:-1], before]).step("FOC"), email="bob@example.net"))
    assert {Kind.DOCUMENT: "LOA attached", Kind.NOTE: "note", Kind.REMOVED: "removed"}.get(kind, "") in text
    assert "x.pdf" not in text


def test_a_long_journal_is_shown_by_its_two_ends() -> None:
    life = portin()
    for number in range(40):
        life = life.note(f"note {number}")
    text, html = both(telling(life))
    assert "placed: PENDING_DOCUMENTS" in text
    assert ":                   30 more" in text
    assert len(re.findall(r"^[o*-] 2026", text, re.MULTILINE)) == 12
    assert "30 more" in html.text_content()


def test_a_mail_says_how_to_stop_it_or_that_it_was_the_last() -> None:
    going, _ = both(telling(portin()))
    ended, _ = both(telling(disconnect(1).step("FAILED")))
    path = f"https://orders.example.net/v1.0/accounts/9900000/subscriptions/{SUBSCRIPTION_ID}"
    assert f"To stop these mails, delete subscription {SUBSCRIPTION_ID}: DELETE {path}" in going
    assert "bob@example.net is subscribed to this order." in going
    assert f"the last step of the order: subscription {SUBSCRIPTION_ID} ends with it." in ended


def test_the_latest_firm_date_stays_in_later_mails() -> None:
    life = portin().step("FOC", foc=FOC_DATE - timedelta(days=3)).step("FOC", foc=FOC_DATE)
    text, _ = both(telling(life.note("hello").step("COMPLETE")))
    assert re.search(r"^FOC date +Thu 10 Dec 2026, 15:30 UTC$", text, re.MULTILINE)


@pytest.mark.parametrize("name", MAILS)
def test_the_html_is_fit_for_every_reader(name: str) -> None:
    source = content(read(written(MAILS[name]())), "html")
    html = reader.document_fromstring(source)
    assert len(source.encode()) < CLIPPED
    assert html.get("lang") == "en"
    assert html.findtext("head/title") == read(written(MAILS[name]()))["Subject"]
    assert len(found(html, "//h1")) == 1
    assert {table.get("role") for table in found(html, "//table")} == {"presentation"}
    assert found(html, "//meta[@name='color-scheme'][@content='light dark']")
    assert "prefers-color-scheme: dark" in (html.findtext("head/style") or "")
    assert found(html, "//img | //script | //link | //a | //*[@background]") == []
    assert all(element.get("style") for element in found(html, "//h1 | //p | //td"))


LIGHT, DARK = ("#eef1f4", "#ffffff", "#f4f6f8"), ("#14181c", "#1f252b", "#2a3138")


def test_every_colour_of_a_text_can_be_read_on_its_ground() -> None:
    style = (files("chalicelib.notify") / "templates" / "order.html.j2").read_text()
    light, _, dark = style.partition("@media (prefers-color-scheme: dark)")
    for sheet, grounds in ((light, LIGHT), (dark, DARK)):
        inks = set(re.findall(r"[{;] color: (#[0-9a-f]{6})", sheet))
        assert inks
        assert all(_contrast(ink, ground) >= 4.5 for ink in inks for ground in grounds)


def _contrast(one: str, other: str) -> float:
    """As WCAG 2.1 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("kind", ORDER_TYPES, ids=lambda kind: kind.resource)
def test_each_state_that_is_told_has_friendly_words(kind: object) -> None:
    for state in kind.notified:  # type: ignore[attr-defined]  # because pytest's ids want an object
        assert words(state) != state.replace("_", " ").lower(), state


def test_times_are_told_in_utc_whatever_the_zone_of_the_entry() -> None:
    told = telling(portin())
    moved = replace(told.entry, at=told.entry.at.astimezone(timezone(timedelta(hours=5, minutes=30))))
    assert "Thu 03 Dec 2026, 09:00 UTC" in content(read(written(replace(told, entry=moved))), "plain")
