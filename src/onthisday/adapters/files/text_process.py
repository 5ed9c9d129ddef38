"""The process that gets the text out of documents of unknown origin. text_worker.py starts it.

It reads documents from its standard input and answers on its standard output, until the input ends.
Before a document come four numbers of 8 bytes: how many bytes it has, how many bytes of memory may
be used, how many seconds of the processor, and 1 if only what it says of itself is wanted, else 0.
Before an answer comes one: how many bytes it has.
An answer is JSON, because a document that gets the better of a library must not get the better of
who reads the answer.
"""

import json
import sys
import time
from contextlib import suppress
from importlib import import_module

from onthisday.texts.extract import NoText, NotInstalled
from onthisday.texts.formats import about, extract

TOO_MUCH = "needs too much memory to be read; save its text alone"


def main() -> None:
    """Answer each document of the standard input."""
    documents, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not print among the answers
    _bound("RLIMIT_CORE", 0)
    _bound("RLIMIT_FSIZE", 0)  # it writes no files
    while len(head := documents.read(32)) == 32:
        size, memory, seconds, only_about = (
            int.from_bytes(head[at : at + 8], "big") for at in (0, 8, 16, 24)
        )
        _bound("RLIMIT_AS", memory)
        _bound("RLIMIT_CPU", int(time.process_time()) + seconds)  # if nobody is there to end it
        answer = _answer(documents.read(size), only_about=bool(only_about))
        answers.write(len(answer).to_bytes(8, "big") + answer)
        answers.flush()


def _answer(content: bytes, *, only_about: bool) -> bytes:
    try:
        return _packed(about(content)._asdict() if only_about else extract(content)._asdict())
    except NotInstalled as error:
        return _packed({"no_text": str(error), "extra": error.extra})
    except NoText as error:
        return _packed({"no_text": str(error)})
    except MemoryError:
        return _packed({"no_text": TOO_MUCH, "full": True})


def _packed(tree: dict[str, object]) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _bound(name: str, most: int) -> None:
    """Set a limit of this process. Windows has none, and macOS does not keep that of memory."""
    with suppress(ImportError, ValueError, OSError):  # it is lower already
        resource = import_module("resource")
        kind: int = getattr(resource, name)
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


if __name__ == "__main__":
    main()
