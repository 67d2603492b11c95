"""The stand-in for DynamoDB and its neighbours: a process of its own, spoken to over HTTP.

It lives in .venv-ministack, since it pins botocore exactly. It keeps nothing; a run of the tests
starts it once.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest

COMMAND = Path(__file__).parents[1] / ".venv-ministack" / "bin" / "python"
START_SECONDS = 30.0
STOP_SECONDS = 10.0
HOST = "127.0.0.1"


@pytest.fixture(scope="session")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint URL of a running ministack. It is shared by the whole run: see `reset`."""
    with running(tmp_path_factory.mktemp("ministack")) as endpoint:
        yield endpoint


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The endpoint URL of a ministack that runs as long as this lasts, and writes into the folder only."""
    if not COMMAND.exists():
        pytest.fail("ministack is not installed: `make test` makes .venv-ministack", pytrace=False)
    port = _free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [COMMAND, "-m", "ministack"],
            cwd=folder,
            env=_environment(folder, port),
            stdout=log,
            stderr=log,
        )
    endpoint = f"http://{HOST}:{port}"
    try:
        _wait_until_healthy(process, endpoint, folder / "log")
        yield endpoint
    finally:
        _stop(process)


def reset(endpoint: str) -> None:
    """Forget all tables, queues, buckets and mails."""
    status = _ask(endpoint, "POST", "/_ministack/reset")
    assert status == HTTPStatus.OK, f"ministack answered {status} to its reset"


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Nothing of ours but the path: no credentials, no proxies. What it writes, it writes into the folder."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "S3_DATA_DIR": str(folder / "s3"),
        "BIND_HOST": HOST,
        "MINISTACK_HOST": HOST,
        "GATEWAY_PORT": str(port),
        # Listeners that nobody here calls, and that double the time it takes to start.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(process: subprocess.Popen[bytes], endpoint: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _healthy(endpoint):
        try:
            process.wait(timeout=0.05)  # the pace of asking, and at once the news that it has ended
        except subprocess.TimeoutExpired:
            if time.monotonic() < deadline:
                continue
        tail = log.read_text(errors="replace")[-2000:]
        pytest.fail(f"ministack did not get up within {START_SECONDS:.0f} s:\n{tail}", pytrace=False)


def _healthy(endpoint: str) -> bool:
    try:
        return _ask(endpoint, "GET", "/_ministack/health") == HTTPStatus.OK
    except (OSError, HTTPException):
        return False


def _ask(endpoint: str, method: str, path: str) -> int:
    connection = HTTPConnection(urlsplit(endpoint).netloc, timeout=10)
    try:
        connection.request(method, path)
        return connection.getresponse().status
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
