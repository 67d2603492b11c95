"""The block of From, Sent, To, Subject that mail programs put above a quote, with or without a ruler."""

import re
from collections.abc import Sequence

from chalicelib.inbox.lines import Line
from chalicelib.inbox.words import header_kinds

# A list of recipients may take more lines; a blank line may stand between two fields.
_MOST_LINES = 14
_MOST_OTHERS = 2
_ENOUGH_KINDS = 3  # "From: 22:00 / To: 02:00" is a person's
_LABEL = re.compile(r"[\s>*_\u2022]{0,8}([^\s:\uff1a*][^:\uff1a*]{0,34}?)\s?\*{0,2}\s?[:\uff1a](?!//)")
_NOTHING: frozenset[str] = frozenset()


def header_block(lines: Sequence[Line], start: int) -> int | None:
    """The end of the block that begins at this line; None when none does."""
    first = _kinds(lines[start].text)
    kinds: set[str] = set()
    end, others = start, 0
    for at in range(start, min(start + _MOST_LINES, len(lines)) if first else start):
        found = _kinds(lines[at].text)
        new = sorted(found - kinds)[:1]
        kinds.update(new)
        end = at + 1 if found else end
        others += not new and not lines[at].blank
        if others > _MOST_OTHERS:
            break
    enough = _ENOUGH_KINDS if first & {"from", "sent"} else _ENOUGH_KINDS + 1
    return end if len(kinds) >= enough else None


def labelled(text: str) -> bool:
    """Whether the line looks like a field of a header, in any language."""
    return _LABEL.match(text) is not None


def _kinds(text: str) -> frozenset[str]:
    found = _LABEL.match(text)
    return header_kinds().get(found.group(1).casefold(), _NOTHING) if found else _NOTHING
