"""What stands around the package on AWS, as ministack plays it: tables as the template says, queue, bucket, SES."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import boto3

from chalicelib.domain.access import Role, secret_hash
from chalicelib.store import keys
from chalicelib.store.codec.text import written
from tests.house.sam import Template, of_kind
from tests.house.tree import ROOT

PREFIX = "packaged-"
KEY = "5d1c" * 16
MAIL_DOMAIN = "orders.example.net"


def event(name: str, *, body: str | None = None) -> dict[str, Any]:
    """A captured event; with another body of its queue message, where one is given."""
    read: dict[str, Any] = json.loads((ROOT / f"tests/events/{name}.json").read_text("utf-8"))
    if body is not None:
        read["Records"][0]["body"] = body
    return read


@dataclass
class Cloud:
    """The neighbours of the package, and what its handlers did there."""

    endpoint: str
    template: Template
    calls: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    modules: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Makes the neighbours."""
        self.tables = boto3.client("dynamodb", endpoint_url=self.endpoint)
        self.queues = boto3.client("sqs", endpoint_url=self.endpoint)
        self.buckets = boto3.client("s3", endpoint_url=self.endpoint)
        for table in of_kind(self.template, "DynamoDB::Table").values():
            self.tables.create_table(**_asked(table["Properties"]))
        self.queue: str = self.queues.create_queue(QueueName=f"{PREFIX}doorbell")["QueueUrl"]
        for bucket in ("mail", "document"):
            self.buckets.create_bucket(Bucket=f"{PREFIX}{bucket}")
        boto3.client("sesv2", endpoint_url=self.endpoint).create_email_identity(EmailIdentity=MAIL_DOMAIN)
        self._let_in("desk", "correct-horse-battery")

    def _let_in(self, user: str, secret: str) -> None:
        hashed = secret_hash(secret, key=bytes.fromhex(KEY))
        body = written(role=Role.CUSTOMER, accounts=["9900000"], secret_hash=hashed)
        self.tables.put_item(TableName=f"{PREFIX}access", Item={"pk": {"S": keys.user(user)}, "body": {"S": body}})

    def remove(self) -> None:
        """Takes the tables away; the others are in nobody's way."""
        for table in of_kind(self.template, "DynamoDB::Table").values():
            self.tables.delete_table(TableName=_asked(table["Properties"])["TableName"])

    def items(self, table: str) -> list[dict[str, Any]]:
        """All that a table holds."""
        return list(self.tables.scan(TableName=f"{PREFIX}{table}")["Items"])

    def receive(self, name: str, *, to: str) -> None:
        """A mail comes in, as SES writes it into the bucket."""
        head = f"From: pat@example.com\r\nTo: {to}@{MAIL_DOMAIN}\r\nMessage-ID: <{name}@example.com>\r\n\r\n"
        self.buckets.put_object(Bucket=f"{PREFIX}mail", Key=f"incoming/{name}", Body=f"{head}Hello.\r\n".encode())

    def rung(self) -> list[dict[str, Any]]:
        """Messages that wait in the queue, taken out of it."""
        taken = self.queues.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10).get("Messages", [])
        for message in taken:
            self.queues.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in taken]

    def environment(self) -> dict[str, str]:
        """As the template sets it, and where ministack is."""
        return {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.endpoint,
            "DOCKET_DOCUMENT_BUCKET": f"{PREFIX}document",
            "DOCKET_MAIL_BUCKET": f"{PREFIX}mail",
            "DOCKET_MAIL_DOMAIN": MAIL_DOMAIN,
            "DOCKET_QUEUE_URL": self.queue,
            "DOCKET_REPLY_KEYS": KEY,
            "DOCKET_SERVICE_KEY": KEY,
            "DOCKET_TABLE_PREFIX": PREFIX,
        }


def _asked(properties: dict[str, Any]) -> dict[str, Any]:
    """A table of the template, as DynamoDB is asked for it."""
    known = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    named = properties["TableName"]["Fn::Sub"].replace("${AWS::StackName}-", PREFIX)
    return {"TableName": named, **{name: properties[name] for name in known if name in properties}}
