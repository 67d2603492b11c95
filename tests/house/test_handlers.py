"""What is deployed works by itself: unpacked elsewhere, with nothing but itself and Python, its handlers do their work.

ministack stands in for AWS. Each handler is called by its string, with an event as AWS sends it (tests/events).
"""

import json
import subprocess
import sys
import sysconfig
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.entry import OrderKey
from chalicelib.domain.reply import seal
from chalicelib.store import keys
from tests.house import lambda_call
from tests.house.cloud import KEY, PREFIX, Cloud, event
from tests.house.policies import allowed, needs, statements
from tests.house.sam import HANDLERS, ROLES, Template
from tests.house.tree import ROOT

Call = tuple[str, dict[str, Any]]
Invoke = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def cloud(ministack: str, template: Template) -> Iterator[Cloud]:
    made = Cloud(ministack, template)
    yield made
    made.remove()


@pytest.fixture(scope="module")
def invoke(cloud: Cloud, unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Invoke:
    """Calls handlers by their strings, in one process, as Lambda does. Gives their answers."""
    folder = tmp_path_factory.mktemp("invoked")

    def call(*calls: Call) -> list[Any]:
        asked, outcome = folder / "events.json", folder / "outcome.json"
        asked.write_text(json.dumps(calls), "utf-8")
        script, options = str(lambda_call.__file__), ("-I", "-S", "-B", "-W", "error")
        command = [sys.executable, *options, script, str(unpacked), str(asked), str(outcome)]
        ran = subprocess.run(command, cwd=folder, env=cloud.environment(), capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert '"level": "error"' not in ran.stdout, ran.stdout
        told = json.loads(outcome.read_text("utf-8"))
        cloud.modules |= set(told["modules"])
        handler = ""
        for service, operation, parameters in told["calls"]:
            if not operation:
                handler = service
            else:
                cloud.calls[handler].append((service, operation, parameters))
        return list(told["answers"])

    return call


@pytest.fixture(scope="module")
def answers(cloud: Cloud, invoke: Invoke) -> dict[str, Any]:
    """One life: subscribe, place an order, and what the triggers then do of it."""
    cloud.receive("o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1", to="docket")
    calls: dict[str, Call] = {
        "health": ("app.app", event("api_health")),
        "subscribed": ("app.app", event("api_subscribe")),
        "subscribed by mail": ("app.app", event("api_subscribe_mail")),
        "placed": ("app.app", event("api_order")),
        "announced": ("app.on_entry", event("stream_entry")),
        "not told": ("app.on_doorbell", event("queue_bell")),
        "heard": ("app.on_mail", event("queue_mail")),
        "swept": ("app.sweep", event("schedule_tick")),
    }
    found = dict(zip(calls, invoke(*calls.values()), strict=True))
    found["bells"] = cloud.rung()
    found["heads"] = [item for item in cloud.items("orders") if item["sk"]["S"] == keys.HEAD]
    order = OrderKey("9900000", "portins", made(found["placed"]))
    mine = [bell for bell in found["bells"] if bell["tell"]["order"] == order.id]
    tag = made(found["subscribed by mail"]).replace("-", "")[:10]
    cloud.receive("answer", to=seal(order, tag, at=datetime.now(UTC), key_id=1, key=bytes.fromhex(KEY)))
    told = [("app.on_doorbell", event("queue_bell", body=json.dumps(bell))) for bell in mine]
    notice = event("queue_mail")["Records"][0]["body"].replace("o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1", "answer")
    *found["told"], found["answered"] = invoke(*told, ("app.on_mail", event("queue_mail", body=notice)))
    _file(found, order.id, invoke)
    return found


def _file(found: dict[str, Any], order: str, invoke: Invoke) -> None:
    """A document comes, is given out, gets a successor, and goes."""
    (found["uploaded"],) = invoke(("app.app", of_order("api_upload", order)))
    file = made(found["uploaded"])
    found["downloaded"], found["replaced"], found["removed"] = invoke(
        ("app.app", of_order("api_download", order, file)),
        ("app.app", of_order("api_download", order, file, method="PUT")),
        ("app.app", of_order("api_download", order, file, method="DELETE")),
    )


def of_order(name: str, order: str, file: str = "", method: str = "") -> dict[str, Any]:
    """A captured event about files, for another order and file; by another method, with the upload's body."""
    captured = event(name)
    named = captured["pathParameters"]
    changed = json.dumps(captured).replace(named.get("file") or named["order"], file or named["order"])
    read: dict[str, Any] = json.loads(changed.replace(named["order"], order))
    if method:
        sent = event("api_upload")
        read |= {"httpMethod": method, "body": sent["body"], "isBase64Encoded": True}
        read["requestContext"]["httpMethod"] = method
    return read


def made(answer: dict[str, Any]) -> str:
    location: str = answer["headers"]["Location"]
    return location.rpartition("/")[2]


def test_requests_are_answered(answers: dict[str, Any]) -> None:
    assert answers["health"]["statusCode"] == 200
    assert answers["subscribed"]["statusCode"] == 201
    assert answers["subscribed by mail"]["statusCode"] == 201
    assert answers["placed"]["statusCode"] == 201
    assert "/api/accounts/9900000/portins/" in answers["placed"]["headers"]["Location"]


def test_a_file_goes_in_and_out_as_the_bytes_it_is(answers: dict[str, Any], cloud: Cloud) -> None:
    """API Gateway hands bytes over in base64, and takes them so: whatever `Accept` says."""
    assert answers["uploaded"]["statusCode"] == 201
    got = answers["downloaded"]
    assert (got["statusCode"], got["isBase64Encoded"], got["body"]) == (200, True, event("api_upload")["body"])
    assert got["headers"]["Content-Type"] == "application/octet-stream"
    assert got["headers"]["Content-Disposition"] == f'attachment; filename="{made(answers["uploaded"])}"'
    assert event("api_download")["headers"]["Accept"] == "application/xml"
    assert (answers["replaced"]["statusCode"], answers["removed"]["statusCode"]) == (200, 200)
    assert "Contents" not in cloud.buckets.list_objects_v2(Bucket=f"{PREFIX}document")


def test_the_command_for_credentials_lets_a_user_in(cloud: Cloud, invoke: Invoke) -> None:
    command = [sys.executable, "-m", "infra.aws.credential", "pat", "9900000"]
    ran = subprocess.run(command, cwd=ROOT, env=cloud.environment(), capture_output=True, text=True, check=True)
    secret = ran.stdout.strip().rpartition(" ")[2]
    asked = event("api_order")
    asked["headers"]["Authorization"] = "Basic " + b64encode(f"pat:{secret}".encode()).decode()
    (answer,) = invoke(("app.app", asked))
    assert answer["statusCode"] == 201


def test_triggers_report_what_failed_which_is_nothing(answers: dict[str, Any]) -> None:
    for answer in (*(answers[name] for name in ("announced", "not told", "heard", "answered")), *answers["told"]):
        assert answer == {"batchItemFailures": []}
    assert answers["swept"] is None


def test_an_entry_of_the_stream_rings_for_its_subscribers(answers: dict[str, Any]) -> None:
    (record,) = event("stream_entry")["Records"]
    order = record["dynamodb"]["Keys"]["pk"]["S"].rpartition("#")[2]
    captured = json.loads(event("queue_bell")["Records"][0]["body"])
    bells = [bell["tell"] for bell in answers["bells"] if bell["tell"]["order"] == order]
    assert {bell["subscription"] for bell in bells} == {
        made(answers["subscribed"]),
        made(answers["subscribed by mail"]),
    }
    assert all(bell.keys() == captured["tell"].keys() for bell in bells)


def test_a_bell_leads_to_an_attempt_that_is_written_down(answers: dict[str, Any], cloud: Cloud) -> None:
    found = cloud.items("cursors")
    mine = [item for item in found if made(answers["placed"]) in item["pk"]["S"]]
    for subscribed in ("subscribed", "subscribed by mail"):
        kept = {item["sk"]["S"] for item in mine if made(answers[subscribed]) in item["pk"]["S"]}
        assert kept >= {keys.CURSOR, keys.delivery(1)}, subscribed


def test_an_answer_becomes_a_note_and_other_mail_is_refused(answers: dict[str, Any], cloud: Cloud) -> None:
    found = {one["Key"] for one in cloud.buckets.list_objects_v2(Bucket=f"{PREFIX}mail")["Contents"]}
    assert {key.partition("/")[0] for key in found} == {"refused", "heard"}
    assert "heard/answer" in found
    rows = cloud.items("orders")
    notes = [row for row in rows if row["sk"]["S"].startswith(keys.NOTES)]
    assert [made(answers["placed"]) in note["pk"]["S"] for note in notes] == [True]


def test_the_sweep_takes_the_marks_away(answers: dict[str, Any]) -> None:
    assert answers["heads"]
    assert not [head for head in answers["heads"] if "unannounced_since" in head]


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize("function", HANDLERS)
def test_a_function_is_allowed_whatever_it_asks_of_aws(cloud: Cloud, template: Template, function: str) -> None:
    rights, calls = statements(template, ROLES[function]), cloud.calls[HANDLERS[function]]
    assert calls
    assert [need for call in calls for need in needs(*call) if not allowed(rights, need)] == []


@pytest.mark.usefixtures("answers")
def test_nothing_is_used_but_the_package_and_python(cloud: Cloud, unpacked: Path) -> None:
    homes = (str(unpacked), sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), lambda_call.__file__)
    assert [module for module in cloud.modules if not module.startswith(homes)] == []
