"""What a policy of the template allows, and what a call to AWS needs: enough of IAM to compare the two.

A resource is written as the logical id whose ARN it is, and what follows: `Orders/index/listing`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

WRITES = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
    "Get": "GetItem",
}
"""https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html"""

S3_ACTIONS = {"ListObjectsV2": "ListBucket", "HeadObject": "GetObject"}
"""Where action and operation differ; a copy needs what a read and a write need."""


SENDER = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${MailDomain}"


class Need(NamedTuple):
    """One action on one resource."""

    action: str
    resource: str


def statements(template: Mapping[str, Any], role: str) -> list[dict[str, Any]]:
    """All statements of a role's policies."""
    policies = template["Resources"][role]["Properties"]["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def resources(statement: Mapping[str, Any]) -> list[str]:
    """What a statement is about."""
    named = statement["Resource"]
    return [_resource(name) for name in (named if isinstance(named, list) else [named])]


def _resource(name: object) -> str:
    match name:
        case {"Fn::GetAtt": [logical, "Arn"]} | {"Ref": logical}:
            return str(logical)
        case {"Fn::GetAtt": [logical, "StreamArn"]}:
            return f"{logical}/stream"
        case {"Fn::Sub": str(text)}:
            return re.sub(r"\$\{(\w+)\.Arn\}", r"\1", text)
    return str(name)


def allowed(statement: Sequence[Mapping[str, Any]], need: Need) -> bool:
    """Whether one of the statements allows it."""
    return any(
        need.action in one["Action"] and any(fnmatchcase(need.resource, name) for name in resources(one))
        for one in statement
    )


def needs(service: str, operation: str, parameters: Mapping[str, Any]) -> Iterator[Need]:
    """What one call of botocore needs, for the tables, queue, buckets and identity of the template."""
    match service:
        case "dynamodb":
            yield from _of_tables(operation, parameters)
        case "sqs":
            yield Need(f"sqs:{operation.removesuffix('Batch')}", "Doorbell")
        case "s3":
            yield from _of_bucket(operation, parameters)
        case "sesv2":
            yield Need("ses:SendRawEmail", SENDER)
        case _:
            yield Need(f"{service}:{operation}", "nothing that we know")


def _of_tables(operation: str, parameters: Mapping[str, Any]) -> Iterator[Need]:
    if "TransactItems" in parameters:
        for item in parameters["TransactItems"]:
            for write, target in item.items():
                yield Need(f"dynamodb:{WRITES[write]}", _table(target["TableName"]))
    elif "RequestItems" in parameters:
        for name in parameters["RequestItems"]:
            yield Need(f"dynamodb:{operation}", _table(name))
    else:
        index = parameters.get("IndexName")
        yield Need(f"dynamodb:{operation}", _table(parameters["TableName"]) + (f"/index/{index}" if index else ""))


def _table(name: str) -> str:
    return name.rpartition("-")[2].capitalize()


def _of_bucket(operation: str, parameters: Mapping[str, Any]) -> Iterator[Need]:
    bucket = f"{str(parameters['Bucket']).rpartition('-')[2].capitalize()}Bucket"
    key = f"{bucket}/{parameters['Key']}" if "Key" in parameters else bucket
    if operation == "CopyObject":
        source = str(parameters["CopySource"]).partition("/")[2]  # botocore has made a path of it
        yield Need("s3:GetObject", f"{bucket}/{source}")
        yield Need("s3:PutObject", key)
    else:
        yield Need(f"s3:{S3_ACTIONS.get(operation, operation)}", key)
