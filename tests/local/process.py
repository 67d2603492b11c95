"""A Docket of one machine in a process of its own, on free ports, with a state folder that outlives it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import requests

ROOT = Path(__file__).parent.parent.parent
ACCOUNT = "9900000"
CUSTOMER = ("desk", "customer-password")
OPERATOR = ("operator", "operator-password")
PATIENCE = 30.0

Found = TypeVar("Found")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(found: Callable[[], Found | None], *, within: float = PATIENCE, what: str = "the condition") -> Found:
    """What `found` gives, as soon as it gives something; an AssertionError when it does not in time."""
    deadline = time.monotonic() + within
    while True:
        value = found()
        if value:
            return value
        assert time.monotonic() < deadline, f"waited {within} s for {what}"
        time.sleep(0.01)  # a pause between two looks at the condition, not a wait for it


class Docket:
    """Started by `start`; ended politely by `stop` or at once by `kill`."""

    def __init__(self, state: Path, settings: Mapping[str, str] | None = None) -> None:
        """The ports stay the same over restarts, as a user's do."""
        self.state, self.port, self.smtp_port = state, free_port(), free_port()
        self.log = state.parent / f"{state.name}.log"
        self._environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DOCKET_")},
            "DOCKET_PORT": str(self.port), "DOCKET_SMTP_PORT": str(self.smtp_port), "DOCKET_STATE": str(state),
            "DOCKET_PASSWORD": CUSTOMER[1], "DOCKET_OPERATOR_PASSWORD": OPERATOR[1], "DOCKET_LOG": "json",
            **(settings or {}),
        }  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The root of the API."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def accounts(self) -> str:
        """The tree of the first account."""
        return f"{self.url}/v1.0/accounts/{ACCOUNT}"

    @property
    def pid(self) -> int:
        """Of the process that runs."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> "Docket":
        """Start, and wait until it says that everything is up."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "infra.local"], cwd=ROOT, env=self._environ, stdout=log, stderr=log
            )
        until(self._healthy, what=f"health; see {self.log}")
        return self

    def stop(self) -> int:
        """As Ctrl-C does; gives the exit status."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(PATIENCE)

    def kill(self) -> None:
        """As a power cut does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(PATIENCE)

    def _healthy(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, f"it ended at once; see {self.log}"
        return self.serves()

    def serves(self) -> bool:
        """Whether it answers at this moment."""
        try:
            return requests.get(f"{self.url}/health", timeout=2).status_code == 200
        except (requests.ConnectionError, requests.Timeout):
            return False
