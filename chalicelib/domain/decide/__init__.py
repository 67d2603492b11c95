"""What a command makes of an order: the next order, the journal entries, the notes. Nothing here writes anything.

Rule: everything that may change an order lives here, and every change is a `Change` with its entries.
"""

from chalicelib.domain.decide.notes import NOTE_LIMIT, add_note, change_note
from chalicelib.domain.decide.steps import create, hand_in, move
from chalicelib.domain.decide.supplements import cancel, supplement

__all__ = ["NOTE_LIMIT", "add_note", "cancel", "change_note", "create", "hand_in", "move", "supplement"]
