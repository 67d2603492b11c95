"""The schedule of one machine: hands `app.sweep` a tick at the start and then at even distances."""

import threading
from collections.abc import Callable
from typing import Any

from chalicelib import log
from chalicelib.wiring import now
from infra.local.events import schedule_event


class Timer:
    """One thread."""

    def __init__(self, handler: Callable[[dict[str, Any], object], object], *, seconds: float) -> None:
        """`handler` is app.sweep."""
        self._handler, self._seconds = handler, seconds
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="timer", daemon=True)

    def start(self) -> None:
        """The first tick comes at once: what the last run left is found now."""
        self._thread.start()

    def stop(self, *, within: float) -> None:
        """Finish the sweep at hand."""
        self._closing.set()
        self._thread.join(within)

    def _run(self) -> None:
        while True:
            try:
                self._handler(schedule_event(now()), None)
            except Exception as error:  # noqa: BLE001 because the next tick must come
                log.failed("timer", error)
            if self._closing.wait(self._seconds):
                return
