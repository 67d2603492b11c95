"""What a client sent, kept as it was sent: elements in their order, repeated ones repeated, unknown ones included.

A tree of (name, text or tree) pairs. Beside elements a tree may hold what else stands in an element: its attributes
("@delete"), which come first, and the pieces of text around its elements ("#text"), each in its place. An element
with a text alone is that text. Nothing here knows XML or JSON; `wire` makes these from both.
"""

from collections.abc import Iterable, Iterator

Details = tuple[tuple[str, "str | Details"], ...]

ATTRIBUTE = "@"
"""What the name of an attribute begins with."""

TEXT = "#text"
"""The name of a piece of text in an element that holds more than a text."""

_NUMBER_NAMES = frozenset({"telephonenumber", "phonenumber", "fullnumber", "tn", "tollfreenumber"})


def is_element(name: str) -> bool:
    """Whether a pair of this name is an element, and not an attribute or a piece of text."""
    return not name.startswith(ATTRIBUTE) and name != TEXT


def has_elements(value: "str | Details") -> bool:
    """Whether an element holds other elements, and not merely a text."""
    return not isinstance(value, str) and any(is_element(name) for name, _ in value)


def text_of(value: "str | Details") -> str:
    """The text in an element, its pieces joined; empty where it holds none. Attributes do not count."""
    if isinstance(value, str):
        return value
    return "".join(piece for name, piece in value if name == TEXT and isinstance(piece, str))


def attribute(value: "str | Details", name: str) -> str | None:
    """An attribute of an element, or None; the name is compared without case."""
    wanted = f"{ATTRIBUTE}{name}".lower()
    pairs = () if isinstance(value, str) else value
    return next((said for key, said in pairs if key.lower() == wanted and isinstance(said, str)), None)


def every(details: Details, path: str) -> Iterator[str]:
    """The texts at `path` ("Subscriber/BusinessName"), in document order; names are compared without case."""
    name, _, rest = path.partition("/")
    for key, value in details:
        if key.lower() != name.lower():
            continue
        if rest and not isinstance(value, str):
            yield from every(value, rest)
        elif not rest and not has_elements(value):
            yield text_of(value)


def first(details: Details, path: str) -> str | None:
    """The first text at `path`, or None; blank counts as absent, as it does for the compatible API."""
    return next((text.strip() for text in every(details, path) if text.strip()), None)


def telephone_numbers(details: Details, places: Iterable[str]) -> tuple[str, ...]:
    """The telephone numbers in the elements at these paths ("ListOfPhoneNumbers"), once, in the paths' order.

    Such an element is a number itself, or holds numbers by any of the names that clients call them, as
    `TelephoneNumber/FullNumber` too. A number anywhere else in the request is not one that it asks about.
    """
    found = (number for path in places for held in _held(details, path) for number in _numbers(held))
    return tuple(dict.fromkeys(found))


def _held(details: Details, path: str) -> Iterator["str | Details"]:
    """What the elements at a path hold."""
    name, _, rest = path.partition("/")
    for key, value in details:
        if key.lower() == name.lower():
            if not rest:
                yield value
            elif not isinstance(value, str):
                yield from _held(value, rest)


def _numbers(held: "str | Details") -> Iterator[str]:
    if not isinstance(held, str) and has_elements(held):
        for key, value in held:
            if key.lower() in _NUMBER_NAMES:
                yield from _numbers(value)
    elif number := text_of(held).strip():
        yield number
