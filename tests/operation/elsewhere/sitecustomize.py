"""Makes a Python on Linux more like one on Windows: put this folder on PYTHONPATH.

Python imports this module at its start, also in the processes that a program starts. It takes away
what Windows does not have, and refuses what Windows refuses. What it cannot show: the real calls of
Windows, its paths with drives and backslashes, and `os.name`.
"""

import asyncio.unix_events
import errno
import multiprocessing
import os
import re
import signal
import sys
import warnings
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from stat import S_ISDIR
from typing import Any

import platformdirs  # noqa: F401  its class for Linux imports getuid; Windows has another class

MISSING = frozenset({"fcntl", "grp", "pwd", "resource", "spwd", "syslog", "termios", "tty"})
"""Modules that Windows does not have."""

NO_CALLS = ("chown", "fchmod", "fchown", "fork", "forkpty", "geteuid", "getgid", "getuid", "killpg",
            "mkfifo", "nice", "statvfs", "sync", "uname",
            "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK")  # fmt: skip
"""Names of `os` that Windows does not have."""

NO_SIGNALS = ("SIGALRM", "SIGHUP", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2")


class _Refusing(MetaPathFinder):
    """Makes each import of a missing module fail."""

    def find_spec(self, fullname: str, *_: Any) -> None:
        """Raise ImportError for a missing module."""
        if fullname in MISSING:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


SHARED = (".db", ".lock", "-shm", "-wal", ".owner")
"""Endings of files that several processes may have open. Only for these files are all processes
asked, because that takes long."""


def _is_open(path: Any) -> bool:
    """Return True if a file is open in this process, or, if it may be shared, in any (/proc)."""
    whole = os.path.realpath(path)
    others = filter(str.isdigit, os.listdir("/proc")) if whole.endswith(SHARED) else ()
    for process in ("self", *others):
        folder = f"/proc/{process}/fd"
        try:
            files = os.listdir(folder)
        except OSError:
            continue
        for file in files:
            try:
                if os.readlink(f"{folder}/{file}") == whole:
                    return True
            except OSError:
                continue
    return False


def _refusing_open(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that refuses open files. Windows calls this a sharing violation."""

    def called(*paths: Any, **more: Any) -> Any:
        for path in paths:
            if _is_open(path):
                raise PermissionError(errno.EACCES, "The file is in use", os.fspath(path))
        return call(*paths, **more)

    return called


_FORBIDDEN = re.compile(r'[:*?"<>|]')
_open, _fsync, _mkdir = os.open, os.fsync, os.mkdir


def _open_no_folder(path: Any, flags: int, *more: Any, **named: Any) -> int:
    if os.path.isdir(path):
        raise PermissionError(errno.EACCES, "A folder cannot be opened", path)
    return _open(path, flags, *more, **named)


def _fsync_what_is_written(file: int) -> None:
    with open(f"/proc/self/fdinfo/{file}", encoding="ascii") as told:
        (flags,) = re.findall(r"^flags:\s*(\d+)", told.read(), re.MULTILINE)
    if int(flags, 8) & os.O_ACCMODE == os.O_RDONLY or S_ISDIR(os.fstat(file).st_mode):
        raise OSError(errno.EBADF, "Bad file descriptor")
    _fsync(file)


def _mkdir_of_a_good_name(path: Any, *more: Any, **named: Any) -> None:
    if _FORBIDDEN.search(os.fspath(path)):
        raise OSError(errno.EINVAL, "The directory name is invalid", path)
    _mkdir(path, *more, **named)


def _no_link(*_: Any, **__: Any) -> None:
    raise OSError(errno.EPERM, "The disk knows no second names")


def _take_away() -> None:
    sys.meta_path.insert(0, _Refusing())
    for name in MISSING:
        sys.modules.pop(name, None)
    for module, names in ((os, NO_CALLS), (signal, NO_SIGNALS)):
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    del asyncio.unix_events._UnixSelectorEventLoop.add_signal_handler


def _refuse() -> None:
    for name in ("replace", "rename", "unlink", "remove"):
        setattr(os, name, _refusing_open(getattr(os, name)))
    for name, call in (("open", _open_no_folder), ("fsync", _fsync_what_is_written),
                       ("mkdir", _mkdir_of_a_good_name), ("link", _no_link)):  # fmt: skip
        setattr(os, name, call)
    multiprocessing.set_start_method("spawn", force=True)
    warnings.filterwarnings("error", category=EncodingWarning, module="onthisday")


_take_away()
_refuse()
