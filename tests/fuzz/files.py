"""Files that people write: a config or an almanac in YAML, a table of channels in CSV.

Each is nearly right. Whatever it holds, it is read, or its findings say in one line each what is
wrong, without an unexpected error and without a secret.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from onthisday.app.workspace import Workspace
from onthisday.characters import escaped_line
from onthisday.errors import InvalidInput, OnThisDayError

SECRET = "s3cr3t-of-the-hook"

CONFIG = f"""\
site: {{url: "https://a.example/", tag: "a.example,2026", zone: Europe/Rome}}
leap_day: mar-1
catch_up_days: 3
channels:
  - name: room
    type: slack
    url: "https://hooks.slack.com/services/{SECRET}"
    at: "09:00"
    tags: [war, café]
  - {{name: bot, type: telegram, token: "{SECRET}", to: "-1", post: each}}
"""

ALMANAC = """\
- id: speech
  date: "1956-02-25"
  title: "A speech: 'On the cult' – and more"
  summary: >-
    Two lines
    of words.
  tags: [war, "café"]
  sources: [{document: book, page: "7", locator: {start: 1, end: 9}}]
- id: moon
  date: "1969-07~"
  calendar: julian
  title: Moon
  sources:
    - document: book
  accounts:
    - question: "How many?"
      answers: [{says: "5", document: book}, {says: "6", document: book}]
"""

TABLE = f'''\
name,type,url,token,to,at,tags,enabled
room,slack,https://hooks.slack.com/services/{SECRET},,,09:00,"war  café",true
bot,telegram,,{SECRET},-1,10:30,,false
"odd ""name""",ntfy,https://ntfy.example,{SECRET},topic,,"a
b",
'''

DOCUMENTS = "- {id: book, title: A book}\n"

ODD = [
    "\x1b[2J", "\x9b", "\u202e", "\ufeff", "\x85", "\t", "\r", "\n", "\n\n", "  ", "-", ": ", "#",
    '"', "'", "[", "]", "{", "}", "&a ", "*a", "!!python/object:x ", "|", ">", "%", "@", "`", ",",
    "null", "true", "1e400", "0x1F", "9" * 400, "1956-02-25", "[" * 200, "? ", "<<: ", "---\n",
    "...\n", "${HOME}", "${", "é", "e\u0301", "\U0001f468\u200d\U0001f469", "x" * 300, "..",
    "id: speech\n", ",,,,,,,,,,", ";", "=1+1", "http://[", "http://[::1]:@/", "\0",
]  # fmt: skip


@contextmanager
def trying_yaml() -> Iterator[Callable[[Random], None]]:
    """Give a function that tries one config and one almanac."""
    with _folder() as folder:
        yield lambda random: _attempt(folder, random, _changed(random, CONFIG), TABLE)


@contextmanager
def trying_csv() -> Iterator[Callable[[Random], None]]:
    """Give a function that tries one table of channels."""
    with _folder() as folder:
        yield lambda random: _attempt(folder, random, None, _changed(random, TABLE))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "almanac").mkdir()
        (folder / "almanac" / "documents.yaml").write_text(DOCUMENTS, encoding="utf-8")
        yield folder


def _attempt(folder: Path, random: Random, config: str | None, table: str) -> None:
    almanac = ALMANAC if config is None else _changed(random, ALMANAC)
    for name, text in (
        ("almanac/all.yaml", almanac),
        ("config.yaml", config or f"channels_file: c.csv\n{CONFIG.partition('channels:')[0]}"),
        ("c.csv", table),
    ):
        (folder / name).write_bytes(_bytes(random, text))
    told = [*_told(folder, "config"), *_told(folder, "almanac")]
    for line in told:
        assert escaped_line(line) == line, line
        assert SECRET not in line, line
        assert len(line) < 5000, line[:300]


def _told(folder: Path, what: str) -> Iterator[str]:
    """Yield what is told of a config or of an almanac."""
    workspace = Workspace(str(folder / "config.yaml"), wait=1)
    try:
        if what == "config":
            yield from map(str, workspace.config(sending=True)[1])
        else:
            workspace.almanac()
    except InvalidInput as error:
        yield from map(str, error.findings)
    except OnThisDayError as error:
        yield str(error)


def _changed(random: Random, text: str) -> str:
    for _ in range(random.choice([1, 1, 2, 5])):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice([0, 0, 1, 3, 30]))
        text = text[:start] + random.choice(ODD) + text[end:]
    return text


def _bytes(random: Random, text: str) -> bytes:
    content = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.1:
        place = random.randrange(len(content) + 1)
        content = content[:place] + random.randbytes(2) + content[place:]
    return content if random.random() < 0.95 else text.encode("utf-16")
