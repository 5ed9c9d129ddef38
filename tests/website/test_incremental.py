"""A build makes again only what changed, and has the same files as a build from nothing."""

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.sqlite.asked_rows import checksum_of
from onthisday.adapters.sqlite.build_file import BuildFile
from onthisday.adapters.web.cached_answers import CachedAnswer
from onthisday.adapters.web.server import Snapshot
from onthisday.app.publishing import website_at, write_site
from onthisday.app.workspace import Workspace
from onthisday.site.built import Built, Frame
from onthisday.site.website import Traced, Website
from tests.examples import examples
from tests.website.fixtures import entry_of, write_almanac

TEXT = "The town was founded in 1903. Nobody knows by whom."

Tree = dict[str, Any]


class World:
    """An almanac in a folder that is edited, and the time at which its site is made."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, datetime(2026, 2, 25, 12, tzinfo=UTC)
        self.site: Tree = {"title": "Our days"}
        self.added = 0
        self.files: dict[str, bytes] = {"book.txt": TEXT.encode(), "a.png": b"one"}
        self.documents: list[Tree] = [
            {"id": "town", "title": "The town", "file": "book.txt", "sha256": _sha256(TEXT)},
            {"id": "uncited", "title": "A letter"},
        ]
        quote = [{"document": "town", "locator": {"start": 0, "end": 28}}]
        answers = [{"says": says, "document": "book"} for says in ("few", "many")]
        self.entries: list[Tree] = [
            entry_of("first", "1956-02-25", tags=["town", "old"], place="Moscow"),
            entry_of("quoted", "1903-03-01", sources=quote, tags=["town"]),
            entry_of("month", "1960-03"),
            entry_of("leap", "1960-02-29", updated="2026-02-27"),
            entry_of("feast", "1900", rule="easter"),
            entry_of("seen", "1950-03-02", image={"file": "a.png", "alt": "A house"}),
            entry_of(
                "open", "1951-02-25", accounts=[{"question": "How many?", "answers": answers}]
            ),
            entry_of("corrected", "1952-02-26", corrections=[_correction("2026-02-20")]),
            entry_of("born", "1916-02-27", kind="birth"),
        ]
        self.write()

    def write(self) -> None:
        """Write the almanac as it is now."""
        write_almanac(self.folder, self.entries, **self.site)
        almanac = self.folder / "almanac"
        lines = (json.dumps(each) for each in self.documents)
        book = (almanac / "documents.yaml").read_text()
        (almanac / "documents.yaml").write_text(book + "".join(f"- {line}\n" for line in lines))
        for old in (*almanac.glob("*.txt"), *almanac.glob("*.png")):
            old.unlink()
        for name, content in self.files.items():
            (almanac / name).write_bytes(content)

    def website(self) -> Website:
        """Return the site as it is now."""
        return website_at(Workspace(str(self.folder / "config.yaml")).almanac(), self.now)

    def build(self, name: str, *, remembers: bool) -> Built:
        """Build the site into a folder, with what is remembered of the last build, or without."""
        workspace = Workspace(str(self.folder / "config.yaml"))
        own, to = workspace if remembers else None, str(self.folder / name)
        return write_site(workspace.almanac(), to, self.now, lambda _: None, own)

    def edit(self, number: int, **changes: Any) -> None:
        """Change an entry. The number is counted around."""
        entry = self.entries[number % len(self.entries)]
        entry |= changes


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _correction(day: str, now: str = "Moscow") -> Tree:
    return {"on": day, "was": "Minsk", "now": now, "why": "A register says so."}


def _add(world: World, number: int) -> None:
    day = f"19{number % 90 + 10}-{number % 3 + 1:02}-{number % 28 + 1:02}"
    world.added += 1
    world.entries.append(entry_of(f"new{world.added}", day, tags=["town"]))


def _remove(world: World, number: int) -> None:
    if len(world.entries) > 2:
        del world.entries[number % len(world.entries)]


def _retitle(world: World, number: int) -> None:
    world.edit(number, title=f"Another title {number}")


def _move(world: World, number: int) -> None:
    entry = world.entries[number % len(world.entries)]
    if "rule" not in entry:
        entry["date"] = f"1957-02-{number % 28 + 1:02}"


def _retag(world: World, number: int) -> None:
    world.edit(number, tags=[f"tag{number % 3}", "town"][: number % 3])


def _recite(world: World, number: int) -> None:
    world.edit(number, sources=[{"document": ("book", "uncited")[number % 2], "page": str(number)}])


def _correct(world: World, number: int) -> None:
    day = (world.now + timedelta(days=number % 3 - 1)).date().isoformat()
    world.edit(number, corrections=[_correction(day)])


def _withdraw(world: World, number: int) -> None:
    day = (world.now + timedelta(days=number % 2)).date().isoformat()
    world.edit(number, corrections=[{"on": day, "was": "all", "why": "It never happened."}])


def _rename_document(world: World, number: int) -> None:
    world.documents[number % 2]["title"] = f"A book {number}"


def _change_text(world: World, number: int) -> None:
    text = f"The town was founded in 1903. It has {number} houses."
    world.files["book.txt"] = text.encode()
    if number % 2:
        world.documents[0]["sha256"] = _sha256(text)


def _change_picture(world: World, number: int) -> None:
    if number % 3:
        world.files["a.png"] = b"picture %d" % number
    else:
        world.files.pop("a.png", None)


def _bear(world: World, number: int) -> None:
    world.added += 1
    world.entries.append(
        entry_of(f"born{world.added}", f"19{number % 16 + 14}-02-26", kind="birth")
    )


def _reconfigure(world: World, number: int) -> None:
    key, values = (("title", ["Our days", "Our years"]), ("languages", [[], ["de"]]),
                   ("author", ["We", "They"]))[number % 3]  # fmt: skip
    world.site[key] = values[number // 3 % 2]


def _sleep(world: World, number: int) -> None:
    world.now += timedelta(days=(1, 2, 40, 400)[number % 4])


def _set_clock_back(world: World, number: int) -> None:
    world.now -= timedelta(days=number % 3)


EDITS: tuple[Callable[[World, int], None], ...] = (
    _add, _remove, _retitle, _move, _retag, _recite, _correct, _withdraw, _rename_document,
    _change_text, _change_picture, _bear, _reconfigure, _sleep, _set_clock_back,
)  # fmt: skip


def _made(website: Website) -> dict[str, Traced]:
    """Return some pages of a site: all but most days of the year."""
    paths = (path for path in website.paths() if not path.startswith("/days/") or "/02-2" in path)
    made = {path: website.traced(path) for path in paths}
    return {path: page for path, page in made.items() if page is not None}


@examples(40)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 40)), min_size=1, max_size=4))
def test_a_page_that_is_not_made_again_would_be_the_same(
    edits: list[tuple[Callable[[World, int], None], int]],
) -> None:
    with TemporaryDirectory() as folder:
        _try(World(Path(folder)), edits)


def _try(world: World, edits: Iterable[tuple[Callable[[World, int], None], int]]) -> None:
    """Make edits. After each, a page that is kept must be as it would be made now."""
    website = world.website()
    kept, frame = _made(website), website.frame
    for edit, number in edits:
        edit(world, number)
        world.write()
        website = world.website()
        made = _made(website)
        usable = kept if website.goes_on(frame) else {}
        for path, page in made.items():
            before = usable.get(path)
            if before is not None and website.is_as(before.trace):
                assert page.page.body == before.page.body, (path, edit.__name__)
                assert website.is_as(page.trace)
                made[path] = before
        kept, frame = made, website.frame


@pytest.mark.parametrize("number", range(1, 9))
def test_the_first_entry_of_a_kind_changes_the_pages_that_say_there_is_none(
    tmp_path: Path, number: int
) -> None:
    world = World(tmp_path)
    plain, first = world.entries[0], world.entries[number]

    def add(to: World, _: int) -> None:
        to.entries.append(first)

    def turn(to: World, _: int) -> None:
        to.entries = [plain | first | {"id": plain["id"]}]

    def back(to: World, _: int) -> None:
        to.entries = [plain]

    for edit in (add, turn):
        back(world, 0)
        world.write()
        _try(world, [(edit, 0), (back, 0), (edit, 0)])


def _files(folder: Path) -> dict[str, bytes]:
    found = {str(each.relative_to(folder)): each for each in folder.rglob("*") if each.is_file()}
    return {name: each.read_bytes() for name, each in found.items() if name != ".onthisday"}


@pytest.mark.slow
@pytest.mark.parametrize("edits", [EDITS[:5], EDITS[5:10], EDITS[10:]])
def test_builds_after_edits_have_the_files_of_a_build_from_nothing(
    tmp_path: Path, edits: tuple[Callable[[World, int], None], ...]
) -> None:
    world = World(tmp_path)
    world.build("site", remembers=True)
    for number, edit in enumerate(edits, 1):
        edit(world, number)
        world.write()
        world.build("site", remembers=True)
    built = world.build("anew", remembers=False)
    assert built.made == built.files
    assert _files(tmp_path / "site") == _files(tmp_path / "anew")


def test_one_entry_that_changed_makes_the_pages_that_show_it(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = world.build("site", remembers=True)
    assert first.made == first.files
    world.edit(0, place="Minsk")
    world.write()
    second = world.build("site", remembers=True)
    assert 0 < second.made <= 32, "its own four, its day, two tags, its documents, feeds, lists"
    assert second.written <= second.made


def test_a_new_day_makes_what_the_day_changes(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.entries = [each for each in world.entries if each["id"] in {"first", "seen", "quoted"}]
    world.write()
    world.build("site", remembers=True)
    _sleep(world, 0)
    built = world.build("site", remembers=True)
    assert built.made == 3 + 3, "the pages of today, and empty feeds, which say the day"
    world.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    built = world.build("site", remembers=True)
    assert built.made == 3 + 3 + 3 * 3, "and the feeds of all, of days and of a tag with an entry"


def test_on_a_new_day_a_build_asks_nothing_again(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.files, world.documents = {}, []  # whether a file that is new changes again, nobody knows
    world.entries = world.entries[:1]
    world.write()
    world.build("site", remembers=True)
    [memory] = (tmp_path / "var" / "cache").glob("*.build-*.db")
    with sqlite3.connect(memory) as rows:
        rows.create_function("checksum_of", 3, checksum_of)
        rows.execute("UPDATE asked SET answer = 'x', checksum = checksum_of(number, question, 'x')")
    rows.close()
    _sleep(world, 0)
    built = world.build("site", remembers=True)
    assert 0 < built.made < built.files / 4
    world.edit(0, place="Minsk")
    world.write()
    again = world.build("site", remembers=True)
    assert again.made > built.files / 2, "after an edit it does ask"


def test_nothing_is_made_and_nothing_is_written_if_nothing_changed(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = world.build("site", remembers=True)
    assert world.build("site", remembers=True) == Built(first.files, 0, 0, 0)


def test_a_file_that_somebody_changed_or_removed_is_put_back(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.build("site", remembers=True)
    before = _files(tmp_path / "site")
    (tmp_path / "site" / "entries/first/index.html").write_text("another")
    (tmp_path / "site" / "entries/first/index.json.gz").unlink()
    (tmp_path / "site" / "feed.atom").unlink()
    built = world.build("site", remembers=True)
    assert built.made == 3
    assert _files(tmp_path / "site") == before


@pytest.mark.parametrize(
    "harm", [b"\xff\xfe no list", b"", b"files of onthisday, version 2\na b c\0\na"]
)
def test_a_damaged_list_of_files_costs_time_and_nothing_else(tmp_path: Path, harm: bytes) -> None:
    world = World(tmp_path)
    first = world.build("site", remembers=True)
    before = _files(tmp_path / "site")
    (tmp_path / "site" / ".onthisday").write_bytes(harm)
    assert world.build("site", remembers=True) == Built(first.files, 0, 0, first.files)
    assert _files(tmp_path / "site") == before
    assert world.build("site", remembers=True).made == 0


def test_a_copied_site_is_read_and_not_made_again(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.build("site", remembers=True)
    for each in (tmp_path / "site").rglob("*.html"):
        each.write_bytes(each.read_bytes())  # other times, same bytes
    assert world.build("site", remembers=True).made == 0
    assert world.build("site", remembers=True).made == 0


@pytest.mark.parametrize("harm", ["removed", "damaged", "of a newer program", "cut"])
def test_without_its_memory_a_build_makes_all_and_writes_nothing(tmp_path: Path, harm: str) -> None:
    world = World(tmp_path)
    first = world.build("site", remembers=True)
    [memory] = (tmp_path / "var" / "cache").glob("*.build-*.db")
    if harm == "removed":
        memory.unlink()
    elif harm == "of a newer program":
        with sqlite3.connect(memory) as rows:
            rows.execute("PRAGMA user_version = 99")
            rows.execute("ALTER TABLE pages RENAME TO leaves")
        rows.close()
    else:
        content = memory.read_bytes()
        memory.write_bytes(
            b"no database" * 999 if harm == "damaged" else content[: len(content) // 2]
        )
    assert world.build("site", remembers=True) == Built(first.files, 0, 0, first.files)
    assert world.build("site", remembers=True).made == 0


HARMS = (
    "UPDATE pages SET asked = 'x' WHERE path = '/year/'",
    "UPDATE pages SET asked = replace(asked, '1', '0') WHERE path = '/year/'",
    "UPDATE pages SET until = '2o26-03-01' WHERE path = '/feed.atom'",
    "UPDATE pages SET digest = 'x' WHERE path = '/entries/first/'",
    "UPDATE pages SET path = '/enters/first/' WHERE path = '/entries/first/'",
    "UPDATE asked SET question = replace(question, 'SELECT', 'SELEKT')",
    "UPDATE asked SET question = substr(question, 2) WHERE number = 3",
    "UPDATE asked SET number = number + 1000",
    "UPDATE notes SET value = '2026-02-2S' WHERE key = 'day'",
    "UPDATE notes SET value = 'x' WHERE key IN ('frame', 'world', 'manifest')",
)
"""What a bit that changed on a disk may make of the memory of a build. SQLite sees none of it."""


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_row_of_its_memory_costs_a_build_time_and_nothing_else(
    tmp_path: Path, harm: str
) -> None:
    world = World(tmp_path)
    world.build("site", remembers=True)
    [memory] = (tmp_path / "var" / "cache").glob("*.build-*.db")
    with sqlite3.connect(memory) as rows:
        assert rows.execute(harm).rowcount > 0
    rows.close()
    _sleep(world, 0)
    world.build("site", remembers=True)
    world.build("anew", remembers=False)
    assert _files(tmp_path / "site") == _files(tmp_path / "anew")
    assert world.build("site", remembers=True).made == 0


def test_a_folder_that_another_config_wrote_is_written_again(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.files, world.documents, world.entries = {}, [], world.entries[:1]
    world.write()
    world.build("site", remembers=True)
    before = _files(tmp_path / "site")
    other = tmp_path / "other.yaml"
    other.write_text((tmp_path / "config.yaml").read_text().replace("Our days", "Their days"))
    write_site(Workspace(str(other)).almanac(), str(tmp_path / "site"), world.now, lambda _: None)
    assert _files(tmp_path / "site") != before
    assert world.build("site", remembers=True).written > 0
    assert _files(tmp_path / "site") == before


def test_a_copy_that_a_killed_build_left_beside_a_small_page_is_removed(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.files, world.documents, world.entries = {}, [], world.entries[:1]
    world.write()
    world.build("site", remembers=True)
    small = next(
        each for each in (tmp_path / "site").rglob("*.json") if not Path(f"{each}.gz").exists()
    )
    [memory] = (tmp_path / "var" / "cache").glob("*.build-*.db")
    killed = BuildFile([str(memory)])
    killed.begin(Frame("of an edit", world.now.date()), lambda _: True)
    Path(f"{small}.gz").write_bytes(b"what the edit said")
    killed.close()
    world.build("site", remembers=True)
    assert not Path(f"{small}.gz").exists()
    assert small.exists()


def test_two_builds_into_one_folder_at_once_do_not_wait_for_each_other(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = world.build("site", remembers=True)
    [memory] = (tmp_path / "var" / "cache").glob("*.build-*.db")
    other = BuildFile([str(memory)])
    other.begin(Frame("another", world.now.date()), lambda _: False)
    world.edit(0, title="Another")
    world.write()
    assert world.build("site", remembers=True).made == first.files
    other.close()


def test_serve_sends_the_answer_that_it_has_if_the_page_would_be_the_same(tmp_path: Path) -> None:
    world = World(tmp_path)
    paths = ["/entries/first/", "/entries/seen/", "/tags/town/", "/style.css", "/feed.atom"]

    async def answers(snapshot: Snapshot) -> list[CachedAnswer | bool]:
        return [await snapshot.answer(path) for path in paths]

    snapshot = Snapshot(world.website(), 0, 1)
    first = asyncio.run(answers(snapshot))
    world.edit(0, title="Another title")
    world.write()
    snapshot = Snapshot(world.website(), 0, 1, snapshot)
    second = asyncio.run(answers(snapshot))
    kept = [one is other for one, other in zip(first, second, strict=True)]
    assert kept == [False, True, False, True, False]
    _sleep(world, 0)
    third = asyncio.run(answers(Snapshot(world.website(), 0, 1, snapshot)))
    kept = [one is other for one, other in zip(second, third, strict=True)]
    assert kept == [True, True, True, True, False]
