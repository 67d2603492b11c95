"""The events that Lambda would bring, in exactly its shapes."""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

REGION = "local"
ACCOUNT = "000000000000"


def http_event(  # noqa: PLR0913 because a request has so many parts
    method: str, path: str, *, route: str, parameters: Mapping[str, str], query: Mapping[str, list[str]],
    headers: Mapping[str, str], body: bytes, source: str,
) -> dict[str, Any]:  # fmt: skip
    """API Gateway's, for one request; but `body` is bytes, which Chalice takes as they are."""
    return {
        "requestContext": {
            "httpMethod": method, "resourcePath": route, "path": path, "identity": {"sourceIp": source},
        },
        "headers": dict(headers), "pathParameters": dict(parameters), "stageVariables": {},
        "multiValueQueryStringParameters": dict(query) or None, "body": body,
    }  # fmt: skip


def sqs_event(body: str, group: str | None = None) -> dict[str, Any]:
    """One queue message."""
    attributes = {"ApproximateReceiveCount": "1", **({"MessageGroupId": group} if group else {})}
    record = {
        "messageId": uuid.uuid4().hex, "receiptHandle": "local", "body": body, "attributes": attributes,
        "messageAttributes": {}, "eventSource": "aws:sqs", "awsRegion": REGION,
        "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:docket",
    }  # fmt: skip
    return {"Records": [record]}


def stream_event(inserted: Iterable[tuple[int, Mapping[str, Any]]]) -> dict[str, Any]:
    """Inserted items, as (sequence number, image in DynamoDB's JSON)."""
    return {"Records": [_inserted(sequence, image) for sequence, image in inserted]}


def _inserted(sequence: int, image: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "eventID": f"{sequence:032x}", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
        "awsRegion": REGION, "eventSourceARN": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/orders/stream/local",
        "dynamodb": {
            "Keys": {"pk": image["pk"], "sk": image["sk"]}, "NewImage": image, "SequenceNumber": f"{sequence:021d}",
            "StreamViewType": "NEW_IMAGE",
        },
    }  # fmt: skip


def mail_event(name: str, recipients: Iterable[str], source: str) -> dict[str, Any]:
    """The notice that a mail came in: SES's, in SNS's envelope, in a queue message."""
    notice = {
        "notificationType": "Received",
        "receipt": {
            "recipients": list(recipients),
            "action": {"type": "S3", "bucketName": "inbox", "objectKey": f"incoming/{name}"},
        },
        "mail": {"messageId": name, "source": source},
    }
    return sqs_event(json.dumps({"Type": "Notification", "Message": json.dumps(notice)}))


def schedule_event(at: datetime) -> dict[str, Any]:
    """EventBridge's tick."""
    return {
        "version": "0", "id": uuid.uuid4().hex, "detail-type": "Scheduled Event", "source": "aws.events",
        "account": ACCOUNT, "time": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "region": REGION, "resources": [],
        "detail": {},
    }  # fmt: skip
