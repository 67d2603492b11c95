"""What is written around a text without its sender: device footers and disclaimers below, warnings above."""

import re
from collections.abc import Sequence

from chalicelib.inbox.lines import Form, Line, ruler, trimmed
from chalicelib.inbox.words import phrases

_DEVICE_LONGEST = 120
_DEVICE_WORDS = 8
_NOT_OF_DEVICES = ("customer", " app ", " app,", "office", "kunde", "client")
_LINK = re.compile(r"<?\(?https?://[^\s<>()]*\)?>?")
_PROSE = re.compile(r", (?!please|sorry|so |excuse|bitte)|[?:]$")
_TRACKER = "\u1427"  # what a plug-in of Gmail leaves at the end
_DISCLAIMER_LINES = 10
_BANNER_LINES = 6


def without_banner(lines: Sequence[Line]) -> list[Line]:
    """The lines without a mail server's warning at their top."""
    kept = trimmed(lines)
    while kept and kept[0].text.strip(" \t*_-#|>!\u26a0\ufe0f").casefold().startswith(phrases("banners")):
        end = next((at for at, line in enumerate(kept) if line.blank or at > _BANNER_LINES), len(kept))
        while end < len(kept) and (kept[end].blank or ruler(kept[end].text)):
            end += 1
        if end == len(kept):
            break
        kept = kept[end:]
    return kept


def without_device_footer(lines: list[Line]) -> list[Line]:
    """The lines without a device's footer. Below one that stands apart is a quote: nobody types there."""
    for at, line in enumerate(lines):
        if device_footer(line.text):
            apart = at and lines[at - 1].blank and lines[at + 1 : at + 2] and lines[at + 1].blank
            return lines[:at] if apart else lines[:at] + lines[at + 1 :]
    return lines


def device_footer(text: str) -> bool:
    """Whether this line is what a device or program writes of itself."""
    if not text or len(text) > _DEVICE_LONGEST:
        return False
    plain = _LINK.sub("", text).strip(" \t*_[]<>()-").casefold()
    if plain == _TRACKER:
        return True
    ends = plain.rstrip(" .").endswith(phrases("device_footer_ends"))
    if not (ends or plain.startswith(phrases("device_footers"))) or _PROSE.search(plain):
        return False
    if plain.startswith("sent from my") and len(plain.split()) <= _DEVICE_WORDS:
        return True
    known = any(word in plain for word in phrases("devices"))
    return known and not any(word in plain for word in _NOT_OF_DEVICES)


def without_disclaimer(lines: list[Line], *, first: bool) -> list[Line]:
    """The lines without a disclaimer and all below it. `first`: nothing of the sender's stands above them."""
    for at, line in enumerate(lines):
        begins = line.form is Form.BARE and _plain(line.text).startswith(phrases("disclaimers"))
        if not begins or (first and not at):
            continue
        if (not at or lines[at - 1].blank or ruler(lines[at - 1].text)) and _legal(lines[at:]):
            return _without_rulers(lines[:at])
    return lines


def _legal(lines: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in lines[:_DISCLAIMER_LINES]).casefold()
    return any(word in text for word in phrases("legal"))


def _without_rulers(lines: list[Line]) -> list[Line]:
    kept = trimmed(lines)
    while kept and ruler(kept[-1].text):
        kept = trimmed(kept[:-1])
    return kept


def _plain(text: str) -> str:
    return text.strip(" \t*_-#|>!(\u26a0\ufe0f").casefold()
