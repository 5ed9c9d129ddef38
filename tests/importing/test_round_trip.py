"""An almanac that is exported, edited in a spreadsheet and imported again."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from onthisday.importers.xlsx_writing import write
from tests.importing.desk import Desk
from tests.website.fixtures import SHIPPED

ALMANAC = """\
# The town's almanac
- id: mill-burns   # do not rename
  date: "1904-01-07"
  title: The mill burns   # so the letter says
  summary: >
    It stood at the river.
  place: Kiel
  tags: [fire, mill]
  sources:
    - {document: letter, page: "3"}
  # the next one is doubtful
- id: dam-breaks
  date: "1890-05-02?"
  title: "=The dam breaks"
  sources: [{document: letter}]
"""
DOCUMENTS = """\
# All documents
- id: letter
  title: A letter   # found in 1990
  published: "1905"
"""
Edit = Callable[[dict[str, str]], None]


@pytest.fixture
def town(desk: Desk) -> Desk:
    (desk.almanac / "town.yaml").write_text(ALMANAC, "utf-8")
    (desk.almanac / "documents.yaml").write_text(DOCUMENTS, "utf-8")
    return desk


def _table(desk: Desk) -> tuple[list[str], list[dict[str, str]]]:
    path = desk.folder / "table.csv"
    path.unlink(missing_ok=True)
    desk.run("export", "csv", path)
    reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    return list(reader.fieldnames or ()), list(reader)


def _edited(desk: Desk, edit: Edit) -> Path:
    """Export the almanac, let a curator edit each row, and return the table."""
    columns, rows = _table(desk)
    for row in rows:
        edit(row)
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return desk.write("table.csv", written.getvalue())


def _set(named: str, key: str, value: str) -> Edit:
    def edit(row: dict[str, str]) -> None:
        if row["id"] == named:
            row[key] = value

    return edit


def test_a_table_that_nobody_edited_changes_nothing(town: Desk) -> None:
    before = town.files()
    told = town.run("import", "csv", _edited(town, lambda row: None))
    assert "0 new entries, 2 as before" in told
    assert town.files() == before


def test_only_the_value_that_changed_is_replaced(town: Desk) -> None:
    told = town.run("import", "csv", _edited(town, _set("mill-burns", "title", "The mill is lost")))
    assert 'entry "mill-burns" changed: title: "The mill burns" → "The mill is lost"' in told
    want = ALMANAC.replace("title: The mill burns ", "title: The mill is lost ")
    assert (town.almanac / "town.yaml").read_text("utf-8") == want
    assert (town.almanac / "documents.yaml").read_text("utf-8") == DOCUMENTS


def test_an_emptied_cell_takes_the_key_out(town: Desk) -> None:
    told = town.run("import", "csv", _edited(town, _set("mill-burns", "place", "")))
    assert "place is taken out" in told
    want = ALMANAC.replace("  place: Kiel\n", "")
    assert (town.almanac / "town.yaml").read_text("utf-8") == want


def test_a_document_is_edited_too(town: Desk) -> None:
    told = town.run("import", "csv", _edited(town, _set("letter", "title", "A letter of 1905")))
    assert 'document "letter" changed: title: "A letter" → "A letter of 1905"' in told
    want = DOCUMENTS.replace("title: A letter ", "title: A letter of 1905 ")
    assert (town.almanac / "documents.yaml").read_text("utf-8") == want


def test_a_row_that_nobody_edited_undoes_nothing(town: Desk) -> None:
    table = _edited(town, lambda row: None)
    newer = ALMANAC.replace("title: The mill burns ", "title: The mill is gone ")
    (town.almanac / "town.yaml").write_text(newer, "utf-8")
    town.run("import", "csv", table)
    assert (town.almanac / "town.yaml").read_text("utf-8") == newer


def test_a_row_that_was_edited_on_both_sides_is_told_and_not_imported(town: Desk) -> None:
    table = _edited(town, _set("mill-burns", "place", "Lübeck"))
    newer = ALMANAC.replace("title: The mill burns ", "title: The mill is gone ")
    (town.almanac / "town.yaml").write_text(newer, "utf-8")
    told = town.run("import", "csv", table)
    assert 'the entry "mill-burns" was edited in the almanac since the export' in told
    assert (town.almanac / "town.yaml").read_text("utf-8") == newer


def test_a_document_row_undoes_nothing_and_is_never_left_out_in_silence(town: Desk) -> None:
    untouched = _edited(town, lambda row: None).read_text("utf-8")
    edited = _edited(town, _set("letter", "publisher", "The town")).read_text("utf-8")
    no_title = _edited(town, _set("letter", "title", "")).read_text("utf-8")
    assert "is no document" in town.run("import", "csv", town.write("table.csv", no_title))
    newer = DOCUMENTS.replace("A letter ", "A long letter ")
    (town.almanac / "documents.yaml").write_text(newer, "utf-8")
    town.run("import", "csv", town.write("table.csv", untouched))
    told = town.run("import", "csv", town.write("table.csv", edited))
    assert 'the document "letter" was edited in the almanac since the export' in told
    assert (town.almanac / "documents.yaml").read_text("utf-8") == newer


def test_a_column_that_was_taken_out_takes_nothing_out(town: Desk) -> None:
    columns, rows = _table(town)
    gone = {"summary", "tags", "published", "place"}
    for row in rows:
        row["title"] = row["title"].replace("mill", "old mill")
    written = io.StringIO()
    writer = csv.DictWriter(written, [each for each in columns if each not in gone],
                            extrasaction="ignore")  # fmt: skip
    writer.writeheader()
    writer.writerows(rows)
    town.run("import", "csv", town.write("table.csv", written.getvalue()))
    want = ALMANAC.replace("The mill burns", "The old mill burns")
    assert (town.almanac / "town.yaml").read_text("utf-8") == want
    assert (town.almanac / "documents.yaml").read_text("utf-8") == DOCUMENTS


def test_a_new_row_is_a_new_entry(town: Desk) -> None:
    columns, rows = _table(town)
    rows.append(dict.fromkeys(columns, "") | {"date": "1911-03-01", "title": "The market opens"})
    written = io.StringIO()
    writer = csv.DictWriter(written, columns)
    writer.writeheader()
    writer.writerows(rows)
    told = town.run("import", "csv", town.write("table.csv", written.getvalue()))
    assert "1 new entry, 2 as before" in told
    [entry] = town.entries("table.yaml")
    assert entry["sources"][0] == {
        "document": "table", "page": "row 5", "sha256": entry["sources"][0]["sha256"]
    }  # fmt: skip


def test_a_new_row_may_have_an_id_and_the_table_is_its_source(town: Desk) -> None:
    columns, rows = _table(town)
    new = {"id": "market", "date": "1911-03-01", "title": "The market opens"}
    rows.append(dict.fromkeys(columns, "") | new)
    written = io.StringIO()
    writer = csv.DictWriter(written, columns)
    writer.writeheader()
    writer.writerows(rows)
    table = town.write("table.csv", written.getvalue())
    assert "1 new entry, 2 as before" in town.run("import", "csv", table)
    [entry] = town.entries("table.yaml")
    assert (entry["id"], entry["sources"][0]["page"]) == ("market", "row 5")
    assert "0 new entries, 3 as before" in town.run("import", "csv", table)


def test_a_row_without_its_sources_is_told_and_nothing_changes(town: Desk) -> None:
    told = town.run("import", "csv", _edited(town, _set("dam-breaks", "sources", "")))
    assert 'has no source; add one under sources: "dam-breaks' in told
    assert (town.almanac / "town.yaml").read_text("utf-8") == ALMANAC


def test_a_row_that_was_taken_out_takes_nothing_out(town: Desk) -> None:
    columns, rows = _table(town)
    written = io.StringIO()
    writer = csv.DictWriter(written, columns)
    writer.writeheader()
    writer.writerows(row for row in rows if row["id"] != "dam-breaks")
    told = town.run("import", "csv", town.write("table.csv", written.getvalue()))
    assert "1 as before, 1 of the almanac not in it" in told
    assert (town.almanac / "town.yaml").read_text("utf-8") == ALMANAC


def test_what_looks_like_a_formula_is_a_text_in_the_table_and_the_same_after_it(town: Desk) -> None:
    _, rows = _table(town)
    assert rows[1]["title"] == "'=The dam breaks"
    told = town.run("import", "csv", _edited(town, _set("dam-breaks", "title", "'=The dam broke")))
    assert '"=The dam breaks" → "=The dam broke"' in told
    assert town.entries("town.yaml")[1]["title"] == "=The dam broke"


def test_an_edited_workbook_is_imported_as_a_table_is(town: Desk) -> None:
    columns, rows = _table(town)
    rows[0]["title"] = "The mill is lost"
    made = io.BytesIO()
    write(columns, [[row[name] for name in columns] for row in rows], "almanac", made)
    town.run("import", "xlsx", town.write("table.xlsx", made.getvalue()))
    want = ALMANAC.replace("title: The mill burns ", "title: The mill is lost ")
    assert (town.almanac / "town.yaml").read_text("utf-8") == want


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_imported_into_an_empty_almanac_it_is_the_same_almanac(
    form: str, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(SHIPPED / "almanac", desk.almanac, dirs_exist_ok=True)
    file = desk.folder / f"all.{form}"
    desk.run("export", form, file)
    other = Desk(tmp_path / "other", capsys)
    assert "not imported" not in other.run("import", form, file)
    assert _plain(other) == _plain(desk)


def _plain(desk: Desk) -> list[object]:
    """Return all entries and documents, by id, without the spaces at the ends of texts."""
    lines = desk.run("export", "jsonl").splitlines()
    trees = (json.loads(line.replace('\\n"', '"')) for line in lines)
    return sorted(trees, key=lambda tree: str(tree["id"]))
