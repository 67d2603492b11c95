"""Documents with their telephone numbers in E.164, as version 2 of the compatible API writes them.

Done to the finished document, so that it holds for every one of them, and for what a client sent, alike.
"""

import json
import re

from lxml import etree

from chalicelib.domain.subscription import NumberFormat
from chalicelib.wire.document import Document
from chalicelib.wire.tree import Syntax

_NUMBER = re.compile(r"(.*(telephone|phone|tollfree|full)number|tns?)s?", re.IGNORECASE)
"""Names of elements, and of lists in JSON, that hold numbers; an extension or a count is none."""


def written(document: Document, syntax: Syntax) -> str:
    """The document in that syntax. What is no number of the North American plan stays as it is."""
    if syntax is Syntax.JSON:
        return json.dumps(_member("", json.loads(document.json_text())), ensure_ascii=False, separators=(",", ":"))
    declaration, _, content = document.xml().partition("\n")
    root = etree.fromstring(content)
    for element in root.iter(etree.Element):
        if element.text and _NUMBER.fullmatch(etree.QName(element).localname):
            element.text = _written(element.text)
    return f"{declaration}\n{etree.tostring(root, encoding='unicode')}"


def _member(name: str, content: object) -> object:
    if isinstance(content, dict):
        return {each: _member(each, held) for each, held in content.items()}
    if isinstance(content, list):
        return [_member(name, each) for each in content]
    return _written(content) if isinstance(content, str) and _NUMBER.fullmatch(name) else content


def _written(text: str) -> str:
    return NumberFormat.E164.written(text.strip()) if text.strip().isdigit() else text
