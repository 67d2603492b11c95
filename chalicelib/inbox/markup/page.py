"""A page that is written element by element, as HTML flows: where lines end, and whose words they hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.inbox.lines import LINE_LIMIT, Form, Line, clean
from chalicelib.inbox.markup.containers import Container

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PRE = re.compile(r"white-space\s?:\s?(pre|break-spaces)", re.IGNORECASE)
_MARK = re.compile(r"\s{0,3}>")
_EMOJI_LIMIT = 8


@dataclass(slots=True)
class _Place:
    """An element that we are in."""

    form: Form
    preformatted: bool
    block: bool
    paragraph: bool
    blockquote: bool
    answers: bool = False
    """Gmail's: after its first <blockquote>, the text is the sender's again."""


class Page:
    """The lines so far, the open one, and the elements we are in."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._open: list[str] = []
        self._places = [_Place(Form.BARE, preformatted=False, block=True, paragraph=False, blockquote=False)]
        self._rest = False

    def enter(self, tag: str, attributes: Mapping[str, str], kind: Container | None) -> None:
        """An element begins."""
        place = _Place(
            form=self._form(tag, kind),
            preformatted=self._here.preformatted or tag == "pre" or bool(_PRE.search(attributes.get("style", ""))),
            block=tag in _BLOCKS or kind is not None,
            blockquote=tag == "blockquote",
            paragraph=tag == "p" and not attributes.get("class", "").startswith("Mso"),
            answers=kind is Container.QUOTE_WITH_ANSWERS and self._here.form is Form.BARE,
        )
        self._break(place)
        self._rest = self._rest or kind is Container.REST
        self._places.append(place)
        if tag == "li":
            self._open.append("- ")
        elif tag == "img":
            self.text(_emoji(attributes))

    def leave(self, tag: str) -> None:
        """The element that was entered last ends."""
        if tag == "br":
            self._flush()
        elif tag in {"td", "th"}:
            self._open.append(" ")
        self._break(self._here)
        place = self._places.pop()
        if place.blockquote and place.form is Form.QUOTED:
            self._answers_follow()

    def text(self, text: str | None) -> None:
        """Text stands here."""
        if not text:
            return
        if not self._here.preformatted:
            self._open.append(_SPACE.sub(" ", text))
            return
        first, *others = text.split("\n")
        self._open.append(first)
        for other in others:
            self._flush()
            self._open.append(other)

    def finished(self) -> list[Line]:
        """All lines."""
        self._break(self._places[0])
        return self._lines[:LINE_LIMIT]

    @property
    def full(self) -> bool:
        """Whether there are as many lines as are looked at."""
        return len(self._lines) >= LINE_LIMIT

    @property
    def _here(self) -> _Place:
        return self._places[-1]

    def _form(self, tag: str, kind: Container | None) -> Form:
        here = self._here.form
        if here is Form.QUOTED or kind in (Container.QUOTE, Container.QUOTE_WITH_ANSWERS):
            return Form.QUOTED
        return Form.INDENTED if tag == "blockquote" else here

    def _answers_follow(self) -> None:
        """Let the text be the sender's again, if this <blockquote> stood directly in a container that has answers."""
        inside: list[_Place] = []
        for place in reversed(self._places):
            inside.append(place)
            if place.blockquote or place.form is not Form.QUOTED:
                return
            if place.answers:
                break
        for place in inside:
            place.form = Form.BARE

    def _break(self, place: _Place) -> None:
        if place.block and "".join(self._open).strip():
            self._flush()
        elif place.block:
            self._open.clear()
        if place.paragraph and self._lines and not self._lines[-1].blank:
            self._lines.append(Line("", self._form_now()))

    def _flush(self) -> None:
        text = clean("".join(self._open))
        self._open.clear()
        form = self._form_now()
        text = text if self._here.preformatted else text.strip()
        self._lines.append(Line(text, Form.MARKED if form is Form.BARE and _MARK.match(text) else form))

    def _form_now(self) -> Form:
        return Form.QUOTED if self._rest else self._here.form


def _emoji(attributes: Mapping[str, str]) -> str:
    """What some programs send as a picture, and say in its alternative text."""
    alternative = attributes.get("alt", "")
    return alternative if len(alternative) <= _EMOJI_LIMIT and not alternative.isascii() else ""
