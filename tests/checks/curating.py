"""A curator's folder for tests of `check`: an almanac and texts on disk, checked on a set day."""

import hashlib
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from onthisday.adapters.files.folders import AlmanacFolder, TextFolder
from onthisday.almanac.entry import Entry
from onthisday.app.caches import passages
from onthisday.app.compiling_apart import understood
from onthisday.app.workspace import Almanac, Workspace
from onthisday.errors import Finding, InvalidInput
from onthisday.schema.entry_schema import ENTRY
from onthisday.service.checking.fixing import fix
from onthisday.service.checking.passage_reading import ReadAll, read_all
from onthisday.service.checking.report import Report, Understood, check
from onthisday.service.reading.problems import READ, Unread
from tests.core.almanacs import entry, listed

TODAY = date(2026, 7, 1)

BOOK = {"id": "book", "title": "A book"}


def read(entry_id: str = "a", when: str = "1956-02-25", **more: Any) -> Entry:
    """Return an entry, read from its tree."""
    found: Entry = ENTRY.read(entry(entry_id, when, **more), (), [])
    assert found is not None
    return found


def cites(document: str, *spans: tuple[int, int], **more: Any) -> dict[str, Any]:
    """Return a citation as a tree."""
    locator = [{"start": start, "end": end} for start, end in spans]
    return {"document": document, **({"locator": locator} if spans else {}), **more}


def document(name: str, text: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a document as a tree, with the SHA-256 of its text."""
    sha256 = text and hashlib.sha256(text.encode()).hexdigest()
    held = {"file": f"{name}.txt", "sha256": sha256} if text else {}
    return {"id": name, "title": f"The {name}", **held, **more}


class Desk:
    """A curator's folder: an almanac, texts, and fingerprints that stay from check to check."""

    def __init__(self, folder: Path, wanted: tuple[str, ...] = ()) -> None:
        self.folder, self.wanted = folder, wanted
        (folder / "almanac").mkdir(exist_ok=True)
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "config.yaml").write_text("site: {}\n")
        self._workspace = Workspace(str(folder / "config.yaml"))

    @property
    def entries(self) -> Path:
        """The file with the entries."""
        return self.folder / "almanac" / "entries.yaml"

    @property
    def documents(self) -> Path:
        """The file with the documents."""
        return self.folder / "almanac" / "documents.yaml"

    def write(self, entries: list[Any], documents: list[Any]) -> None:
        """Write an almanac. Each entry and each document is one line."""
        self.entries.write_text(listed(*entries), encoding="utf-8")
        self.documents.write_text(listed(*documents), encoding="utf-8")

    def hold(self, name: str, text: str) -> None:
        """Write a document's text into the folder of texts."""
        (self.folder / "texts" / f"{name}.txt").write_bytes(text.encode())

    def check(
        self,
        *,
        fixing: bool = False,
        today: date = TODAY,
        source: AlmanacFolder | None = None,
        read_texts: ReadAll = read_all,
    ) -> Report:
        """Check the almanac. With ``fixing``, mend it first."""
        almanac, unread = self._opened()
        source = source or self._workspace.source(almanac.site)
        texts = TextFolder(str(self.folder / "texts")).text
        with closing(passages(self._workspace)) as memory:
            if fixing and fix(almanac.library, source, texts, memory, today):
                almanac = self._workspace.almanac()
            understood = Understood(almanac.library, unread, almanac.site.language, self.wanted)
            return check(understood, source, texts, memory, today, read_texts)

    def _opened(self) -> tuple[Almanac, Unread]:
        try:
            return self._workspace.almanac(), READ
        except InvalidInput:
            config, _ = self._workspace.config(sending=False)
            return understood(self._workspace, config.site)


def checked(folder: Path, *entries: Any, documents: tuple[Any, ...] = ()) -> Report:
    """Check an almanac with these entries. They cite the gazette, if they name no document."""
    desk = Desk(folder)
    gazette = {"id": "gazette", "title": "The Gazette"}
    desk.write([*entries], [gazette, *documents])
    return desk.check()


def rules(report: Report) -> list[str]:
    """Return the rule of each finding of a report."""
    return [finding.rule for finding in report.findings]


def of_rule(report: Report, rule: str) -> list[Finding]:
    """Return the findings of a rule."""
    return [finding for finding in report.findings if finding.rule == rule]
