"""Clients in a process of their own: `python -m tests.bench.load PORT CLIENTS SECONDS RATE ORDER…`.

Each client leaves notes on its own orders over one connection, as fast as it can, or RATE a second in all (0: no
limit). Prints the number of changes acknowledged and the seconds that it took.
"""

import base64
import http.client
import sys
import threading
import time

from tests.local.process import ACCOUNT, CUSTOMER

BODY = b"<Note><UserId>desk</UserId><Description>A note of some length, as people write them.</Description></Note>"


def client(port: int, orders: list[str], ends: float, pause: float, counts: list[int]) -> None:
    """Leave notes until the time is up."""
    credentials = base64.b64encode(":".join(CUSTOMER).encode()).decode()
    headers = {"Authorization": f"Basic {credentials}", "Content-Type": "application/xml"}
    connection = http.client.HTTPConnection("127.0.0.1", port)
    count, due = 0, time.monotonic()
    while time.monotonic() < ends:
        connection.request(
            "POST", f"/v1.0/accounts/{ACCOUNT}/disconnects/{orders[count % len(orders)]}/notes", BODY, headers
        )
        answer = connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"{answer.status} {answer.reason}")
        count += 1
        due += pause
        if pause and due > time.monotonic():
            time.sleep(due - time.monotonic())  # the given rate
    counts.append(count)


def main() -> None:
    """Run the clients."""
    port, clients, seconds, rate = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
    orders, counts = sys.argv[5:], list[int]()
    began = time.monotonic()
    pause = clients / rate if rate else 0.0
    threads = [
        threading.Thread(target=client, args=(port, orders[n::clients], began + seconds, pause, counts))
        for n in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(counts), time.monotonic() - began)


main()
