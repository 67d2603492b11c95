"""A line of a mail, and how much its form tells of whose words it holds. Judging the words is for others."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple


class Form(Enum):
    """How a line stands in its mail."""

    BARE = auto()
    MARKED = auto()
    """Begins with `>`: a quote, or a log that the sender pasted."""
    INDENTED = auto()
    """In a plain <blockquote>: a quote of simple clients, or the sender's own indent."""
    QUOTED = auto()
    """In an element that its client makes for quotes."""


class Line(NamedTuple):
    """One line, without white space at its end."""

    text: str
    form: Form = Form.BARE

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text or self.text.isspace()


LINE_LIMIT = 1500
"""So many lines of one text are looked at."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f]")
_RULER = re.compile(r"\s{0,3}(?:-{3,}|_{3,}|={3,}|\*{3,}|~{3,}|\u2500{3,}|\u2014{3,})\s{0,3}")
_RULER_LONGEST = 200
_MARK = re.compile(r"\s{0,3}>")
_MARKS = re.compile(r"[\s>]*")


def clean(text: str) -> str:
    """The text without what cannot be seen (direction marks, soft hyphens), other spaces made plain."""
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ").rstrip()


def split(text: str) -> list[Line]:
    """The lines of a plain text."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    lines = (clean(line) for line in unified.split("\n", LINE_LIMIT)[:LINE_LIMIT])
    return [Line(line, Form.MARKED if _MARK.match(line) else Form.BARE) for line in lines]


def unmarked(lines: Iterable[Line]) -> list[Line]:
    """The same lines without their `>`, to read what is quoted."""
    return [Line(_MARKS.sub("", line.text, count=1)) for line in lines]


def joined(lines: Iterable[Line]) -> str:
    """The text of these lines, without blank ones at its ends or side by side."""
    kept = trimmed(list(lines))
    return "\n".join(line.text for at, line in enumerate(kept) if not (line.blank and kept[at - 1].blank))


def trimmed(lines: Sequence[Line]) -> list[Line]:
    """The lines without blank ones at the ends."""
    first = next((at for at, line in enumerate(lines) if not line.blank), len(lines))
    last = next((at for at in range(len(lines) - 1, first - 1, -1) if not lines[at].blank), first - 1)
    return list(lines[first : last + 1])


def first_written(lines: Sequence[Line], start: int) -> int | None:
    """Where the first line that is not blank stands, from `start` on."""
    return next((at for at in range(start, len(lines)) if not lines[at].blank), None)


def ruler(text: str) -> bool:
    """Whether the line only draws."""
    return len(text) <= _RULER_LONGEST and bool(_RULER.fullmatch(text))
