"""Run the program on a terminal, and answer its questions as a person would."""

import os
import pty
import select
import sys
import termios
from pathlib import Path


def answered(
    folder: Path,
    words: list[str],
    answers: list[str],
    ending: str = "] ",
    *,
    rows: int = 0,
    columns: int = 0,
    **environ: str,
) -> tuple[str, int]:
    """Run a command in a folder and type an answer at each prompt.

    Return what the terminal showed, and the exit code.

    A prompt ends with ``ending``. After the last answer the input ends (^D).
    """
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.environ.update(environ)
        termios.tcsetwinsize(0, (rows, columns))
        os.execv(sys.executable, [sys.executable, "-m", "onthisday", *words])
    shown, left = b"", [*(f"{answer}\n" for answer in answers), "\x04"]
    while select.select([terminal], [], [], 60)[0]:
        try:
            read = os.read(terminal, 65536)
        except OSError:  # the program has ended
            break
        shown += read
        if shown.endswith(ending.encode()) and left:
            os.write(terminal, left.pop(0).encode())
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.close(terminal)
    return shown.decode().replace("\r\n", "\n"), code
