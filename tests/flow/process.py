"""A run of a verb that stops before each call of a port: it can be let on, left for a while, or killed there.

One runs at a time, in a thread of its own, so any interleaving can be played, and played again.
"""

import threading
from collections.abc import Callable
from typing import Any, Self, TypeVar, cast

Port = TypeVar("Port")
_running = threading.local()


class Crash(BaseException):
    """The process died here. No `except Exception` may survive it."""


class Process:
    """`at` is the call it is about to make ("cursors.passed"), None when it is over; then `result` or `error` tells."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.at: str | None = "start"
        self.result: object = None
        self.error: Exception | None = None
        self.died = False
        self.memory: dict[str, Any] = {}
        self._work = work
        self._go, self._stopped = threading.Semaphore(0), threading.Semaphore(0)
        threading.Thread(target=self._run, daemon=True).start()

    @property
    def over(self) -> bool:
        return self.at is None

    def step(self) -> str | None:
        """Make the call it is at, and go on to the next."""
        if not self.over:
            self._go.release()
            self._stopped.acquire()
        return self.at

    def until(self, call: str) -> Self:
        """Go on to the next time that it is about to make this call."""
        while self.step() != call:
            assert not self.over, f"it ended without {call}: {self.error!r}"
        return self

    def finish(self) -> Self:
        """Go on to the end. Raises what ended it."""
        while self.step() is not None:
            pass
        if self.error is not None:
            raise self.error
        return self

    def kill(self) -> None:
        """Let it die before the call that it is at."""
        self.died = not self.over
        self.step()

    def pause(self, call: str) -> None:
        """Stop before a call, until somebody lets it on. Raises Crash."""
        self.at = call
        self._stopped.release()
        self._go.acquire()
        if self.died:
            raise Crash

    def _run(self) -> None:
        _running.process = self
        self._go.acquire()
        try:
            if not self.died:
                self.result = self._work()
        except Crash:
            pass
        except Exception as error:  # noqa: BLE001 because whoever steps it wants to know
            self.error = error
        self.at = None
        self._stopped.release()


def current() -> Process | None:
    """The process that runs this code, if one does."""
    return getattr(_running, "process", None)


class _Stops:
    """A port whose calls stop a process first. `watch` is told of each call before it is made."""

    def __init__(self, port: object, name: str, watch: Callable[[str, tuple[Any, ...]], None]) -> None:
        self._port, self._name, self._watch = port, name, watch

    def __getattr__(self, name: str) -> Callable[..., object]:
        method = getattr(self._port, name)

        def call(*args: object, **named: object) -> object:
            if (process := current()) is not None:
                process.pause(f"{self._name}.{name}")
            self._watch(f"{self._name}.{name}", args)
            return method(*args, **named)

        return call


def stopping(port: Port, name: str, watch: Callable[[str, tuple[Any, ...]], None]) -> Port:
    """The port, with a stop before each call."""
    return cast("Port", _Stops(port, name, watch))
