"""Documents over real HTTP: sent in chunks as node sends them, and through kill -9."""

import itertools
import random
import threading
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import requests

from tests.local.client import PORT_IN, Client
from tests.local.process import CUSTOMER, Docket, until

KILLS = 5
MEBIBYTE = 1024 * 1024


def chunks(content: bytes) -> Iterator[bytes]:
    """Of uneven sizes; whoever sends them cannot say beforehand how many bytes there will be."""
    sizes = itertools.cycle((1, 70_001, 4096))
    start = 0
    while start < len(content):
        size = next(sizes)
        yield content[start : start + size]
        start += size


def upload(docket: Docket, order: str, content: bytes) -> requests.Response:
    """In chunks, with no type and no length."""
    url = f"{docket.accounts}/portins/{order}/loas"
    return requests.post(url, data=chunks(content), auth=CUSTOMER, timeout=30)


def download(docket: Docket, order: str, file: str) -> bytes:
    answer = requests.get(f"{docket.accounts}/portins/{order}/loas/{file}", auth=CUSTOMER, timeout=30)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/octet-stream")
    return answer.content


def listed(docket: Docket, order: str) -> list[str]:
    answer = requests.get(f"{docket.accounts}/portins/{order}/loas", auth=CUSTOMER, timeout=30)
    return [each.text or "" for each in ET.fromstring(answer.content).iter("fileNames")]


def test_a_file_sent_in_chunks_comes_back_and_one_too_large_is_refused_with_a_document(docket: Docket) -> None:
    order = Client(docket).place("portins", PORT_IN)
    content = b"%PDF-1.7\n" + random.randbytes(3 * MEBIBYTE - 9)
    made = upload(docket, order, content)
    assert made.status_code == 201, made.text
    file = made.headers["Location"].rpartition("/")[2]
    assert download(docket, order, file) == content
    for size in (3 * MEBIBYTE + 1, 5 * MEBIBYTE):
        refused = upload(docket, order, b"%PDF-1.7\n" + bytes(size - 9))
        assert (refused.status_code, ET.fromstring(refused.content).findtext("resultCode")) == (413, "1011")
    assert listed(docket, order) == [file]


class Uploader(threading.Thread):
    """Uploads one file after the other, and remembers what was sent and what was acknowledged."""

    def __init__(self, docket: Docket, order: str, up: threading.Event, enough: threading.Event) -> None:
        super().__init__(daemon=True)
        self._docket, self._up, self._enough, self.order = docket, up, enough, order
        self.sent: set[bytes] = set()
        self.acknowledged: dict[str, bytes] = {}

    def run(self) -> None:
        """An upload whose answer is lost may be there or not."""
        while not self._enough.is_set() and len(self.sent) < 45:
            content = b"%PDF-1.7\n" + random.randbytes(random.randrange(200_000))
            self.sent.add(content)
            try:
                answer = upload(self._docket, self.order, content)
            except requests.RequestException:
                self._up.wait()
                continue
            if answer.status_code == 201:
                self.acknowledged[answer.headers["Location"].rpartition("/")[2]] = content


def test_no_acknowledged_file_is_lost_and_no_listed_one_is_torn_over_kills(docket: Docket) -> None:
    up, enough = threading.Event(), threading.Event()
    customer = Client(docket)
    uploaders = [Uploader(docket, customer.place("portins", PORT_IN), up, enough) for _ in range(4)]
    for uploader in uploaders:
        uploader.start()
    for _ in range(KILLS):
        _reached(uploaders, _acknowledged(uploaders) + random.randrange(2, 8))
        up.clear()
        docket.kill()
        docket.start()
        up.set()
    enough.set()
    for uploader in uploaders:
        uploader.join()
    for uploader in uploaders:
        found = {file: download(docket, uploader.order, file) for file in listed(docket, uploader.order)}
        assert found.items() >= uploader.acknowledged.items()
        assert set(found.values()) <= uploader.sent
        assert len(set(found.values())) == len(found)


def _acknowledged(uploaders: list[Uploader]) -> int:
    return sum(len(uploader.acknowledged) for uploader in uploaders)


def _reached(uploaders: list[Uploader], goal: int) -> None:
    until(lambda: _acknowledged(uploaders) >= goal, what="some uploads")
