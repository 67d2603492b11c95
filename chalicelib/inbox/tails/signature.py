"""The tail of what a person wrote: signature, closing line with a name under it.

A word lost is worse than a word leaked: each rule asks that all below it looks like a tail, and none cuts the
first line ("Thanks" alone is the answer).
"""

import re
from collections.abc import Sequence

from chalicelib.inbox.lines import Line, ruler, trimmed
from chalicelib.inbox.tails.footer import without_device_footer, without_disclaimer
from chalicelib.inbox.tails.person import Person
from chalicelib.inbox.words import phrase_set

_DELIMITER = re.compile(r"\s{0,3}(?:--|\u2014|\u2013\u2013|__)\s{0,3}")
_PUNCTUATION = " \t,.!;:~*_-\u2013\u2014\uff0c\u3002\uff01\u3001"
_SENTENCE_ENDS = (".", "?", "!", ":", "\u3002", "\uff1f", "\uff01", "\uff1a")
_QUESTIONS = ("?", ":", "\uff1f", "\uff1a")
_CONTACT = re.compile(
    r"https?://|www\.|@|\+?\(?\d[\d\s().\u2011/-]{6,}\d|\b(?:tel|fax|phone|mobile?|cell|[tmfepw])\b\.?\s?:",
    re.IGNORECASE,
)
_ROUNDS = 6
_WINDOW = 40
"""So many lines from the end a tail may begin."""
_SIGNATURE_LINES = 15
_CLOSING_LINES = 8
_CLOSING_LONGEST = 50
_SHORT = 60
_NAME_WORDS = 5
_ENOUGH_CONTACTS = 2


def without_tail(lines: Sequence[Line], person: Person, *, first: bool = True) -> list[Line]:
    """The lines without what stands below the person's words. `first`: nothing of theirs is above."""
    kept = trimmed(without_disclaimer(trimmed(without_device_footer(trimmed(lines))), first=first))
    for _ in range(_ROUNDS):
        before = len(kept)
        kept = trimmed(_without_delimited(kept, first=first))
        kept = trimmed(_without_named(_without_closed(kept), person))
        if len(kept) == before:
            break
    return kept


def closing(text: str) -> bool:
    """Whether the line closes a letter and does nothing else."""
    return len(text) <= _CLOSING_LONGEST and _plain(text) in phrase_set("closings")


def _without_delimited(lines: list[Line], *, first: bool) -> list[Line]:
    """Cut at `-- ` (RFC 3676, 4.3), also when it lost its space, and at a ruler with a tail below."""
    for at in range(max(len(lines) - _WINDOW, 0), len(lines)):
        line, below = lines[at], lines[at + 1 :]
        if _DELIMITER.fullmatch(line.text) and sum(not line.blank for line in below) <= _SIGNATURE_LINES:
            return lines[:at]
        if ruler(line.text) and (at or not first) and _tail(below):
            return lines[:at]
    return lines


def _without_closed(lines: list[Line]) -> list[Line]:
    for at in range(len(lines) - 1, max(len(lines) - _WINDOW, 0), -1):
        if closing(lines[at].text):
            below = trimmed(lines[at + 1 :])
            few = sum(not line.blank for line in below) <= _CLOSING_LINES
            if below and few and _like_a_name(below[0].text) and _tail(below):
                return lines[:at]
    return lines


def _without_named(lines: list[Line], person: Person) -> list[Line]:
    """Cut at the sender's own name above a tail, or at any name above the sender's contacts."""
    for at in range(len(lines) - 1, max(len(lines) - _CLOSING_LINES, 1) - 1, -1):
        below = lines[at + 1 :]
        if not _tail(below):
            continue
        if person.is_called(_plain(lines[at].text)):
            return lines[:at]
        apart = lines[at - 1].blank and not _above(lines, at).endswith(_QUESTIONS)
        contacts = [line.text for line in below if _CONTACT.search(line.text)]
        theirs = person.may_be_called(lines[at].text) or any(map(person.has, contacts))
        if apart and theirs and len(contacts) >= _ENOUGH_CONTACTS and _like_a_name(lines[at].text):
            return lines[:at]
    return lines


def _above(lines: Sequence[Line], at: int) -> str:
    return next((line.text for line in reversed(lines[:at]) if not line.blank), "")


def _tail(lines: Sequence[Line]) -> bool:
    return all(line.blank or _like_a_tail(line.text) for line in lines)


def _like_a_tail(text: str) -> bool:
    if _CONTACT.search(text):
        return len(text) <= 2 * _SHORT
    return len(text) <= _SHORT and not text.rstrip().endswith(_SENTENCE_ENDS)


def _like_a_name(text: str) -> bool:
    plain = text.strip(_PUNCTUATION)
    if text.rstrip().endswith(_QUESTIONS) or any(character.isdigit() for character in plain):
        return False
    return 0 < len(plain.split()) <= _NAME_WORDS and len(plain) <= _SHORT


def _plain(text: str) -> str:
    return text.strip(_PUNCTUATION).casefold()
