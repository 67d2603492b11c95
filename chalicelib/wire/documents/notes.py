"""Notes: `Note` in, `Notes` out."""

from collections.abc import Sequence

from pydantic_xml import element

from chalicelib.domain.errors import Invalid, Problem
from chalicelib.domain.order import Note
from chalicelib.wire import reading
from chalicelib.wire.document import Document
from chalicelib.wire.fields import Moment, Text
from chalicelib.wire.tree import Tree

ROOT = "Note"
FAILURE = "NoteResponse"

_LONGEST_USER = 100


class NoteRequest(Document, tag=ROOT):
    """Who says what. The text's length is the domain's rule."""

    user_id: str = element("UserId", default="")
    description: str = element("Description", default="")


class NoteShown(Document, tag=ROOT):
    """A note as it stands."""

    id: str = element("Id")
    user_id: Text = element("UserId")
    description: Text = element("Description")
    last_date_modifier: Moment = element("LastDateModifier")


class Notes(Document, tag="Notes"):
    """All notes of an order, oldest first."""

    note: list[NoteShown] = element("Note", default=[])


def read(tree: Tree, user: str) -> str:
    """The text that `user` wants noted. Raises Invalid; the name given must be the user's own."""
    request, _ = reading.document(tree, NoteRequest, ROOT)
    if not request.user_id:
        raise Invalid(Problem("12501", "Username is required", "UserId"))
    if request.user_id != user:
        given = request.user_id[:_LONGEST_USER]
        text = f"Provided username '{given}' doesn't match login username '{user}'"
        raise Invalid(Problem("12618", text, "UserId"))
    return request.description


def one(note: Note) -> NoteShown:
    """A note."""
    return NoteShown(id=note.id, user_id=note.by, description=note.text, last_date_modifier=note.at)


def all_of(notes: Sequence[Note]) -> Notes:
    """The notes of an order."""
    return Notes(note=[one(note) for note in notes])
