"""The template says of every trigger what Chalice's decorators cannot, and answers in our documents."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

import app
from chalicelib.edge.door import CHALLENGE, OCTETS
from chalicelib.store import keys
from infra.aws import gateway
from infra.aws.package import PARTS
from tests.house.sam import HANDLERS, STAGE, Template, event, of_kind, properties
from tests.house.tree import ROOT

QUEUES = {"OnDoorbell": "Doorbell", "OnMail": "Post"}


def test_cloudformation_would_take_the_template(package: Path) -> None:
    command = [Path(sys.executable).with_name("cfn-lint"), package / "sam.json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_lambda_imports_app_for_every_handler(template: Template) -> None:
    functions = of_kind(template, "Serverless::Function")
    assert {name: one["Properties"]["Handler"] for name, one in functions.items()} == HANDLERS


def test_every_trigger_has_its_part_of_the_merge_template_and_its_policy_file() -> None:
    merged = json.loads((ROOT / "infra/aws/chalice-merge.json").read_text("utf-8"))["Resources"]
    assert HANDLERS.keys() <= merged.keys()
    files = {STAGE["iam_policy_file"], *(one["iam_policy_file"] for one in STAGE["lambda_functions"].values())}
    assert len(files) == len(HANDLERS)
    assert {path.name for path in (ROOT / ".chalice").glob("policy-*.json")} == files


def test_every_part_beside_the_package_is_merged() -> None:
    assert {path.name for path in (ROOT / "infra/aws").glob("*.json")} == set(PARTS)


def test_a_bad_record_cannot_hold_up_the_stream(template: Template) -> None:
    source = event(template, "OnEntry")
    assert source["Stream"] == {"Fn::GetAtt": ["Orders", "StreamArn"]}
    assert source["StartingPosition"] == "TRIM_HORIZON"
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["BisectBatchOnFunctionError"] is True
    assert source["MaximumRetryAttempts"] > 0
    assert source["MaximumRecordAgeInSeconds"] < 24 * 3600
    assert source["ParallelizationFactor"] > 1
    assert source["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["EntriesFailed", "Arn"]}


def test_only_journal_entries_reach_the_stream_reader(template: Template) -> None:
    (one,) = event(template, "OnEntry")["FilterCriteria"]["Filters"]
    (mark,) = json.loads(one["Pattern"])["dynamodb"]["Keys"]["sk"]["S"]
    assert json.loads(one["Pattern"])["eventName"] == ["INSERT"]
    assert keys.entry(1).startswith(mark["prefix"])
    for other in (keys.HEAD, keys.details(1), keys.note("1")):
        assert not other.startswith(mark["prefix"])


@pytest.mark.parametrize("function", QUEUES)
def test_a_failed_message_comes_again_and_then_goes_aside(template: Template, function: str) -> None:
    queue = QUEUES[function]
    assert event(template, function)["Queue"] == {"Fn::Sub": f"${{{queue}.Arn}}"}
    assert event(template, function)["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    waits, tries = properties(template, queue)["VisibilityTimeout"], properties(template, queue)["RedrivePolicy"]
    assert waits >= 6 * properties(template, function)["Timeout"]
    assert waits * tries["maxReceiveCount"] < properties(template, queue)["MessageRetentionPeriod"]
    aside = properties(template, tries["deadLetterTargetArn"]["Fn::GetAtt"][0])
    assert aside["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_senders_are_limited_and_have_a_share_of_their_own(template: Template) -> None:
    assert properties(template, "OnDoorbell")["ReservedConcurrentExecutions"] == {"Ref": "Senders"}
    assert event(template, "OnDoorbell")["ScalingConfig"] == {"MaximumConcurrency": {"Ref": "Senders"}}


def test_a_missed_sweep_is_not_made_up_for(template: Template) -> None:
    assert event(template, "Sweep")["Schedule"] == "rate(1 minute)"
    assert properties(template, "Sweep")["Timeout"] < 60
    assert properties(template, "Sweep")["EventInvokeConfig"]["MaximumRetryAttempts"] == 0


def test_a_request_without_credentials_is_challenged(template: Template) -> None:
    body = properties(template, "RestAPI")["DefinitionBody"]
    answer = body["x-amazon-apigateway-gateway-responses"]["BAD_REQUEST_PARAMETERS"]
    assert answer["statusCode"] == 401
    assert answer["responseParameters"] == {"gatewayresponse.header.WWW-Authenticate": f"'{CHALLENGE}'"}
    validators = body["x-amazon-apigateway-request-validators"]
    for path, methods in body["paths"].items():
        for method, one in methods.items():
            demanded = [part for part in one.get("parameters", ()) if part["name"] == "Authorization"]
            validator = validators.get(one.get("x-amazon-apigateway-request-validator"), {})
            guarded = bool(demanded and validator.get("validateRequestParameters"))
            assert guarded == path.startswith(gateway.GUARDED), f"{method} {path}"


def test_bodies_pass_the_gateway_as_the_bytes_they_are(template: Template) -> None:
    """Without this, API Gateway hands out a file in base64, and reads one as text."""
    body = properties(template, "RestAPI")["DefinitionBody"]
    assert body["x-amazon-apigateway-binary-media-types"] == ["*/*"]
    assert OCTETS in app.app.api.binary_types


def test_the_gateway_answers_in_our_documents(template: Template) -> None:
    answers = properties(template, "RestAPI")["DefinitionBody"]["x-amazon-apigateway-gateway-responses"]
    statuses = {kind: answer["statusCode"] for kind, answer in answers.items()}
    assert statuses["UNAUTHORIZED"] == 401
    assert statuses["MISSING_AUTHENTICATION_TOKEN"] == 404
    assert statuses["REQUEST_TOO_LARGE"] == 413
    assert statuses["THROTTLED"] == 429
    assert {statuses["INTEGRATION_TIMEOUT"], statuses["INTEGRATION_FAILURE"], statuses["DEFAULT_5XX"]} == {503, 504}
    for answer in answers.values():
        xml = etree.fromstring(answer["responseTemplates"]["application/xml"].encode())
        said = json.loads(answer["responseTemplates"]["application/json"])["responseStatus"]
        assert xml.tag == "ErrorResponse"
        assert [child.text for child in xml[0]] == [said["errorCode"], said["description"]]
