"""What is quoted and what is the sender's, from the forms of the lines and from the openings of quotes."""

from collections.abc import Sequence

from chalicelib.inbox.lines import Form, Line, first_written, ruler, unmarked
from chalicelib.inbox.quoted.opening import marker, opening
from chalicelib.inbox.quoted.own import Own

_HEAD_OF_QUOTE = 8
_COLONS = (":", "\uff1a")


def stretches(lines: Sequence[Line], own: Own) -> list[list[Line]]:
    """The sender's own lines, a list for each stretch between quotes: above, between and below them."""
    return _Reading(lines, own).stretches()


class _Reading:
    """One reading of the lines, from the top."""

    def __init__(self, lines: Sequence[Line], own: Own) -> None:
        self._lines, self._own = lines, own
        self._stretches: list[list[Line]] = [[]]
        self._said = False  # something of the sender's stands above
        self._quoting = False  # an opening of a quote stands above: what is marked below it is quoted

    def stretches(self) -> list[list[Line]]:
        at: int | None = 0
        while at is not None and at < len(self._lines):
            at = self._bare(at) if self._lines[at].form is Form.BARE else self._run(at)
        return self._stretches

    def _bare(self, at: int) -> int | None:
        """Judge a line without marks; gives where to go on, or None at a quote without marks, which has no end."""
        line = self._lines[at]
        if found := opening(self._lines, at, self._own):
            self._take_back(at - found.start)
            self._quote_begins()
            below = first_written(self._lines, found.end)
            unmarked_below = below is None or self._lines[below].form is Form.BARE
            return None if unmarked_below or below is None else self._end_of_quote(below)
        if marker(line.text):
            return None if self._said else at + 1
        self._take(at, at + 1)
        return at + 1

    def _run(self, at: int) -> int:
        """Judge a run of lines of one form that is not bare."""
        end = at + 1
        while end < len(self._lines) and self._lines[end].form is self._lines[at].form:
            end += 1
        if self._quoting or self._quoted(at, end):
            self._quote_begins()
            return self._end_of_quote(at)
        self._take(at, end)
        return end

    def _quoted(self, at: int, end: int) -> bool:
        """Whether a run with no opening above is a quote, and not a log or an indent of the sender's."""
        form = self._lines[at].form
        if form is Form.QUOTED:
            return True
        head = unmarked(self._lines[at : min(end, at + _HEAD_OF_QUOTE)])
        if any(marker(line.text) or opening(head, index, self._own) for index, line in enumerate(head)):
            return True
        closes = form is Form.MARKED and first_written(self._lines, end) is None
        return closes and not self._announced()

    def _announced(self) -> bool:
        """Whether the sender's last line says that something of theirs follows: "The log:"."""
        written = (line.text for line in reversed(self._stretches[-1]) if not line.blank)
        return next(written, "").endswith(_COLONS)

    def _end_of_quote(self, at: int) -> int:
        """The end of neighbouring lines that are not bare; blank lines between them are."""
        end = at
        while at < len(self._lines) and (self._lines[at].blank or self._lines[at].form is not Form.BARE):
            end = at + 1 if self._lines[at].form is not Form.BARE else end
            at += 1
        return end

    def _take(self, start: int, end: int) -> None:
        self._stretches[-1].extend(self._lines[start:end])
        self._said = self._said or any(not line.blank for line in self._lines[start:end])

    def _take_back(self, count: int) -> None:
        """Give back the first lines of an opening, and what only draws or asks above them."""
        stretch = self._stretches[-1]
        del stretch[len(stretch) - count :]
        while stretch and (stretch[-1].blank or ruler(stretch[-1].text) or marker(stretch[-1].text)):
            stretch.pop()
        self._said = any(not line.blank for above in self._stretches for line in above)

    def _quote_begins(self) -> None:
        self._quoting = True
        if self._stretches[-1]:
            self._stretches.append([])
