"""Starting and stopping: what a newcomer sees, and the one line that says why it did not start."""

import os
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.local.client import DISCONNECT, Client
from tests.local.process import CUSTOMER, ROOT, Docket, until


def start(state: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to fail."""
    environ = {"PATH": os.environ["PATH"], "DOCKET_STATE": str(state), **settings}
    return subprocess.run(
        [sys.executable, "-m", "infra.local"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DOCKET_PORT", "80x"),
        ("DOCKET_ACCOUNT", "0042"),
        ("DOCKET_CALLBACK_ALLOW", "10.0.0.0/33"),
        ("DOCKET_RETRY_SCHEDULE", "5,soon"),
        ("DOCKET_SMTP_RELAY", "mail.example.net"),
        ("DOCKET_LOG", "xml"),
        ("DOCKET_MAIL_DOMAIN", "x y"),
        ("DOCKET_OPERATOR_USER", "desk"),
        ("DOCKET_SWEEP_SECONDS", "0"),
        ("DOCKET_BASE_URL", "orders.example.net"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_line(tmp_path: Path, variable: str, value: str) -> None:
    """It names the variable, the form of its value, and an example."""
    ended = start(tmp_path, **{variable: value})
    assert ended.returncode == 2
    assert re.fullmatch(rf"docket: {variable}.* must be .+, for example {variable}=.+\n", ended.stderr)


def test_a_secret_that_is_too_short_is_refused_without_being_repeated(tmp_path: Path) -> None:
    """A line on a screen is read by others too."""
    ended = start(tmp_path, DOCKET_PASSWORD="tiny")
    assert ended.returncode == 2
    assert "tiny" not in ended.stderr
    assert "DOCKET_PASSWORD must be at least 12 characters" in ended.stderr


def test_a_second_start_in_the_same_folder_says_who_is_there(docket: Docket) -> None:
    """One process owns the state."""
    ended = start(docket.state, DOCKET_PORT="0", DOCKET_SMTP_PORT="0")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert f"in use by process {docket.pid}" in ended.stderr


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    """And no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = start(tmp_path, DOCKET_PORT=str(taken.getsockname()[1]), DOCKET_SMTP_PORT="0")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert ended.stderr.startswith("docket: cannot listen on 127.0.0.1:")
    assert "(DOCKET_PORT)" in ended.stderr


def test_an_empty_idempotency_key_is_refused_over_real_http_too(docket: Docket) -> None:
    """A client whose variable is empty must not believe that it is safe."""
    assert Client(docket).ask("POST", "/disconnects", DISCONNECT, **{"Idempotency-Key": ""}).status_code == 400


def test_generated_credentials_are_printed_kept_and_only_the_owner_s_to_read(tmp_path: Path) -> None:
    """The second start knows the first one's password."""
    docket = Docket(tmp_path / "state", {"DOCKET_PASSWORD": "", "DOCKET_OPERATOR_PASSWORD": ""}).start()
    printed = until(lambda: re.search(r"customer +desk +(\S+)", docket.log.read_text()), what="the welcome")
    assert printed[1] != CUSTOMER[1]
    assert stat.S_IMODE((docket.state / "secrets.json").stat().st_mode) == 0o600
    assert docket.stop() == 0
    docket.start()
    Client(docket, ("desk", printed[1])).place("disconnects", DISCONNECT)
    docket.kill()


def test_a_stop_ends_with_0_and_a_start_finds_what_was_there(docket: Docket) -> None:
    """As after a kill."""
    order = Client(docket).place("disconnects", DISCONNECT)
    assert docket.stop() == 0
    docket.start()
    assert Client(docket).do("GET", f"/disconnects/{order}").status_code == 200


def test_what_the_http_server_itself_refuses_has_a_document(docket: Docket) -> None:
    """Bodies that are too large, methods that nobody knows, paths that are not there."""
    large = Client(docket).ask("POST", "/disconnects", "x" * 5_000_000)
    assert (large.status_code, "<Code>1011</Code>" in large.text) == (413, True)
    made_up = requests.request("BREW", f"{docket.accounts}/disconnects", auth=CUSTOMER, timeout=30)
    assert (made_up.status_code, made_up.headers["Allow"]) == (405, "GET, HEAD, POST")
    nowhere = requests.get(f"{docket.url}/teapot", timeout=30, headers={"Accept": "application/json"})
    assert (nowhere.status_code, "responseStatus" in nowhere.json()) == (404, True)


@pytest.mark.parametrize("prefix", ["", "/api", "/v1.0", "/api/v1", "/api/v1.0", "/api/v2", "/API"])
def test_every_prefix_of_the_public_sdks_leads_to_the_same_tree(docket: Docket, prefix: str) -> None:
    """And `Location` keeps it, in the spelling that was asked for."""
    url = f"{docket.url}{prefix}/Accounts/9900000/Disconnects/"
    answer = requests.post(url, DISCONNECT, auth=CUSTOMER, headers={"Content-Type": "application/xml"}, timeout=30)
    assert answer.status_code == 201
    assert answer.headers["Location"].startswith(url)
    assert requests.get(answer.headers["Location"], auth=CUSTOMER, timeout=30).status_code == 200
