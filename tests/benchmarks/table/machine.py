"""The machine and the programs on it, as the table names them."""

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROGRAMS = {
    "calendar": ("dpkg-query", "-W", "-f", "${Version}", "calendar"),
    "remind": ("dpkg-query", "-W", "-f", "${Version}", "remind"),
    "hugo": ("hugo", "version"),
    "nginx": ("nginx", "-v"),
}
"""Other programs that the table compares with, and what tells their version."""

PACKAGES = ("PyYAML", "uvicorn", "httptools", "httpx", "httpx-aiohttp", "aiohttp")
"""Packages that the table compares with."""


def has(program: str) -> bool:
    """Return True if a program is installed."""
    return shutil.which(program) is not None


def machine() -> str:
    """Return a description in a few lines of Markdown."""
    return "\n".join(f"- {what}: {said}" for what, said in _facts().items())


def _facts() -> dict[str, str]:
    return {
        "cores": f"{os.cpu_count()} ({_line('/proc/cpuinfo', 'model name')})",
        "memory": f"{int(_line('/proc/meminfo', 'MemTotal').split()[0]) / 2**20:.0f} GiB",
        "disk": _disk(),
        "system": f"{_line('/etc/os-release', 'PRETTY_NAME')}, Linux {platform.release()}",
        "Python": platform.python_version(),
        "programs": ", ".join(f"{name} {_version(name)}" for name in PROGRAMS),
        "packages": ", ".join(f"{name} {_package(name)}" for name in PACKAGES),
    }


def _line(file: str, name: str) -> str:
    """Return what a file of the system says of a name."""
    try:
        text = Path(file).read_text("utf-8")
    except OSError:
        return "unknown"
    found = re.search(rf"^{name}\s*[:=]\s*\"?([^\"\n]*)", text, re.MULTILINE)
    return found[1] if found else "unknown"


def _disk() -> str:
    """Return the file system of the working directory, and how it is kept."""
    told = subprocess.run(["df", "--output=fstype,source", "."], capture_output=True, check=False)
    return " on ".join(told.stdout.decode().split()[-2:]) or "unknown"


def _version(program: str) -> str:
    """Return the version of a program."""
    command = PROGRAMS[program]
    if not has(program) or not has(command[0]):
        return "(not installed)"
    told = subprocess.run(command, capture_output=True, check=False)
    said = (told.stdout or told.stderr).decode()
    found = re.search(r"\d[\w.+~]*(-\d[\w.+~]*)?", said)
    return found[0] if found else said.strip()


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"
