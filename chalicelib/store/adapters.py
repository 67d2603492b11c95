"""All that the store offers, put together from the settings. Nothing is asked of AWS before it is used."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import boto3
from botocore.config import Config

from chalicelib.config import Settings
from chalicelib.store import tables
from chalicelib.store.access import Access
from chalicelib.store.bell import Bell
from chalicelib.store.cursors import Cursors
from chalicelib.store.files import Documents, Mails
from chalicelib.store.ledger import Ledger
from chalicelib.store.receipts import Receipts
from chalicelib.store.subscriptions import Subscriptions

_CLIENT = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What the tables keep."""

    ledger: Ledger
    receipts: Receipts
    subscriptions: Subscriptions
    cursors: Cursors
    access: Access


@dataclass(frozen=True, slots=True, kw_only=True)
class Aws:
    """The tables, the queue and the buckets."""

    tables: Tables
    bell: Bell
    mails: Mails
    documents: Documents


def on_aws(settings: Settings, *, now: Callable[[], datetime]) -> Aws:
    """All of it, in the region and with the rights of this process."""
    files = boto3.client("s3", config=_CLIENT)
    return Aws(
        tables=in_tables(settings, now=now),
        bell=Bell(boto3.client("sqs", config=_CLIENT), settings.queue_url),
        mails=Mails(files, settings.mail_bucket, now),
        documents=Documents(files, settings.document_bucket),
    )


def in_tables(settings: Settings, *, now: Callable[[], datetime], host: str | None = None) -> Tables:
    """The adapters over DynamoDB; `host` is another endpoint than AWS's own."""
    connection = tables.use(settings.table_prefix, host=host)
    receipts = Receipts(now=now)
    return Tables(
        ledger=Ledger(
            connection=connection, receipts=receipts, kept=timedelta(days=settings.order_days),
            counted=settings.count_limit, now=now,
        ),
        receipts=receipts,
        subscriptions=Subscriptions(connection=connection, receipts=receipts),
        cursors=Cursors(connection=connection, kept=timedelta(days=settings.delivery_days)),
        access=Access(connection=connection, receipts=receipts),
    )  # fmt: skip
