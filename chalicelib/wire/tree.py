"""Bytes → `Details`, from XML and from JSON; a request of the same content gives the same tree from both.

What is refused here is what cannot be read at all. What the names mean is `document`'s matter. Of XML all is kept but
what belongs to the writing: comments, instructions, white space between elements, and the root's own namespace. An
element of another namespace than the one around it has it as its attribute "@xmlns"; an attribute of a namespace is
called "@{namespace}name".
"""

import json
import re
from codecs import lookup
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from lxml import etree

from chalicelib.domain.details import ATTRIBUTE, TEXT, Details, has_elements, is_element, text_of
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.wire.names import xml_name

DEEPEST = 32
"""Levels of elements within each other that are read; the documents of the compatible API have six."""

_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_XMLNS = f"{ATTRIBUTE}xmlns"
_RESERVED = ("http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace")
_ENCODINGS = frozenset(
    {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "iso8859-15", "cp1252"}
)

_ATTRIBUTE = re.compile(r"@(\{[^{}]{1,512}\})?[A-Za-z_][A-Za-z0-9_.-]{0,127}")
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


def read(body: bytes, syntax: Syntax, charset: str | None = None) -> Tree:
    """The tree of a body. Raises Invalid (1019) for one that is not well-formed, or means harm.

    `charset` is the one that the header names; without it the body itself says: a byte order mark, the XML
    declaration, else UTF-8.
    """
    text = body if charset is None else _decoded(body, charset)
    return _of_json(text) if syntax is Syntax.JSON else _of_xml(text)


def printable(text: str) -> str:
    """The text with a mark in place of each character that XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)


def _malformed(why: str, field: str | None = None) -> Invalid:
    return Invalid(Problem("1019", why, field))


def _decoded(body: bytes, charset: str) -> str:
    try:
        encoding = lookup(charset).name
        if encoding in _ENCODINGS:
            return body.decode(encoding).removeprefix("\ufeff")
    except (LookupError, ValueError):
        pass
    raise _malformed(f"The body is not text in the charset {printable(charset)[:40]!r}.", "Content-Type")


def _of_xml(body: bytes | str) -> Tree:
    try:
        root = fromstring(body, forbid_dtd=True)
    except DefusedXmlException:
        raise _malformed("The XML has a document type or entities, which are not accepted.") from None
    except (ParseError, ValueError, LookupError) as error:
        raise _malformed(f"The body is not well-formed XML: {error}") from None
    for name in [name for name in root.attrib if name.startswith(f"{{{_INSTANCE}}}")]:
        del root.attrib[name]  # like the root's namespace, a hint for reading
    content = _content(root, 1, _split(root.tag)[0])
    if isinstance(content, str):
        content = ((TEXT, content),) if content.strip() else ()
    return Tree(_split(root.tag)[1], content)


def _content(element: Element, depth: int, around: str) -> "str | Details":
    """What is in an element of the namespace `around`: a text, or attributes, texts and elements."""
    namespace, name = _split(element.tag)
    if depth > DEEPEST:
        raise _malformed(f"Elements lie more than {DEEPEST} deep.", name)
    attributes = tuple(_attribute(key, value) for key, value in element.attrib.items())
    if namespace != around:
        attributes = ((_XMLNS, namespace), *attributes)
    pieces: list[tuple[str, str | Details]] = [(TEXT, element.text or "")]
    for child in element:
        pieces += ((_split(child.tag)[1], _content(child, depth + 1, namespace)), (TEXT, child.tail or ""))
    return _tidy((*attributes, *pieces))


def _tidy(content: Details) -> "str | Details":
    """Attributes before the rest; texts that meet joined, white space between elements left out; a lone text a text."""
    between = has_elements(content)
    attributes = tuple(pair for pair in content if pair[0].startswith(ATTRIBUTE))
    rest: list[tuple[str, str | Details]] = []
    for name, value in content:
        if is_element(name):
            rest.append((name, value))
        elif name == TEXT and (said := text_of(((TEXT, value),))) and (said.strip() or not between):
            joins = bool(rest) and rest[-1][0] == TEXT
            rest[-1:] = [(TEXT, text_of((rest[-1], (TEXT, said))))] if joins else [*rest[-1:], (TEXT, said)]
    return (*attributes, *rest) if attributes or between else text_of(tuple(rest))


def _attribute(name: str, value: str) -> tuple[str, str]:
    """As a pair. Raises Invalid for one that could not be written again."""
    try:
        etree.Element("A", {name: value})
    except ValueError as error:
        raise _malformed(f"An attribute cannot be kept: {printable(str(error))}") from None
    return f"{ATTRIBUTE}{name}", value


def _split(tag: str) -> tuple[str, str]:
    """Namespace and name; the namespace is empty where there is none."""
    return tuple(tag[1:].split("}", 1)) if tag.startswith("{") else ("", tag)  # type: ignore[return-value] # because a brace that opens a tag is closed once


class _Pairs(tuple[tuple[str, Any], ...]):
    """A JSON object: its members in order, repeated names included."""

    __slots__ = ()


def _of_json(body: bytes | str) -> Tree:
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
    members = _members(content, 1)
    return Tree(None, ((TEXT, members),) if isinstance(members, str) and members else members or ())


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number.")


def _members(pairs: _Pairs, depth: int) -> "str | Details":
    """An object's members as elements: a list repeats its element, null leaves it out.

    "#text" is the text in an element, or a list of its pieces; what begins with "@" is an attribute.
    """
    members: list[tuple[str, str | Details]] = []
    for name, value in pairs:
        items = [item for item in (value if isinstance(value, list) else [value]) if item is not None]
        if name.startswith(ATTRIBUTE):
            members.extend(_attribute_member(name, item) for item in items)
        elif name == TEXT:
            members.extend((TEXT, _text(name, item)) for item in items)
        elif _NAME.fullmatch(name):
            members.extend((xml_name(name), _value(name, item, depth)) for item in items)
        else:
            raise _malformed(f"{printable(name)[:128]!r} cannot be the name of an element.")
    attributes = [name for name, _ in members if name.startswith(ATTRIBUTE)]
    if len(attributes) > len(set(attributes)):
        raise _malformed("An attribute is given more than once.")
    return _tidy(tuple(members))


def _attribute_member(name: str, item: object) -> tuple[str, str]:
    value = _text(name, item)
    if not _ATTRIBUTE.fullmatch(name) or any(f"{{{uri}}}" in name for uri in _RESERVED[:1]):
        raise _malformed(f"{printable(name)[:128]!r} cannot be the name of an attribute.")
    if name.lower() == _XMLNS and value in _RESERVED:
        raise _malformed(f"{value} cannot be the namespace of an element.", name)
    return _attribute(name.removeprefix(ATTRIBUTE), value)


def _value(name: str, item: object, depth: int) -> "str | Details":
    if not isinstance(item, _Pairs):
        return _text(name, item)
    if depth >= DEEPEST:
        raise _malformed(f"Objects lie more than {DEEPEST} deep.", name)
    return _members(item, depth + 1)


def _text(name: str, item: object) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    if not isinstance(item, str):
        raise _malformed(f"{name} is a list within a list, or an object where a text must stand.", name)
    if _NO_XML.search(item):
        raise Invalid(Problem("1013", f"{name} holds characters that XML cannot hold.", name))
    return item
