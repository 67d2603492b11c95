"""Documents on orders: files in and out as the bytes they are.

A file is given out to be saved, whatever it is: never shown, never guessed at, never kept by a cache on the way.
"""

from collections.abc import Mapping

from chalicelib import wire
from chalicelib.domain import attachment
from chalicelib.domain.commands import AttachDocument, DescribeDocument, RemoveDocument, ReplaceDocument
from chalicelib.domain.document import DocumentType
from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit

WITH_FILES = ("portins", "bulkPortins", "importTnOrders", "importTnOrders/voice")
"""The resources whose orders have documents."""

SAFE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
"""Headers of a file: no browser may run it, frame it, or keep it."""


@at(Spot.LOAS, "GET", only=WITH_FILES)
def list_files(visit: Visit) -> Answer:
    """All files of an order; with `metadata=true`, what each is."""
    order = visit.services.ledger.order(visit.place.order)
    found = visit.services.ledger.documents(order.key)
    described = visit.query.get("metadata", "").lower() == "true"
    return Answer(document=wire.documents.loas.listed(found, described=described))


@at(Spot.LOAS, "POST", only=WITH_FILES)
def attach(visit: Visit) -> Answer:
    """Attach the body."""
    sent, kind = visit.file, _type(visit)
    command = AttachDocument(order=visit.place.order, sent=sent, by=visit.user, type=kind or DocumentType.LOA)
    file = visit.services.attach.attach(command, visit.keyed)
    return Answer(status=201, document=wire.documents.loas.uploaded(command.order.id, file), made=file)


@at(Spot.LOA, "GET", only=WITH_FILES, binary=True)
def download(visit: Visit) -> Answer:
    """The bytes."""
    document, content = visit.services.attach.read(visit.place.order, visit.place.file)
    saved_as = f'attachment; filename="{document.download_name}"'
    return Answer(content=content, headers={"Content-Disposition": saved_as, **SAFE})


@at(Spot.LOA, "PUT", only=WITH_FILES)
def replace(visit: Visit) -> Answer:
    """Put the body in the place of a file."""
    order, file = visit.place.order, visit.place.file
    command = ReplaceDocument(order=order, file=file, sent=visit.file, by=visit.user, type=_type(visit))
    visit.services.attach.replace(command)
    return Answer(document=wire.documents.loas.uploaded(order.id, file))


@at(Spot.LOA, "DELETE", only=WITH_FILES)
def remove(visit: Visit) -> Answer:
    """Take a file away."""
    command = RemoveDocument(order=visit.place.order, file=visit.place.file, by=visit.user)
    visit.services.attach.remove(command)
    return Answer()


@at(Spot.LOA_METADATA, "GET", only=WITH_FILES)
def show_metadata(visit: Visit) -> Answer:
    """What a file is for, and how its owner calls it."""
    order = visit.services.ledger.order(visit.place.order)
    document = attachment.one(visit.services.ledger.documents(order.key), visit.place.file)
    return Answer(document=wire.documents.loas.metadata(document))


@at(Spot.LOA_METADATA, "PUT", only=WITH_FILES)
def describe(visit: Visit) -> Answer:
    """Say what a file is for, and how it is called."""
    name, kind = wire.documents.loas.read(visit.tree)
    command = DescribeDocument(
        order=visit.place.order, file=visit.place.file, by=visit.user, type=kind, name=name
    )  # fmt: skip
    visit.services.attach.describe(command)
    return Answer()


@at(Spot.LOA_METADATA, "DELETE", only=WITH_FILES)
def forget_metadata(visit: Visit) -> Answer:
    """As if nothing had been said of the file: a LOA without a name."""
    command = DescribeDocument(order=visit.place.order, file=visit.place.file, by=visit.user)
    visit.services.attach.describe(command)
    return Answer()


def _type(visit: Visit) -> DocumentType | None:
    """As the query or a header says it: the compatible API takes either."""
    return wire.documents.loas.document_type(visit.query.get("documentType"), visit.request.headers.get("documentType"))
