"""The line that a mail program puts above a quote: "On 3 Mar 2026 at 10:04, Jane <jane@x.example> wrote:"."""

import re
from collections.abc import Sequence

from chalicelib.inbox.lines import Form, Line, first_written
from chalicelib.inbox.quoted.own import Own
from chalicelib.inbox.words import phrases

_LONGEST = 700
_MOST_LINES = 4
_NEAR = 3
_COLONS = (":", "\uff1a")
_ADDRESS = re.compile(r"[^\s@<>\[\]()\"]{1,64}@[^\s@<>\[\]()\"]{2,255}")
_BRACKETED = re.compile(r"[<\[(\"](mailto:)?[^\s@<>\[\]()]{1,64}@[^\s@<>\[\]()]{2,255}[>\])\"]")
# <jane@x.example> and, in most languages, a verb
_LAST = re.compile(r"<(?:mailto:)?[^\s@<>]{1,64}@[^\s@<>]{2,255}>[^<>@]{0,25}$")
# 2026 and, in Thailand, 2569; 10:04, 10h04, 10.04, 10時04; 3/3/26; 3 Mar
_YEAR = r"(?<!\d)(?:19|2[05])\d\d(?!\d)"
_DATE = re.compile(
    rf"{_YEAR}|\d{{1,2}}[:.h\u6642\u65f6]\s?\d\d|\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{2,4}}|\d\u5e74"
    r"|\d{1,2} \w{3,}"
)
_FULL_DATE = re.compile(rf"{_YEAR}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d\d|\d{{1,2}}:\d\d")


def attribution(lines: Sequence[Line], end: int, own: Own) -> int | None:
    """The start of the attribution whose last line is the one before `end`; None when none ends there."""
    last = lines[end - 1]
    text = last.text.rstrip("* ")
    below = first_written(lines, end)
    quoted = below is not None and below - end < _NEAR and lines[below].form is not Form.BARE
    if not (text.endswith(_COLONS) or quoted or _between_dashes(text)):
        return None
    whole, found = "", None
    for start in range(end - 1, max(end - 1 - _MOST_LINES, -1), -1):
        if lines[start].blank or lines[start].form is not last.form:
            break
        whole = f"{lines[start].text} {whole}" if whole else text
        if len(whole) > _LONGEST:
            break
        if _speaks_of_a_quote(whole, quoted=quoted, own=own):
            found = _grown(lines, start, whole)
            if _DATE.search(whole):  # without one, its first words may stand further up
                return found
    return found


def _speaks_of_a_quote(text: str, *, quoted: bool, own: Own) -> bool:
    date = _DATE.search(text) is not None
    lowered = text.casefold()
    opens = lowered.startswith(phrases("openers"))
    dashes = _between_dashes(text)
    address = _ADDRESS.search(text) is not None
    colon = text.endswith(_COLONS)
    verb = any(word in lowered for word in phrases("wrote"))
    if opens and verb and colon and quoted:  # "On Wed, Docket wrote:" with marked lines below
        return True
    if not ((date or address) and (address or quoted or opens or dashes)):
        return False
    bracketed = address and _BRACKETED.search(text) is not None
    return (
        (colon and date and (own.names(text) or _LAST.search(text) is not None))  # in any language
        or (verb and bracketed and (date or colon))
        or (quoted and address and (verb or date))
        or (verb and date and (quoted or address or dashes))
        or (verb and colon and opens and _FULL_DATE.search(text) is not None)
    )


def _between_dashes(text: str) -> bool:
    """As Zoho does: ---- On … wrote ----."""
    return text.startswith("--") and text.endswith("--")


def _grown(lines: Sequence[Line], start: int, whole: str) -> int:
    """The start, moved up when the first words stand on the line above ("On Tuesday,")."""
    above = lines[start - 1] if start else Line("")
    if above.blank or above.form is not lines[start].form or whole.casefold().startswith(phrases("openers")):
        return start
    opens = above.text.casefold().startswith(phrases("openers"))
    return start - 1 if opens and _DATE.search(above.text) else start
