"""What the rows declare is what is deployed: the same keys, indexes, projections, stream and TTL."""

import json
from typing import Any

import boto3
import pytest

from chalicelib.store.rows import ROWS
from chalicelib.store.tables import NAMES
from tests.house.tree import ROOT

DEPLOYED = json.loads((ROOT / "infra" / "aws" / "tables.json").read_text())["Resources"]


@pytest.mark.usefixtures("dynamo")
@pytest.mark.parametrize("kind", ROWS, ids=NAMES.values())
def test_a_table_is_deployed_as_its_rows_declare_it(kind: Any, ministack: str) -> None:  # noqa: ANN401 because it is any of the rows
    client = boto3.client("dynamodb", endpoint_url=ministack)
    made = client.describe_table(TableName=kind.Meta.table_name)["Table"]
    ttl = client.describe_time_to_live(TableName=kind.Meta.table_name)["TimeToLiveDescription"]
    (deployed,) = [
        table["Properties"]
        for table in DEPLOYED.values()
        if table["Properties"]["TableName"]["Fn::Sub"].endswith(f"-{NAMES[kind]}")
    ]
    assert _shape(deployed) == _shape(made)
    assert deployed["TimeToLiveSpecification"]["AttributeName"] == ttl["AttributeName"]
    stream = deployed.get("StreamSpecification", {}).get("StreamViewType")
    assert stream == made.get("StreamSpecification", {}).get("StreamViewType")


def _shape(table: dict[str, Any]) -> object:
    return (
        _sorted(table["AttributeDefinitions"]),
        table["KeySchema"],
        _sorted(
            {name: index[name] for name in ("IndexName", "KeySchema", "Projection")}
            for index in table.get("GlobalSecondaryIndexes") or ()
        ),
    )


def _sorted(parts: Any) -> list[str]:  # noqa: ANN401 because it is any list of a template
    return sorted(json.dumps(part, sort_keys=True) for part in parts)
