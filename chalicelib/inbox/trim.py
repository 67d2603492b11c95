"""Lines of a mail → the text that its sender newly wrote: the stretches between quotes, without their tails."""

from collections.abc import Sequence

from chalicelib.inbox.lines import Line, joined, split
from chalicelib.inbox.quoted.own import Own
from chalicelib.inbox.quoted.quotes import stretches
from chalicelib.inbox.tails.footer import without_banner
from chalicelib.inbox.tails.person import Person
from chalicelib.inbox.tails.signature import without_tail

_PASSES = 4


def trim(lines: Sequence[Line], own: Own, person: Person) -> str:
    """The new text, "" when nothing is new. `person`: the sender, by whom a signature is known."""
    text = _once(lines, own, person)
    for _ in range(_PASSES):
        before, text = text, _once(split(text), own, person)
        if text == before:
            break
    return text


def _once(lines: Sequence[Line], own: Own, person: Person) -> str:
    kept: list[str] = []
    for stretch in stretches(without_banner(lines), own):
        if text := joined(without_tail(stretch, person, first=not kept)):
            kept.append(text)
    return "\n\n".join(kept)
