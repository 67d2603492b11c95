"""What mail programs and people write around a text, in their languages: the lists beside this file.

A phrase that is missing leaks a quote into a note; one that people use in sentences costs a sentence. So only
what programs write, or people close with, stands there. In lower case, phrases between bars, `#` before a comment.
"""

from functools import cache
from importlib.resources import files

_LISTS = files("chalicelib.inbox") / "lists"
_KINDS = ("from", "sent", "to", "subject")


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The phrases of a list, in its order: fit for `startswith`."""
    rows = (row.split("|") for row in _rows(name))
    return tuple(phrase.strip().replace("_", " ") for row in rows for phrase in row)


@cache
def phrase_set(name: str) -> frozenset[str]:
    """The same, to look a whole line up in."""
    return frozenset(phrases(name))


@cache
def header_kinds() -> dict[str, frozenset[str]]:
    """What a field's name may stand for (`from`, `sent`, `to`, `subject`), by that name."""
    kinds: dict[str, set[str]] = {}
    for row in _rows("header_fields"):
        for kind, names in zip(_KINDS, row.split("/"), strict=True):
            for name in names.split(","):
                kinds.setdefault(name.strip(), set()).add(kind)
    return {name: frozenset(of) for name, of in kinds.items()}


def _rows(name: str) -> list[str]:
    text = (_LISTS / f"{name}.txt").read_text(encoding="utf-8")
    return [row for row in text.splitlines() if row.strip() and not row.startswith("#")]
