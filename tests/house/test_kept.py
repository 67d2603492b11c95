"""What is kept on AWS is what the store expects, private, and watched."""

from collections.abc import Iterable, Mapping

import pytest

from chalicelib.store.rows import ROWS, Row
from chalicelib.store.tables import NAMES
from tests.house.sam import Template, of_kind, properties


def pairs(dicts: Iterable[Mapping[str, object]]) -> set[frozenset[tuple[str, object]]]:
    return {frozenset(one.items()) for one in dicts}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_a_table_is_as_the_store_sees_it(template: Template, row: type[Row]) -> None:
    schema = row._get_schema()  # noqa: SLF001 because PynamoDB shows it nowhere else
    table = properties(template, NAMES[row].capitalize())
    assert table["TableName"] == {"Fn::Sub": f"${{AWS::StackName}}-{NAMES[row]}"}
    assert pairs(table["AttributeDefinitions"]) == pairs(schema["attribute_definitions"])
    assert pairs(table["KeySchema"]) == pairs(schema["key_schema"])
    assert {
        one["IndexName"]: (pairs(one["KeySchema"]), one["Projection"])
        for one in table.get("GlobalSecondaryIndexes", ())
    } == {
        one["index_name"]: (pairs(one["key_schema"]), one["projection"]) for one in schema["global_secondary_indexes"]
    }
    assert "LocalSecondaryIndexes" not in table
    assert table["TimeToLiveSpecification"] == {"AttributeName": row.ttl.attr_name, "Enabled": True}
    assert table.get("StreamSpecification", {}).get("StreamViewType") == getattr(row.Meta, "stream_view_type", None)
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}


def test_there_is_no_table_that_the_store_does_not_know(template: Template) -> None:
    assert of_kind(template, "DynamoDB::Table").keys() == {name.capitalize() for name in NAMES.values()}


def test_what_is_kept_outlives_the_stack(template: Template) -> None:
    kept = ("DynamoDB::Table", "S3::Bucket", "SecretsManager::Secret")
    for name, one in [pair for kind in kept for pair in of_kind(template, kind).items()]:
        assert (one["DeletionPolicy"], one["UpdateReplacePolicy"]) == ("Retain", "Retain"), name


def test_mail_is_private_and_is_forgotten_in_time(template: Template) -> None:
    bucket = properties(template, "MailBucket")
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["BucketEncryption"]
    assert bucket["LifecycleConfiguration"]
    (action,) = properties(template, "MailRule")["Rule"]["Actions"]
    assert action["S3Action"]["TopicArn"] == {"Ref": "MailTopic"}
    assert action["S3Action"]["ObjectKeyPrefix"] == "incoming/"
    assert "KmsKeyArn" not in action["S3Action"]  # would encrypt with a key that nobody here has


def test_documents_are_private_and_are_forgotten_in_time(template: Template) -> None:
    bucket = properties(template, "DocumentBucket")
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert bucket["BucketEncryption"]
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", {"Ref": "DocumentDays"})
    (statement,) = properties(template, "DocumentBucketPolicy")["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_somebody_can_be_told_of_every_queue_that_should_be_empty(template: Template) -> None:
    watched = {
        alarm["Properties"]["Dimensions"][0]["Value"]["Fn::GetAtt"][0]
        for alarm in of_kind(template, "CloudWatch::Alarm").values()
        if alarm["Properties"]["Namespace"] == "AWS/SQS"
    }
    assert watched == {name for name in of_kind(template, "SQS::Queue") if name.endswith("Failed")}
    metrics = {one["Properties"]["MetricName"] for one in of_kind(template, "CloudWatch::Alarm").values()}
    assert "IteratorAge" in metrics
