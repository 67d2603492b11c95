"""A tree → a document: every element that the document knows is checked, and all that is wrong is said at once."""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from chalicelib.domain.details import Details, has_elements, is_element, text_of
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.wire.document import Document, Part, parts
from chalicelib.wire.tree import Tree, printable

Read = TypeVar("Read", bound=Document)

_LONGEST_SHOWN = 60

_SAYINGS = {
    "missing": ("1003", "{field} is required"),
    "int_parsing_size": ("1006", "{field} is out of bounds: {value}"),
    "greater_than_equal": ("1004", "{field} is too small: {value}"),
    "less_than_equal": ("1006", "{field} is out of bounds: {value}"),
    "string_too_long": ("1011", "{field} is too long. Max length {max_length} characters"),
    "too_short": ("1003", "{field} is required"),
    "too_long": ("1011", "{field} appears too often. At most {max_length} times"),
}


def document(tree: Tree, model: type[Read], *roots: str, code: str = "1019") -> tuple[Read, Details]:
    """The document, and the tree with every known element spelled as the document spells it.

    Raises Invalid with all problems found; `code` is said of a root element that is none of `roots`.
    """
    if tree.root is not None and tree.root.lower() not in {root.lower() for root in roots}:
        text = f"The root element must be {' or '.join(roots)}, not {printable(tree.root)[:_LONGEST_SHOWN]}"
        raise Invalid(Problem(code, text, roots[0]))
    problems: list[Problem] = []
    values, details = _values(tree.details, model, problems)
    try:
        read = model.model_validate(values)
    except ValidationError as error:
        found = [_problem(each, model) for each in error.errors(include_url=False)]
        raise Invalid(*problems, *found) from None
    if problems:
        raise Invalid(*problems)
    return read, details


def _values(details: Details, model: type[Document], problems: list[Problem]) -> tuple[dict[str, Any], Details]:
    """What pydantic is to check, by field names; unknown elements are left as they are."""
    known = parts(model)
    values: dict[str, Any] = {}
    spelled: list[tuple[str, str | Details]] = []
    for name, content in details:
        part = known.get(name.lower())
        if part is None:
            spelled.append((name, content))
            continue
        value, kept = _value(content, part, problems)
        spelled.append((part.tag, kept))
        if value is None:
            continue
        if part.many:
            values.setdefault(part.name, []).append(value)
        elif part.name in values:
            problems.append(Problem("1009", f"{part.tag} is given more than once", part.tag))
        else:
            values[part.name] = value
    return values, tuple(spelled)


def _value(content: "str | Details", part: Part, problems: list[Problem]) -> tuple[Any, "str | Details"]:
    """The value of one element; a blank text counts as absent, as it does for the compatible API."""
    if part.model is None:
        if not has_elements(content):
            return text_of(content).strip() or None, content
        problems.append(Problem("1008", f"{part.tag} must hold a text, not elements", part.tag))
        return None, content
    if not has_elements(content) and text_of(content).strip():
        problems.append(Problem("1008", f"{part.tag} must hold elements, not a text", part.tag))
        return None, content
    return ({}, "") if isinstance(content, str) else _values(content, part.model, problems)


def _problem(error: ErrorDetails, model: type[Document]) -> Problem:
    field = _field(error, model)
    context = error.get("ctx", {})
    value = printable(str(error.get("input")))[:_LONGEST_SHOWN]
    if error["type"] not in _SAYINGS:
        return Problem(error["type"], error["msg"], field)
    code, saying = _SAYINGS[error["type"]]
    return Problem(code, saying.format_map({**context, "field": field, "value": value}), field)


def _field(error: ErrorDetails, model: type[Document]) -> str | None:
    """The tag of the element that is wrong: the innermost one of the error's place, or the one that the rule names."""
    tag: str | None = error.get("ctx", {}).get("field")
    known: type[Document] | None = model
    for step in error["loc"]:
        part = (
            next((part for part in parts(known).values() if step in (part.name, part.alias)), None) if known else None
        )
        if part is not None:
            tag, known = part.tag, part.model
    return tag


def nothing_unknown(details: Details, model: type[Document]) -> None:
    """Raise Invalid for elements that the document does not know: where nothing is kept, they would be lost."""
    if found := list(_unknown(details, model)):
        raise Invalid(*found)


def _unknown(details: Details, model: type[Document]) -> Iterator[Problem]:
    known = parts(model)
    for name, content in details:
        part = known.get(name.lower())
        if is_element(name) and part is None:
            taken = ", ".join(each.tag for each in known.values())
            short = printable(name)[:_LONGEST_SHOWN]
            yield Problem("1005", f"{short} is not known here. Known are: {taken}", short)
        elif part is not None and part.model is not None and not isinstance(content, str):
            yield from _unknown(content, part.model)
