"""What every document is: a description of its elements, from which XML, JSON and the reading of both are made.

A document is a pydantic-xml model. Each field names its element; its JSON name is the field's alias. Documents whose
content is partly the client's own hold it as an `Echo`.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Self, Union, cast, get_args, get_origin

from lxml import etree
from pydantic import ConfigDict, PrivateAttr, SerializationInfo, model_serializer
from pydantic.alias_generators import to_camel
from pydantic_xml import BaseXmlModel, XmlFieldSerializer
from pydantic_xml.element.element import XmlElementWriter
from pydantic_xml.element.native import XmlElement

from chalicelib.domain.details import ATTRIBUTE, TEXT, Details, has_elements, is_element, text_of
from chalicelib.wire.names import json_name

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Document(BaseXmlModel):
    """The base of all documents and of the elements in them."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    _root: str | None = PrivateAttr(default=None)

    def under(self, root: str) -> Self:
        """The same document with another root element, for documents that differ in nothing else."""
        self._root = root
        return self

    def xml(self) -> str:
        """As XML, with its declaration."""
        tree = cast("etree._Element", self.to_xml_tree(exclude_none=True))  # noqa: SLF001 because lxml names its element so
        if self._root:
            tree.tag = self._root
        return _DECLARATION + etree.tostring(tree, encoding="unicode")

    def json_text(self) -> str:
        """As JSON: the same without the root element."""
        content = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return json.dumps(_merged(content), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Part:
    """One element that a document knows: its tag, JSON name and Python name, its kind, whether it may be repeated."""

    tag: str
    alias: str
    name: str
    kind: type
    many: bool

    @property
    def model(self) -> type[Document] | None:
        """What is known of the elements in it; None where it holds a text."""
        return self.kind if issubclass(self.kind, Document) else None


@cache
def parts(model: type[Document]) -> dict[str, Part]:
    """The elements of a document, by their names in lower case: names are compared without case."""
    found = {}
    for name, field in model.model_fields.items():
        tag = next((meta.path for meta in field.metadata if getattr(meta, "path", None)), None)
        kind, many = _kind(field.annotation)
        if tag is not None:
            found[tag.lower()] = Part(tag, field.alias or name, name, kind, many)
    return found


def _kind(annotation: object) -> tuple[type, bool]:
    """The type within Annotated, Optional and list, and whether there was a list."""
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _kind(next(arg for arg in get_args(annotation) if arg is not NoneType))
    if get_origin(annotation) is list:
        return _kind(get_args(annotation)[0])[0], True
    return (annotation if isinstance(annotation, type) else object), False


class Echo(BaseXmlModel):
    """What the client sent, handed back in its place and order. `known` types its JSON.

    A known element that should hold a text and holds none is left out: blank counts as absent, and some clients fail
    on an empty date, number or truth.
    """

    _details: Details = PrivateAttr(default=())
    _known: type[Document] | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, details: Details, known: type[Document] | None = None) -> Self:
        """An echo of these elements."""
        echo = cls()
        echo._details, echo._known = _filled(details, known), known
        return echo

    def write(self, element: XmlElementWriter) -> None:
        """Append the elements to another."""
        _append(element, self._details)

    @model_serializer
    def _members(self, info: SerializationInfo) -> dict[str, Any]:
        """For JSON, which is dumped by alias; the way to XML dumps without, and has no use for it."""
        return {_HERE: typed(self._details, self._known)} if info.by_alias else {}


def _filled(details: Details, known: type[Document] | None) -> Details:
    """The elements without the blank ones that should hold a text; what is not known stays as it was sent."""
    if known is None:
        return details
    kept: list[tuple[str, str | Details]] = []
    for name, value in details:
        part = parts(known).get(name.lower())
        if not isinstance(value, str):
            kept.append((name, _filled(value, part.model if part else None)))
        elif value.strip() or part is None or part.model:
            kept.append((name, value))
    return tuple(kept)


def _write(document: BaseXmlModel, element: XmlElementWriter, _value: object, field: str) -> None:
    getattr(document, field).write(element)


Echoed = Annotated[Echo, XmlFieldSerializer(_write)]
"""A field of a document: the client's elements in its place, among the document's own."""

_HERE = ""
"""In dumped JSON, the name under which an echo's members wait to be merged into the object around them."""


def _append(element: XmlElementWriter, details: Details) -> None:
    """Write what is in an element; a text after one of its elements is that element's tail."""
    lead, children = _following(details)
    if lead:
        element.set_text(lead)
    for name, value in details:
        if name.startswith(ATTRIBUTE):
            element.set_attribute(name.removeprefix(ATTRIBUTE), text_of(value))
    for name, value, tail in children:
        child = XmlElement(name, tail=tail or None)
        if not isinstance(value, str):
            _append(child, value)
        elif value:
            child.set_text(value)
        element.append_element(child)


def _following(details: Details) -> tuple[str, list[tuple[str, "str | Details", str]]]:
    """The text before the first element, and each element with the text that follows it."""
    lead, children = "", list[tuple[str, "str | Details", str]]()
    for name, value in details:
        if is_element(name):
            children.append((name, value, ""))
        elif name == TEXT and children:
            before, held, tail = children[-1]
            children[-1] = (before, held, tail + text_of(value))
        elif name == TEXT:
            lead += text_of(((name, value),))
    return lead, children


def typed(details: Details, known: type[Document] | None, within: str = "") -> dict[str, Any]:
    """Elements as the members of a JSON object; lists, numbers and booleans where the document knows of them.

    Of those it does not know, a list is what is repeated, or what the element around it names as many.
    """
    members: dict[str, Any] = {}
    for tag, value in details:
        part = parts(known).get(tag.lower()) if known else None
        name = part.alias if part else json_name(tag) if is_element(tag) else tag
        shown = _typed(tag, value, part)
        if part.many if part else within.lower() in _plurals(tag.lower()):
            members.setdefault(name, []).append(shown)
        elif name in members:
            before = members[name]
            members[name] = [*before, shown] if isinstance(before, list) else [before, shown]
        else:
            members[name] = shown
    return members


def _plurals(tag: str) -> tuple[str, ...]:
    """How the API calls an element around many of these."""
    return (f"{tag}s", f"{tag}es", f"{tag}list", f"listof{tag}s")


def _typed(tag: str, value: "str | Details", part: Part | None) -> object:
    if isinstance(value, str):
        return {} if part and part.model and not value.strip() else _scalar(value, part)
    if part and not part.model and not has_elements(value):
        return {name: _scalar(text_of(said), part if name == TEXT else None) for name, said in value}
    return typed(value, part.model if part else None, tag)


def _scalar(text: str, part: Part | None) -> object:
    return _SCALARS.get(part.kind, str)(text) if part and text.strip() else text


def _as_bool(text: str) -> bool | str:
    known = {"true": True, "1": True, "false": False, "0": False}
    return known.get(text.strip().lower(), text)


def _as_int(text: str) -> int | str:
    """The number; what was refused for not being one is handed back as it was."""
    short = len(text) <= 20  # noqa: PLR2004 because no number of the API has more digits
    return int(text) if short and re.fullmatch(r"\s*-?[0-9]+\s*", text, re.ASCII) else text


_SCALARS: dict[type, Callable[[str], bool | int | str]] = {bool: _as_bool, int: _as_int}


def _merged(content: object) -> object:
    if isinstance(content, list):
        return [_merged(item) for item in content]
    if not isinstance(content, dict):
        return content
    merged: dict[str, Any] = {}
    for name, value in content.items():
        if isinstance(value, dict) and _HERE in value:
            merged |= value[_HERE]
        else:
            merged[name] = _merged(value)
    return merged
