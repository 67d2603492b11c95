"""HTML → lines, each with the form that its element gives it: the sender's, indented, or quoted."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from chalicelib.inbox.markup.containers import Container, container, drawn_line
from chalicelib.inbox.markup.page import Page

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
ELEMENT_LIMIT = 10_000
"""So many elements of a document are read."""

_BLOCK_ELEMENTS = 60
_ENOUGH_FIELDS = 3


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
    for count, (event, element) in enumerate(walk):
        if count > 2 * ELEMENT_LIMIT or page.full:
            break
        tag = str(element.tag).rpartition("}")[2].lower()
        if event == "end":
            page.leave(tag)
            if element is not root:
                page.text(element.tail)
            continue
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        kind = _kind(element, tag, attributes) if attributes else None
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
    inside = islice(element.iter(), _BLOCK_ELEMENTS)
    text = "".join(f"{each.text or ''}{each.tail or ''}" for each in inside)
    return text.count(":") + text.count("\uff1a") >= _ENOUGH_FIELDS
