"""What a process runs on: a clock that may be wrong, networks that may be cut, and a stop.

In a world on one machine, all processes share one machine on which nothing of this happens.
"""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.simulation.virtual import WallClock

if TYPE_CHECKING:
    from tests.simulation.processes import Process


class Machine:
    """A machine, and the process that runs on it now. Implements `Clock`.

    - ``ahead``: how far its clock is ahead of the right time.
    - ``is_cut``: it does not reach the store.
    - ``is_offline``: it does not reach the services.
    - ``is_stopped``: its process does nothing (SIGSTOP), until `go_on`.
    """

    def __init__(self, right: WallClock, ahead: timedelta = timedelta(0)) -> None:
        self._right, self.ahead = right, ahead
        self.is_cut = self.is_offline = self.is_stopped = False
        self._waiting: list[asyncio.Future[None]] = []

    def now(self) -> datetime:
        """Return the time that this machine believes it is."""
        return self._right.now() + self.ahead

    def until_it_goes_on(self) -> "asyncio.Future[None]":
        """Return a future that is done when the process goes on."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        return future

    def go_on(self) -> None:
        """Let the process go on (SIGCONT)."""
        self.is_stopped = False
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)


class Held(Coroutine[Any, Any, Any]):
    """A coroutine of a process. While the process is stopped, it does not go on.

    So everything that a stopped process waits for is kept from it: the ledger's answers, the
    services' answers, and the ends of its sleeps.
    """

    def __init__(self, process: "Process", inner: Coroutine[Any, Any, Any]) -> None:
        self._process, self._inner = process, inner
        self._error: BaseException | None = None

    def send(self, value: Any) -> Any:
        if self._must_wait:
            return self._wait()
        error, self._error = self._error, None
        return self._inner.send(value) if error is None else self._inner.throw(error)

    def throw(self, error: Any, *_: Any) -> Any:
        if self._must_wait:
            self._error = error
            return self._wait()
        return self._inner.throw(error)

    def close(self) -> None:
        self._inner.close()

    def __await__(self) -> Any:
        raise NotImplementedError  # only a task runs it

    @property
    def _must_wait(self) -> bool:
        return self._process.machine.is_stopped and not self._process.is_dead

    def _wait(self) -> Any:
        future: Any = self._process.machine.until_it_goes_on()
        future._asyncio_future_blocking = True  # so does `Future.__await__`
        return future
