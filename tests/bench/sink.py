"""A receiver in a process of its own that costs little: answers 200 and prints when each notification came.

`python -m tests.bench.sink` prints its port, then one line for each request: seconds since 1970, `docket-order`,
`docket-sequence`, the entry's time from the body. Ends with its standard input.
"""

import asyncio
import os
import re
import sys
import time

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_ORDER = re.compile(rb"docket-order: (\S+)", re.IGNORECASE)
_SEQUENCE = re.compile(rb"docket-sequence: (\d+)", re.IGNORECASE)
_AT = re.compile(rb"<LastModifiedDate>([^<]*)")
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Serve one connection until it is closed."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1]) if length else 0)
            now = time.time()
            writer.write(ANSWER)
            order, sequence, at = _ORDER.search(head), _SEQUENCE.search(head), _AT.search(body)
            found = [match[1].decode() if match else "-" for match in (order, sequence, at)]
            print(f"{now:.6f}", *found, flush=False)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main() -> None:
    """Listen until standard input ends."""
    server = await asyncio.start_server(receive, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    sys.stdout.flush()
    os._exit(0)  # the connections are the clients' to close


asyncio.run(main())
