"""What becomes of an order and its documents when one is attached, replaced, described or removed.

As with notes, the order's state does not matter. Every change is a `Change` with its entry, of which no subscriber
is told.
"""

from collections.abc import Sequence
from dataclasses import replace as changed
from datetime import UTC, datetime, timedelta

from chalicelib.domain.commands import AttachDocument, Cancel, DescribeDocument, HandIn, RemoveDocument, ReplaceDocument
from chalicelib.domain.decide import cancel as ended
from chalicelib.domain.decide import hand_in
from chalicelib.domain.document import (
    LONGEST_NAME,
    PAGES,
    Attachment,
    DocumentType,
    File,
    Filed,
    Filing,
    Form,
    form_of,
)
from chalicelib.domain.entry import Entry, Kind, OrderKey
from chalicelib.domain.errors import DocumentNotFound, Invalid, Problem, TooManyDocuments, WrongForm
from chalicelib.domain.order import Change, Order

MOST = 50
"""Documents of one order."""

TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def blob_of(order: OrderKey, token: str) -> str:
    """The name of an upload's bytes: letters, digits, dots, dashes and tildes; the account comes first."""
    return ".".join((order.account, order.type.replace("/", "~"), order.id, token))


def order_of(blob: str) -> OrderKey:
    """The order for which the bytes of this name were uploaded."""
    account, kind, order_id, _ = blob.split(".")
    return OrderKey(account, kind.replace("~", "/"), order_id)


def one(held: Sequence[Attachment], file: str) -> Attachment:
    """The document of this name. Raises DocumentNotFound."""
    found = next((document for document in held if document.file == file), None)
    if found is None:
        raise DocumentNotFound(file)
    return found


def attach(order: Order, held: Sequence[Attachment], command: AttachDocument, *, blob: str, at: datetime) -> Change:
    """One document more, whose bytes are under `blob`. Raises Invalid, TooManyDocuments, WrongForm."""
    form, at = _form(command.sent), max(at, order.modified_at)
    if len(held) >= MOST:
        raise TooManyDocuments(MOST)
    document = Attachment(
        file=_name(order, held, form, at), type=command.type, form=form, size=len(command.sent.content), blob=blob,
        by=command.by, at=at,
    )  # fmt: skip
    return _kept(order, document, Filing.ATTACHED)


def replace(order: Order, held: Sequence[Attachment], command: ReplaceDocument, *, blob: str, at: datetime) -> Change:
    """The document with other bytes, under the name that it has. Raises DocumentNotFound, Invalid, WrongForm."""
    before = one(held, command.file)
    document = changed(
        before, type=command.type or before.type, form=_form(command.sent), size=len(command.sent.content), blob=blob,
        by=command.by, at=max(at, order.modified_at),
    )  # fmt: skip
    return _kept(order, document, Filing.REPLACED)


def describe(order: Order, held: Sequence[Attachment], command: DescribeDocument, *, at: datetime) -> Change:
    """The document with another type and name; nothing at all where it has both.

    Raises DocumentNotFound, Invalid (7800), WrongForm.
    """
    before = one(held, command.file)
    name = (command.name or "").strip() or None
    if name and len(name) > LONGEST_NAME:
        text = f"DocumentName is too long. Max length {LONGEST_NAME} characters"
        raise Invalid(Problem("7800", text, "DocumentName"))
    if (before.type, before.name) == (command.type, name):
        return Change(order.version, order)
    at = max(at, order.modified_at)
    return _kept(order, changed(before, type=command.type, name=name, by=command.by, at=at), Filing.DESCRIBED)


def remove(order: Order, held: Sequence[Attachment], command: RemoveDocument, *, at: datetime) -> Change:
    """Without the document. Raises DocumentNotFound."""
    gone = changed(one(held, command.file), by=command.by, at=max(at, order.modified_at))
    without = _touched(order, gone)
    return Change(order.version, without, (_entry(without, gone, Filing.REMOVED),), removed_documents=(gone.file,))


def cancel(order: Order, held: Sequence[Attachment], command: Cancel, *, at: datetime) -> Change:
    """The order on its way to its end; a draft that is removed takes its documents with it. Raises Invalid, Barred."""
    change = ended(order, command, at=at)
    gone = tuple(document.file for document in held) if change.order.removed else ()
    return changed(change, removed_documents=gone)


def _kept(order: Order, document: Attachment, filing: Filing) -> Change:
    """The change that keeps a document; an order that waits for its LOA goes on with it."""
    is_loa = document.type is DocumentType.LOA
    if is_loa and order.toll_free and document.form not in PAGES:
        raise WrongForm(PAGES)
    filed = _touched(order, document)
    change = Change(order.version, filed, (_entry(filed, document, filing),), documents=(document,))
    if not is_loa:
        return change
    onward = hand_in(filed, HandIn(order=order.key, by=document.by), at=document.at)
    return changed(change, order=onward.order, entries=(*change.entries, *onward.entries))


def _form(sent: File) -> Form:
    """What the file is. Raises Invalid for one that is empty, or nothing that is taken."""
    if not sent.content:
        raise Invalid(Problem("1003", "The file is required: the body is empty", "File"))
    form = form_of(sent)
    if form is None:
        known = ", ".join(form.value for form in Form)
        raise Invalid(Problem("1008", f"The file is of no form that is accepted. Accepted: {known}", "File"))
    return form


def _name(order: Order, held: Sequence[Attachment], form: Form, at: datetime) -> str:
    """The order's id, the time in milliseconds and the ending, as the compatible API names files; never one in use."""
    taken = {document.file.rpartition(".")[0] for document in held}
    milliseconds = (at - _EPOCH) // _MILLISECOND
    while f"{order.key.id}-{milliseconds}" in taken:
        milliseconds += 1
    return f"{order.key.id}-{milliseconds}.{form}"


def _touched(order: Order, document: Attachment) -> Order:
    return changed(order, version=order.version + 1, modified_at=document.at, modified_by=document.by)


def _entry(order: Order, document: Attachment, filing: Filing) -> Entry:
    return Entry(
        order=order.key, number=order.version, kind=Kind.DOCUMENT, at=order.modified_at, by=order.modified_by,
        status=order.status, previous=order.status, customer_order_id=order.customer_order_id,
        filed=Filed(document.file, document.type, filing),
    )  # fmt: skip
