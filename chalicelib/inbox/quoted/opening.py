"""Where a quote begins: an attribution, a header block, a divider, our own reply address; and our marker."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from chalicelib.inbox.lines import Line
from chalicelib.inbox.quoted.attribution import attribution
from chalicelib.inbox.quoted.header_block import header_block, labelled
from chalicelib.inbox.quoted.own import Own
from chalicelib.inbox.words import phrase_set, phrases


class Opening(NamedTuple):
    """Lines from `start` to before `end` that a mail program wrote, and below which a quote stands."""

    start: int
    end: int


_DASHES = " \t-_=*>:\u2013\u2014\u2500"
_DIVIDED = re.compile(r"[\s>]*([-_=*]{2,}|[\u2013\u2014\u2500]+|>{3,})")
_DIVIDER_LONGEST = 100
_MARKER_ENDS = r"[\s>*#=~\u2013\u2014_.-]*"
_MARKER = re.compile(rf"{_MARKER_ENDS}(?:please )?(?:reply|write|type) above this line{_MARKER_ENDS}", re.IGNORECASE)
_MOST_FIELDS = 6
_MOST_WRAPPED = 3
_CUT_SHORT = ("<", ",", "(")  # so ends the line above, when an address was too long for it


def opening(lines: Sequence[Line], at: int, own: Own) -> Opening | None:
    """What begins at this line, or ends with it, when a quote follows."""
    if divider(lines[at].text):
        return Opening(at, at + 1)
    end = header_block(lines, at)
    if end is not None:
        return Opening(at, end)
    start = attribution(lines, at + 1, own)
    if start is not None:
        return Opening(start, at + 1)
    return _around_our_address(lines, at, own) if own.is_named_surely(lines[at].text) else None


def divider(text: str) -> bool:
    """Whether a program divides the new from the old with this line ("-----Original Message-----")."""
    if len(text) > _DIVIDER_LONGEST:
        return False
    phrase = text.strip(_DASHES).casefold()
    if phrase not in phrase_set("dividers"):
        return False
    return bool(_DIVIDED.match(text)) or phrase.startswith(phrases("forward_begins"))


def marker(text: str) -> bool:
    """Whether this is the line above which our notifications ask to write, on a line of its own."""
    return "above this line" in text.lower() and bool(_MARKER.fullmatch(text))


def _around_our_address(lines: Sequence[Line], at: int, own: Own) -> Opening:
    """The attribution or header block that names our reply address, in whatever language."""
    for end in range(at + 2, min(at + _MOST_WRAPPED, len(lines)) + 1):
        if lines[end - 1].blank:
            break
        start = attribution(lines, end, own)
        if start is not None and start <= at:
            return Opening(start, end)
    start = at
    if labelled(lines[at].text):
        while start > max(at - _MOST_FIELDS, 0) and labelled(lines[start - 1].text):
            start -= 1
    elif start and lines[start - 1].text.rstrip().endswith(_CUT_SHORT):
        start -= 1
    return Opening(start, at + 1)
