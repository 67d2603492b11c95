"""What the flow needs of the world, in the words of the domain: never SQL, never DynamoDB's expressions.

Two adapters keep these promises: chalicelib/store (DynamoDB, SQS, S3) and infra/local (SQLite, threads, files). One
contract suite holds both to them (tests/store). Every writing method is one conditional write, or one transaction
that happens whole or not at all. Any method may raise StoreUnavailable.
"""

from chalicelib.domain.record import OrderPage, Receipt, Routed, RoutePage, Version
from chalicelib.flow.ports.access import Access
from chalicelib.flow.ports.bell import Bell
from chalicelib.flow.ports.cursors import Cursors
from chalicelib.flow.ports.documents import Documents
from chalicelib.flow.ports.ledger import Ledger, Receipts
from chalicelib.flow.ports.mails import Mails
from chalicelib.flow.ports.notifier import Notifier, Telling
from chalicelib.flow.ports.subscriptions import Subscriptions

__all__ = [
    "Access",
    "Bell",
    "Cursors",
    "Documents",
    "Ledger",
    "Mails",
    "Notifier",
    "OrderPage",
    "Receipt",
    "Receipts",
    "RoutePage",
    "Routed",
    "Subscriptions",
    "Telling",
    "Version",
]
