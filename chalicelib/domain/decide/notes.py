"""Notes: added and changed, whatever the order's state."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.commands import AddNote, ChangeNote
from chalicelib.domain.decide.entries import entry
from chalicelib.domain.entry import Kind
from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.order import Change, Note, Order

NOTE_LIMIT = 500
"""Characters of a note, as the compatible API has it."""


def add_note(order: Order, command: AddNote, *, at: datetime) -> Change:
    """A note on the order, whatever its state. Raises Invalid for one that is empty or too long."""
    text = _note_text(command.text)
    noted = replace(order, version=order.version + 1, modified_at=max(at, order.modified_at), modified_by=command.by)
    note = Note(id=str(noted.version), by=command.by, text=text, at=noted.modified_at)
    added = replace(entry(noted, Kind.NOTE, previous=order.status, note=note), by_mail=command.by_mail)
    return Change(order.version, replace(noted, last_note=note), (added,), (note,))


def change_note(order: Order, note: Note, command: ChangeNote, *, at: datetime) -> Change:
    """The note with a new text; nothing at all where the text is the same. Raises Invalid as `add_note` does."""
    text = _note_text(command.text)
    if text == note.text:
        return Change(order.version, order)
    noted = replace(order, version=order.version + 1, modified_at=max(at, order.modified_at), modified_by=command.by)
    changed = replace(note, text=text, by=command.by, at=noted.modified_at)
    return Change(
        order.version,
        replace(noted, last_note=changed),
        (entry(noted, Kind.NOTE_CHANGED, previous=order.status, note=changed),),
        (changed,),
    )


def _note_text(text: str) -> str:
    if not text.strip():
        raise Invalid(Problem("1003", "Description is required", "Description"))
    if len(text) > NOTE_LIMIT:
        raise Invalid(Problem("1011", f"Description is too long. Max length {NOTE_LIMIT} characters", "Description"))
    return text
