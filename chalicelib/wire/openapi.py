"""Documents → schemas of an OpenAPI document (3.1), with the names of their elements in XML. One schema serves both.

Unknown members are allowed in all of them: what a client sends is kept, and given back.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core.core_schema import ModelSchema

from chalicelib.domain import decide
from chalicelib.domain.commands import CreateOrder
from chalicelib.domain.entry import Entry
from chalicelib.domain.order import Order
from chalicelib.domain.order_types import order_type
from chalicelib.wire import documents, reading, tree
from chalicelib.wire.document import Document, Echo, parts, typed
from chalicelib.wire.documents import Listing
from chalicelib.wire.examples import EXAMPLES
from chalicelib.wire.tree import Syntax

Schema = dict[str, Any]

_AT = datetime(2026, 3, 4, 5, 6, 7, 89_000, tzinfo=UTC)
_PLACE = "#/components/schemas/{model}"


class Catalogue:
    """The schemas of all documents that were asked for; `schemas` makes them, and tells each asker its name."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._asked: list[tuple[type[Document], Schema]] = []

    def schema(self, model: type[Document], root: str | None = None) -> Schema:
        """A reference to a document's schema; `root` where its root element is another than the model's own.

        An element's name stands where it is used, and not in the schema of what is in it: one document has several.
        """
        reference: Schema = {"$ref": ""}
        self._asked.append((model, reference))
        return _named(reference, root or model.__xml_tag__ or model.__name__)

    def schemas(self) -> dict[str, Schema]:
        """All of them, by name; the references hold from now on."""
        models = list(dict.fromkeys(model for model, _ in self._asked))
        found, whole = models_json_schema(
            [(model, "validation") for model in models], ref_template=_PLACE, schema_generator=_Schemas
        )
        for model, reference in self._asked:
            reference["$ref"] = found[model, "validation"]["$ref"]
        return dict(whole.get("$defs", {}))


class _Schemas(GenerateJsonSchema):
    """Pydantic's schemas, as documents are written: without null, without echoes, with XML's names."""

    def model_schema(self, schema: ModelSchema) -> Schema:
        """That of one model."""
        made = super().model_schema(schema)
        model = schema["cls"]
        if issubclass(model, Document):
            _as_written(model, made)
        return made


def _as_written(model: type[Document], made: Schema) -> None:
    echoes = {field.alias or name for name, field in model.model_fields.items() if field.annotation is Echo}
    kept = {name: _plain(shape) for name, shape in made.get("properties", {}).items() if name not in echoes}
    for part in parts(model).values():
        if part.alias in kept:
            shape = kept[part.alias]
            if part.many:
                shape["items"] = _named(shape["items"], part.tag)
            else:
                kept[part.alias] = _named(shape, part.tag)
    made["properties"] = kept
    required = [name for name in made.pop("required", ()) if name not in echoes]
    if required:
        made["required"] = required
    made.pop("title", None)


def _named(shape: Schema, tag: str) -> Schema:
    """With the element's name. It may not stand beside a reference: many programs pass it over there."""
    named = {"allOf": [shape]} if "$ref" in shape else shape
    return {**named, "xml": {"name": tag}}


def _plain(shape: Schema) -> Schema:
    """Without null, which no document holds, and without what follows from the name."""
    shape = {key: value for key, value in shape.items() if key not in ("title", "default")}
    choices = [choice for choice in shape.pop("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        return {**choices[0], **shape}
    return {**shape, "anyOf": choices} if choices else shape


def shown(document: Document) -> tuple[type[Document], str | None]:
    """The model of a document that was written, and its root element where that is another than the model's own."""
    return type(document), document._root  # noqa: SLF001 because a document's root is its own and this room's matter


def content(schema: Schema, xml: str | None = None, json: object = None) -> Mapping[str, Schema]:
    """A document in both syntaxes, perhaps with an example of each."""
    return {
        Syntax.XML.value: {"schema": schema} | ({"example": xml} if xml else {}),
        Syntax.JSON.value: {"schema": schema} | ({"example": json} if json is not None else {}),
    }


def as_json(xml: str, model: type[Document]) -> object:
    """An XML request as its JSON would be."""
    return typed(tree.read(xml.encode(), Syntax.XML).details, model)


@cache
def sample(resource: str) -> tuple[Order, Entry]:
    """An order of the type just placed as `examples` has it, and its first entry."""
    papers = documents.papers_of(order_type(resource))
    read = reading.document(tree.read(EXAMPLES[resource].encode(), Syntax.XML), papers.request, *papers.roots)
    command = CreateOrder(account="9900000", type=resource, details=read[1], by="desk")
    change = decide.create(command, order_id="7c9e6679-7425-40de-944b-e07fc1f90ae7", at=_AT)
    return change.order, change.entries[0]


def listing(resource: str) -> Listing:
    """A page of one order."""
    first = f"https://desk.example/v1.0/accounts/9900000/{resource}?page=1&size=300"
    return Listing(orders=[sample(resource)[0]], total=1, first=first, next=None)
