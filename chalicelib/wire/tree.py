"""Bytes → `Details`, from XML and from JSON; a request of the same content gives the same tree from both.

What is refused here is what cannot be read at all. What the names mean is `document`'s matter.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from chalicelib.domain.details import Details
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.wire.names import xml_name

DEEPEST = 32
"""Levels of elements within each other that are read; the documents of the compatible API have six."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}")
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Syntax(StrEnum):
    """In which a document is written."""

    XML = "application/xml"
    JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Tree:
    """A document as read. `root` is None in JSON, which has no root element."""

    root: str | None
    details: Details


def read(body: bytes, syntax: Syntax) -> Tree:
    """The tree of a body. Raises Invalid (1019) for one that is not well-formed, or means harm."""
    return _of_json(body) if syntax is Syntax.JSON else _of_xml(body)


def printable(text: str) -> str:
    """The text with a mark in place of each character that XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)


def _malformed(why: str, field: str | None = None) -> Invalid:
    return Invalid(Problem("1019", why, field))


def _of_xml(body: bytes) -> Tree:
    try:
        root = fromstring(body, forbid_dtd=True)
    except DefusedXmlException:
        raise _malformed("The XML has a document type or entities, which are not accepted.") from None
    except (ParseError, ValueError, LookupError) as error:
        raise _malformed(f"The body is not well-formed XML: {error}") from None
    content = _content(root, 1)
    return Tree(_bare(root.tag), content if isinstance(content, tuple) else ())


def _content(element: Element, depth: int) -> "str | Details":
    """The text of an element, or its children; attributes, and text between children, mean nothing here."""
    if depth > DEEPEST:
        raise _malformed(f"Elements lie more than {DEEPEST} deep.", _bare(element.tag))
    if len(element) == 0:
        return element.text or ""
    return tuple((_bare(child.tag), _content(child, depth + 1)) for child in element)


def _bare(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


class _Pairs(tuple[tuple[str, Any], ...]):
    """A JSON object: its members in order, repeated names included."""

    __slots__ = ()


def _of_json(body: bytes) -> Tree:
    try:
        content = json.loads(
            body, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise _malformed(f"Objects lie more than {DEEPEST} deep.") from None
    except ValueError as error:
        raise _malformed(f"The body is not well-formed JSON: {error}") from None
    if not isinstance(content, _Pairs):
        raise _malformed("The body must be a JSON object.")
    return Tree(None, _members(content, 1))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number.")


def _members(pairs: _Pairs, depth: int) -> Details:
    """An object's members as elements: a list repeats its element, null leaves it out."""
    members: list[tuple[str, str | Details]] = []
    for name, value in pairs:
        if not _NAME.fullmatch(name):
            raise _malformed(f"{printable(name)[:128]!r} cannot be the name of an element.")
        items = value if isinstance(value, list) else [value]
        members.extend((xml_name(name), _value(name, item, depth)) for item in items if item is not None)
    return tuple(members)


def _value(name: str, item: object, depth: int) -> "str | Details":
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, _Pairs):
        if depth >= DEEPEST:
            raise _malformed(f"Objects lie more than {DEEPEST} deep.", name)
        return _members(item, depth + 1) or ""
    if not isinstance(item, str):
        raise _malformed(f"{name} is a list within a list.", name)
    if _NO_XML.search(item):
        raise Invalid(Problem("1013", f"{name} holds characters that XML cannot hold.", name))
    return item
