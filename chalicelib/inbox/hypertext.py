"""HTML → lines, each with the form that its element gives it: the sender's, indented, or quoted."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalicelib.inbox.containers import Container, container, drawn_line
from chalicelib.inbox.page import Page

if TYPE_CHECKING:
    from lxml.etree import _Element, iterwalk

    from chalicelib.inbox.lines import Line

_LEFT_OUT = {
    "script",
    "style",
    "head",
    "title",
    "template",
    "noscript",
    "object",
    "svg",
    "select",
    "textarea",
}
# Word's conditionals that are no comments: <![if !supportLists]> … <![endif]>
_CONDITIONAL = re.compile(r"<!\[[^\]<>]{0,200}\]>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_HEADER_BLOCK_LIMIT = 3000


def lines(document: str) -> "list[Line]":
    """The lines that a reader of this document sees."""
    from lxml import etree  # noqa: PLC0415 because only mail needs it, and a cold start is felt

    source = _CONTROL.sub(" ", _CONDITIONAL.sub("", document)).encode("utf-8")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.LxmlError:  # nothing in it
        return []
    page = Page()
    if root is not None:
        _read(root, etree.iterwalk(root, events=("start", "end")), page)
    return page.finished()


def _read(root: "_Element", walk: "iterwalk", page: Page) -> None:
    for event, element in walk:
        tag = str(element.tag).rpartition("}")[2].lower()
        if event == "end":
            page.leave(tag)
            if element is not root:
                page.text(element.tail)
            continue
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        kind = _kind(element, tag, attributes)
        page.enter(tag, attributes, kind)
        if tag in _LEFT_OUT or kind in (Container.SIGNATURE, Container.HIDDEN):
            walk.skip_subtree()
        else:
            page.text(element.text)


def _kind(element: "_Element", tag: str, attributes: Mapping[str, str]) -> Container | None:
    if drawn_line(attributes) and _header_block(element):
        return Container.REST
    return container(tag, attributes)


def _header_block(element: "_Element") -> bool:
    """Whether this can be From, Sent, To, Subject in any language."""
    text = "".join(str(piece) for piece in element.itertext())
    return len(text) < _HEADER_BLOCK_LIMIT and text.count(":") + text.count("\uff1a") >= len(("from", "to", "subject"))
