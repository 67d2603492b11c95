"""docs/tour.md names every file of ours that a port-in passes through, and no file that is not there."""

import inspect
import io
import re
import sys
import threading
from pathlib import Path
from types import FrameType

import pytest

from chalicelib import config, log
from infra.local.runtime import Runtime
from infra.local.secrets_file import prepare
from tests.house.tree import ROOT
from tests.local.client import PORT_IN, Client, Desk
from tests.local.mailbox import mails, reply
from tests.local.process import CUSTOMER, OPERATOR, Docket, until
from tests.local.receiver import Receiver

TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:app|chalicelib|infra)[\w/]*\.(?:py|j2))`", TOUR)


class Passed:
    """The files of ours whose functions were called, in the order of their first call."""

    def __init__(self) -> None:
        self.files: dict[str, None] = {}

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        function = frame.f_code.co_flags & inspect.CO_OPTIMIZED  # neither a module's body nor a class's
        if event == "call" and function and name.startswith((f"{ROOT}/chalicelib", f"{ROOT}/infra", f"{ROOT}/app.py")):
            self.files.setdefault(name.removeprefix(f"{ROOT}/"))


@pytest.fixture
def passed(tmp_path: Path) -> list[str]:
    """The files that one port-in passes through on one machine, from its placing to its end."""
    environ = {
        "DOCKET_STATE": str(tmp_path / "state"), "DOCKET_PORT": "0", "DOCKET_SMTP_PORT": "0",
        "DOCKET_PASSWORD": CUSTOMER[1], "DOCKET_OPERATOR_PASSWORD": OPERATOR[1],
    }  # fmt: skip
    log.to("json", io.StringIO())
    watch = Passed()
    threading.setprofile(watch)
    sys.setprofile(watch)
    try:
        runtime, receiver = Runtime(prepare(config.read(environ, on_aws=False)).settings), Receiver()
        runtime.start()
        watch.files.clear()  # what only a start needs is no part of an order's way
        docket = Docket(tmp_path / "state")
        docket.port, docket.smtp_port = runtime.port, runtime.smtp_port
        _live(docket, receiver)
        files = list(watch.files)
        runtime.stop()
        receiver.close()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        log.to("json")
    return files


def _live(docket: Docket, receiver: Receiver) -> None:
    ann, customer, desk = "ann@books.example", Client(docket), Desk(docket)
    customer.subscribe("portins", url=f"{receiver.url}/hook")
    order = customer.place("portins", PORT_IN)
    customer.subscribe("portins", email=ann, order=order)
    desk.move("portins", order, "FOC")
    (mail,) = until(lambda: mails(docket, ann), what="the mail")
    reply(docket, mail, "Friday works.", sender=ann)
    until(lambda: customer.notes("portins", order), what="the note")
    desk.move("portins", order, "COMPLETE")
    until(lambda: len(mails(docket, ann)) == 2 and len(receiver.at("/hook")) == 5, what="the end")


def test_the_tour_names_every_file_that_a_port_in_passes_through(passed: list[str]) -> None:
    """A file on the way that the tour leaves out, or leaves out by a wrong name, is a detour."""
    assert [file for file in passed if file not in NAMED] == []


def test_the_tour_names_no_file_that_is_not_there() -> None:
    """Renamed and deleted files are found."""
    assert [file for file in NAMED if not (ROOT / file).exists()] == []
