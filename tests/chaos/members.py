"""The processes that share the ledger. Each place has a process, or waits for its next one."""

import signal
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 60.0
"""Seconds that a process may take to end in order."""


YOUNG = 15.0
"""Seconds within which a process begins. Until it has begun, a signal just ends it."""


class Place:
    """A machine on which `serve` or `work` runs, is started again, and stops."""

    def __init__(self, folder: Path, command: str, number: int) -> None:
        self._folder, self._command = folder, command
        self._log = folder / f"{command}{number}.log"
        self.name = f"{command}{number}"
        self.begins_at = self.goes_on_at = 0.0
        self._ends_at: float | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.starts, self._began = 0, 0.0
        self.wrong: list[str] = []

    @property
    def is_free(self) -> bool:
        """True if something may be done to its process now."""
        return self.process is not None and not self.goes_on_at and self._ends_at is None

    def look(self) -> None:
        """Do what is due: start a process, let one go on, or note that one has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.begins_at:
                self._start()
        elif self.goes_on_at:
            if now >= self.goes_on_at:
                self.go_on()
        elif (code := self.process.poll()) is not None:
            self._ended(code)
        elif self._ends_at is not None and now > self._ends_at:
            self.wrong.append(f"{self.name} did not end within {PATIENCE:.0f} s")
            self.kill(0.0)

    def _start(self) -> None:
        words = ["--listen", "127.0.0.1:0"] if self._command == "serve" else []
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "onthisday", self._command, *words],
                cwd=self._folder, stdout=log, stderr=log,
            )  # fmt: skip
        self.starts, self._began = self.starts + 1, time.monotonic()

    def _ended(self, code: int) -> None:
        is_young = self._ends_at is not None and self._ends_at - PATIENCE - self._began < YOUNG
        if self._ends_at is None or (code != 0 and not (is_young and code == -signal.SIGTERM)):
            self.wrong.append(f"{self.name} ended with {code}")
        self.process, self._ends_at = None, None

    def kill(self, pause: float) -> None:
        """Kill the process. The next one begins after ``pause`` seconds."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process, self._ends_at, self.goes_on_at = None, None, 0.0
        self.begins_at = time.monotonic() + pause

    def end(self, pause: float) -> None:
        """Ask the process to end in order."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self._ends_at = time.monotonic() + PATIENCE
            self.begins_at = time.monotonic() + pause

    def stop(self, seconds: float) -> None:
        """Let the process stand still for some seconds."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP)
            self.goes_on_at = time.monotonic() + seconds

    def go_on(self) -> None:
        """Let the process go on."""
        if self.goes_on_at and self.process is not None:
            self.process.send_signal(signal.SIGCONT)
        self.goes_on_at = 0.0

    def errors(self) -> list[str]:
        """Return what is in the log beside what an operator understands: tracebacks."""
        lines = self._log.read_text(errors="replace").splitlines() if self._log.exists() else []
        return [f"{self.name}: {line[:300]}" for line in lines if "Traceback" in line]
