"""`make receive`: a real Docket, the real command, a real Ctrl-C."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
import requests

from tests.house.tree import ROOT
from tests.local.process import CUSTOMER, Docket, until

COMMAND = ROOT / "clients" / "receivers" / "python" / "receive.py"
ORDER = {"disconnectTelephoneNumberOrderType": {"telephoneNumberList": {"telephoneNumber": ["9195551234"]}}}


@pytest.fixture(scope="module")
def docket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Docket]:
    running = Docket(tmp_path_factory.mktemp("receive") / "state").start()
    yield running
    running.stop()


class Receiving:
    """The command, and what it has printed. Killed in the end if it still runs."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def interrupted(self) -> int:
        """Press Ctrl-C; gives the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def __init__(self, out: Path, *arguments: str, **environ: str) -> None:
        self._out = out
        with out.open("wb") as written:
            self.process = subprocess.Popen(
                [sys.executable, str(COMMAND), *arguments], stdout=written, stderr=written,
                env={**os.environ, "DOCKET_PASSWORD": CUSTOMER[1], **environ},
            )  # fmt: skip

    def says(self, text: str) -> str:
        """Wait until it has printed this; gives everything printed."""
        until(lambda: text in self._out.read_text(), what=f"{text!r} in {self._out}")
        return self._out.read_text()


def test_it_subscribes_prints_what_comes_and_unsubscribes(docket: Docket, tmp_path: Path) -> None:
    here = {"DOCKET_PORT": str(docket.port)}
    with Receiving(tmp_path / "out", "--types", "disconnects", "--body", **here) as receiving:
        receiving.says("Subscribed to disconnects; listening at http://127.0.0.1:")
        made = requests.post(f"{docket.accounts}/disconnects", json=ORDER, auth=CUSTOMER, timeout=30)
        order = made.headers["Location"].rpartition("/")[2]
        note = {"userId": CUSTOMER[0], "description": "good bye"}
        requests.post(f"{docket.accounts}/disconnects/{order}/notes", json=note, auth=CUSTOMER, timeout=30)
        printed = receiving.says("<Note>good bye</Note>")
        assert f"verified    disconnects {order} #2  note good bye" in printed
        assert receiving.interrupted() == 0
    left = requests.get(f"{docket.accounts}/subscriptions", auth=CUSTOMER, timeout=30)
    assert "<SubscriptionId>" not in left.text


def test_it_refuses_what_is_not_genuine(tmp_path: Path) -> None:
    with Receiving(tmp_path / "out", "--secret", "whsec_c2VjcmV0") as receiving:
        url = receiving.says("Stop with Ctrl-C").partition("Listening at ")[2].partition(". ")[0]
        assert requests.post(url, data=b"<Notification/>", timeout=30).status_code == 401
        receiving.says("refused     webhook-id, webhook-timestamp and webhook-signature are needed")
        assert receiving.interrupted() == 0


@pytest.mark.parametrize(
    ("arguments", "environ", "said"),
    [
        (["--docket", "http://127.0.0.1:9"], {}, "cannot be reached"),
        ([], {"DOCKET_PASSWORD": "wrong"}, "answered 401"),
        (["--types", "teapots"], {}, "Incorrect order type"),
    ],
)
def test_what_goes_wrong_is_said_in_a_line(
    docket: Docket, tmp_path: Path, arguments: list[str], environ: dict[str, str], said: str
) -> None:
    with Receiving(tmp_path / "out", *arguments, **{"DOCKET_PORT": str(docket.port), **environ}) as receiving:
        assert receiving.process.wait(30) == 1
        printed = receiving.says(said)
    assert "Traceback" not in printed
