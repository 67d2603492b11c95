"""What a client sent, kept as it was sent: elements in their order, repeated ones repeated, unknown ones included.

A tree of (name, text or tree) pairs. Nothing here knows XML or JSON; `wire` makes these from both.
"""

from collections.abc import Iterator

Details = tuple[tuple[str, "str | Details"], ...]

_NUMBER_NAMES = frozenset({"telephonenumber", "phonenumber", "fullnumber", "tn", "tollfreenumber"})


def every(details: Details, path: str) -> Iterator[str]:
    """The texts at `path` ("Subscriber/BusinessName"), in document order; names are compared without case."""
    name, _, rest = path.partition("/")
    for key, value in details:
        if key.lower() != name.lower():
            continue
        if isinstance(value, str):
            if not rest:
                yield value
        elif rest:
            yield from every(value, rest)


def first(details: Details, path: str) -> str | None:
    """The first text at `path`, or None; blank counts as absent, as it does for the compatible API."""
    return next((text.strip() for text in every(details, path) if text.strip()), None)


def telephone_numbers(details: Details) -> tuple[str, ...]:
    """Every telephone number named anywhere in the request, once, in document order."""
    return tuple(dict.fromkeys(_numbers(details)))


def _numbers(details: Details) -> Iterator[str]:
    for key, value in details:
        if not isinstance(value, str):
            yield from _numbers(value)
        elif key.lower() in _NUMBER_NAMES and value.strip():
            yield value.strip()
