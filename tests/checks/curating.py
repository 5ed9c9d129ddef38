"""An almanac on disk that is checked in this process, on a day that is given."""

import hashlib
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from onthisday.adapters.files.folders import AlmanacFolder, TextFolder
from onthisday.almanac.entry import Entry
from onthisday.app.workspace import Workspace
from onthisday.errors import Finding
from onthisday.schema.entry_schema import ENTRY
from onthisday.service.checking.fixing import fix
from onthisday.service.checking.report import Report, check
from tests.core.almanacs import entry, listed

TODAY = date(2026, 7, 1)

BOOK = {"id": "book", "title": "A book"}


def read(entry_id: str = "a", when: str = "1956-02-25", **more: Any) -> Entry:
    """Return an entry as it is read."""
    found: Entry = ENTRY.read(entry(entry_id, when, **more), (), [])
    assert found is not None
    return found


def cites(document: str, *spans: tuple[int, int], **more: Any) -> dict[str, Any]:
    """Return a citation's tree."""
    locator = [{"start": start, "end": end} for start, end in spans]
    return {"document": document, **({"locator": locator} if spans else {}), **more}


def document(name: str, text: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a document's tree, with the SHA-256 of its text."""
    sha256 = text and hashlib.sha256(text.encode()).hexdigest()
    held = {"file": f"{name}.txt", "sha256": sha256} if text else {}
    return {"id": name, "title": f"The {name}", **held, **more}


class Desk:
    """A curator's folder: an almanac, texts, and what is remembered between two checks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "almanac").mkdir(exist_ok=True)
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "config.yaml").write_text("site: {}\n")
        self._workspace = Workspace(str(folder / "config.yaml"))

    @property
    def entries(self) -> Path:
        """The file of the entries."""
        return self.folder / "almanac" / "entries.yaml"

    @property
    def documents(self) -> Path:
        """The file of the documents."""
        return self.folder / "almanac" / "documents.yaml"

    def write(self, entries: list[Any], documents: list[Any]) -> None:
        """Write an almanac: each entry and document on a line of its own."""
        self.entries.write_text(listed(*entries), encoding="utf-8")
        self.documents.write_text(listed(*documents), encoding="utf-8")

    def hold(self, name: str, text: str) -> None:
        """Put a document's text where it is looked for."""
        (self.folder / "texts" / f"{name}.txt").write_bytes(text.encode())

    def check(
        self, *, fixing: bool = False, today: date = TODAY, source: AlmanacFolder | None = None
    ) -> Report:
        """Check the almanac; with ``fixing``, mend it before."""
        almanac = self._workspace.almanac()
        source = source or self._workspace.source(almanac.site)
        texts = TextFolder(str(self.folder / "texts")).text
        with closing(self._workspace.passages()) as memory:
            if fixing and fix(almanac.library, source, texts, memory):
                almanac = self._workspace.almanac()
            return check(almanac.library, source, texts, memory, today)


def checked(folder: Path, *entries: Any, documents: tuple[Any, ...] = ()) -> Report:
    """Check an almanac of some entries; they cite the gazette, unless they say so."""
    desk = Desk(folder)
    gazette = {"id": "gazette", "title": "The Gazette"}
    desk.write([*entries], [gazette, *documents])
    return desk.check()


def rules(report: Report) -> list[str]:
    """Return the rules of a report's findings."""
    return [finding.rule for finding in report.findings]


def of_rule(report: Report, rule: str) -> list[Finding]:
    """Return the findings of a rule."""
    return [finding for finding in report.findings if finding.rule == rule]
