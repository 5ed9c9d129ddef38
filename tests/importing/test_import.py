"""What a curator sees who imports a file, and imports it again."""

import json
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from onthisday.adapters.sqlite.file_lock import take_lock
from tests.importing.desk import Desk

MILL = """\
/* The mill */
01/07\tThe mill burns, 1904
02/25\tThe mill is rebuilt
\tafter two years, 1906
03/01\tThe market opens, 1911
15 *\tRent is due
"""


def _imported(desk: Desk, text: str = MILL, *options: str, code: int = 0) -> str:
    return desk.run("import", "calendar", desk.write("mill", text), *options, code=code)


def test_each_line_becomes_an_entry_or_is_told_with_its_reason(desk: Desk) -> None:
    told = _imported(desk)
    assert [entry["title"] for entry in desk.entries("mill.yaml")] == [
        "The mill burns",
        "The mill is rebuilt after two years",
        "The market opens",
    ]
    assert "mill:6: not imported: falls every month" in told
    assert "3 new entries, 1 not imported" in told


def test_the_file_is_the_document_and_each_line_a_passage_that_can_be_proved(desk: Desk) -> None:
    _imported(desk)
    assert "3 passages proved" in desk.run("check", "--documents", desk.folder)
    [document] = desk.entries("documents.yaml")
    assert (document["id"], document["file"]) == ("mill", "mill")


def test_a_second_import_adds_nothing_and_touches_no_file(desk: Desk) -> None:
    _imported(desk)
    before = desk.files()
    assert "0 new entries, 3 as before" in _imported(desk)
    assert desk.files() == before


@pytest.mark.parametrize("before", ["", "[]\n", "# none yet\n[ ]", "- {id: a, title: A}   # own",
                                    "# own\r\n- id: a\r\n  title: A\r\n",
                                    "  - id: a\n    title: A\n"])  # fmt: skip
def test_documents_are_added_to_a_list_in_its_own_style(desk: Desk, before: str) -> None:
    path = desk.almanac / "documents.yaml"
    path.write_bytes(before.encode())
    _imported(desk)
    after = path.read_bytes().decode()
    assert after.startswith(before.replace("[]\n", "").replace("\n[ ]", "").rstrip("\r\n"))
    assert after.count("\r\n") in {0, after.count("\n")}
    assert desk.entries("documents.yaml")[-1]["id"] == "mill"


def test_a_list_between_brackets_is_told_and_stays(desk: Desk) -> None:
    path = desk.almanac / "documents.yaml"
    path.write_text("[{id: a, title: A}]\n", "utf-8")
    assert "each item begins with a dash on its line" in _imported(desk, code=1)
    assert path.read_text("utf-8") == "[{id: a, title: A}]\n"


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    assert "3 new entries" in _imported(desk, MILL, "--dry-run")
    assert desk.files() == {}


def test_a_changed_line_updates_its_entry_which_keeps_its_id_and_its_comments(desk: Desk) -> None:
    _imported(desk)
    path = desk.almanac / "mill.yaml"
    path.write_text(path.read_text("utf-8").replace("- id: 1906", "# ours\n- id: 1906"), "utf-8")
    ids = [entry["id"] for entry in desk.entries("mill.yaml")]
    told = _imported(desk, MILL.replace("The mill is rebuilt", "The water mill is rebuilt"))
    assert 'changed: title: "The mill is rebuilt after two years" → "The water mill' in told
    assert [entry["id"] for entry in desk.entries("mill.yaml")] == ids
    assert "# ours\n" in path.read_text("utf-8")
    assert "1 changed" in told
    assert "3 passages proved" in desk.run("check", "--documents", desk.folder)


def test_what_stands_elsewhere_in_the_file_is_still_proved(desk: Desk) -> None:
    _imported(desk)
    told = _imported(desk, "05/02\tThe dam breaks, 1890\n" + MILL)
    assert "1 new entry, 3 as before" in told
    assert "4 passages proved" in desk.run("check", "--documents", desk.folder)


def test_a_line_that_is_gone_is_named_and_its_entry_stays(desk: Desk) -> None:
    _imported(desk)
    told = _imported(desk, MILL.replace("03/01\tThe market opens, 1911\n", ""))
    assert 'entry "1911-03-01-the-market-opens" is not in the file any more; it stays' in told
    assert len(desk.entries("mill.yaml")) == 3


def test_a_line_with_another_date_is_a_new_entry_and_the_old_one_has_vanished(desk: Desk) -> None:
    _imported(desk)
    told = _imported(desk, MILL.replace("03/01", "03/02").replace("The market", "A market"))
    assert "1 new entry, 1 vanished" in told


def test_what_a_curator_wrote_stays_as_long_as_the_line_stays(desk: Desk) -> None:
    _imported(desk)
    path = desk.almanac / "mill.yaml"
    own = path.read_text("utf-8").replace(
        "title: The market opens", "title: A market\n  place: Kiel"
    )
    path.write_text(own, "utf-8")
    assert "3 as before" in _imported(desk)
    assert path.read_text("utf-8") == own


def test_an_entry_is_found_wherever_the_curator_has_moved_it(desk: Desk) -> None:
    _imported(desk)
    (desk.almanac / "mill.yaml").rename(desk.almanac / "town.yaml")
    told = _imported(desk, MILL.replace("The mill burns", "The old mill burns"))
    assert "0 new entries, 1 changed, 2 as before" in told
    assert desk.entries("town.yaml")[0]["title"] == "The old mill burns"
    assert not (desk.almanac / "mill.yaml").exists()


def test_what_is_told_twice_is_found_in_the_file_and_in_the_almanac(desk: Desk) -> None:
    line = "01/07\tThe great mill at the river burns to the ground, 1904\n"
    desk.run("import", "calendar", desk.write("first", line))
    told = desk.run("import", "calendar", desk.write("second", line + line))
    assert told.count("is told in the same words as") == 2
    assert "2 new entries" in told


def test_two_lines_with_the_same_words_have_two_ids_that_stay(desk: Desk) -> None:
    twice = "01/07\tThe mill burns, 1904\n" * 2
    _imported(desk, twice)
    ids = [entry["id"] for entry in desk.entries("mill.yaml")]
    assert ids == ["1904-01-07-the-mill-burns", "1904-01-07-the-mill-burns-2"]
    assert "2 as before" in _imported(desk, twice)


def test_rows_with_the_same_date_and_title_keep_their_ids_when_others_come_between(
    desk: Desk,
) -> None:
    head, kiel, bonn, paris = (
        "date,title,place\n",
        *(f"1904-01-07,A meeting,{place}\n" for place in ("Kiel", "Bonn", "Paris")),
    )
    for rows in (head + kiel + bonn, head + bonn + kiel, head + paris + bonn + kiel):
        told = desk.run("import", "csv", desk.write("town.csv", rows))
        assert "changed" not in told
    ids = {entry["id"]: entry["place"] for entry in desk.entries("town.yaml")}
    assert [*ids.values()] == ["Kiel", "Bonn", "Paris"]
    assert "3 as before" in desk.run("import", "csv", desk.folder / "town.csv")


def test_one_of_two_lines_that_goes_is_named_once_and_then_nothing_moves(desk: Desk) -> None:
    fair, mill = "02/01\tA fair, 1905\n", "01/07\tThe mill burns, 1904\n"
    _imported(desk, mill + fair + mill)
    _imported(desk, fair + mill)
    before = desk.files()
    for _ in range(2):
        _imported(desk, fair + mill)
        assert desk.files() == before


def test_an_impossible_date_is_told_and_the_other_lines_are_imported(desk: Desk) -> None:
    told = _imported(desk, "02/29\tA leap, 1900\n04/31\tNo day\n01/07\tThe mill burns, 1904\n")
    assert "1 new entry, 2 not imported" in told
    assert "mill:1: not imported" in told


def test_more_than_5000_entries_are_written_as_json_lines(desk: Desk) -> None:
    lines = [f"{n % 12 + 1:02}/{n % 28 + 1:02}\tNumber {n} opens, {1000 + n % 900}\n"
             for n in range(5_001)]  # fmt: skip
    _imported(desk, "".join(lines))
    assert len(desk.entries("mill.jsonl")) == 5_001
    lines[7] = lines[7].replace("opens", "closes")
    assert "1 changed, 5,000 as before" in _imported(desk, "".join([lines[0], *lines[1:]]))
    assert "closes" in desk.entries("mill.jsonl")[7]["title"]
    assert "1 new entry" in _imported(desk, "".join([*lines, "01/01\tOne more, 1999\n"]))


def test_an_almanac_with_mistakes_is_mended_first(desk: Desk) -> None:
    (desk.almanac / "own.yaml").write_text("- id: broken\n", "utf-8")
    assert "has no title" in _imported(desk, code=1)
    assert not (desk.almanac / "mill.yaml").exists()


def test_a_missing_file_is_told_in_a_line(desk: Desk) -> None:
    told = desk.run("import", "calendar", desk.folder / "nowhere", code=1)
    assert told.count("\n") == 1
    assert "there is no such file" in told


def test_an_included_file_is_a_document_of_its_own(desk: Desk) -> None:
    desk.write("part", "01/07\tThe mill burns, 1904\n")
    _imported(desk, '#include "part"\n#include "mill"\n#include "../part"\n02/01\tA fair, 1905\n')
    told = _imported(desk, '#include "part"\n#include "mill"\n02/01\tA fair, 1905\n')
    assert "2 as before" in told
    assert "includes mill, which includes this file" in told
    assert [each["id"] for each in desk.entries("documents.yaml")] == ["part", "mill"]
    assert "2 passages proved" in desk.run("check", "--documents", desk.folder)


def test_a_file_in_another_encoding_is_read_and_its_passages_are_not_promised(desk: Desk) -> None:
    told = desk.run(
        "import", "calendar", desk.write("mill", "01/07\tDie Mühle brennt, 1904\n".encode("cp1252"))
    )
    assert "not UTF-8; read as cp1252" in told
    assert desk.entries("mill.yaml")[0]["title"] == "Die Mühle brennt"
    assert "sha256" not in desk.entries("documents.yaml")[0]
    desk.run("check", "--documents", desk.folder)


def test_a_name_that_the_almanac_needs_is_not_taken(desk: Desk) -> None:
    desk.run("import", "calendar", desk.write("documents.txt", MILL))
    assert len(desk.entries("documents-imported.yaml")) == 3


def test_tags_that_change_are_told_as_a_curator_writes_them(desk: Desk) -> None:
    for tags in ("fire", '"fire, mill"'):
        rows = f"date,title,tags\n1904-01-07,The mill burns,{tags}\n"
        told = desk.run("import", "csv", desk.write("town.csv", rows))
    assert 'tags: "fire" → "fire, mill"' in told


def test_json_tells_the_same_to_programs(desk: Desk) -> None:
    path = desk.write("mill", MILL)
    [report] = json.loads(desk.run("import", "calendar", path, "--format", "json"))
    assert report["counts"]["new"] == 3
    assert report["refused"][0]["line"] == 6
    assert Path(report["almanac"]).name == "mill.yaml"


def test_check_names_a_table_in_the_almanac_with_the_command_that_imports_it(desk: Desk) -> None:
    table = desk.almanac / "births.csv"
    table.write_text("date,title\n1904-01-07,The mill burns\n", "utf-8")
    told = desk.run("check")
    assert f"{table}: warning: is not read as it lies here" in told
    assert f"`onthisday import csv {table}`" in told
    desk.run("import", "csv", table)
    assert "0 errors, 0 warnings" in desk.run("check")
    table.write_text("date,title\n1904-01-07,The old mill burns\n", "utf-8")
    assert "import it again, if it was imported" in desk.run("check", code=3)
    desk.run("import", "csv", table)
    assert "0 errors, 0 warnings" in desk.run("check")


TREE = """\
0 HEAD
1 GEDC
2 VERS 5.5.1
0 @S1@ SOUR
1 TITL Census
0 @I1@ INDI
1 NAME Anna /Weber/
1 DEAT
2 DATE 4 MAY 1811
2 SOUR @S1@
0 TRLR
"""


def test_a_document_that_has_the_id_by_chance_is_not_cited(desk: Desk) -> None:
    own = "- {id: census, title: The census of Rome}\n"
    (desk.almanac / "documents.yaml").write_text(own, "utf-8")
    for _ in range(2):
        desk.run("import", "gedcom", desk.write("family.ged", TREE))
        [entry] = desk.entries("family.yaml")
        assert [each["document"] for each in entry["sources"]] == ["family", "census-2"]
        titles = {each["id"]: each["title"] for each in desk.entries("documents.yaml")}
        assert titles["census-2"] == "Census"


def test_a_file_that_was_renamed_is_the_same_file(desk: Desk) -> None:
    _imported(desk)
    told = desk.run("import", "calendar", desk.write("watermill", MILL))
    assert "0 new entries, 3 as before" in told
    assert desk.entries("documents.yaml")[0]["file"] == "watermill"
    assert "3 passages proved" in desk.run("check", "--documents", desk.folder)


def test_another_file_of_the_same_name_is_refused(desk: Desk) -> None:
    _imported(desk)
    before = desk.files()
    told = _imported(desk, "04/01\tA ship sails, 1890\n04/02\tIt lands, 1890\n", code=1)
    assert "none of its 3 entries is in this one" in told
    assert desk.files() == before


@pytest.mark.program
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_temporary_folder_is_named_and_nothing_is_imported(desk: Desk) -> None:
    rows = "".join(f"1904-01-07,Number {n} opens at the river\n" for n in range(20_000))
    path = desk.write("town.csv", f"date,title\n{rows}")
    limited = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (2_000_000,) * 2);"
    command = f"{limited} import sys; from onthisday.cli import main; sys.exit(main(sys.argv[1:]))"
    config = str(desk.folder / "config.yaml")
    done = subprocess.run(
        [sys.executable, "-c", command, "import", "csv", str(path), "--config", config],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"{tempfile.gettempdir()}: cannot be written" in done.stderr
    assert "set TMPDIR" in done.stderr
    assert not list(desk.almanac.iterdir())


def test_two_tables_that_count_their_rows_from_1_are_both_imported(desk: Desk) -> None:
    for name, title, named in (("births", "Anna is born", "1"), ("fairs", "A fair", "fairs-1")):
        table = desk.write(f"{name}.csv", f"id,date,title\n1,1804-01-07,{title}\n")
        for new in (1, 0):
            assert f"{new} new entr" in desk.run("import", "csv", table)
        assert [entry["id"] for entry in desk.entries(f"{name}.yaml")] == [named]


def test_a_birth_is_published_by_no_format_because_nothing_said_that_it_is_one(desk: Desk) -> None:
    table = "date,title\n1985-03-04,Eva Weber is born\n"
    line = '{"date": "1985-03-04", "title": "Geburt von Eva Weber"}\n'
    desk.run("import", "csv", desk.write("a.csv", table))
    desk.run("import", "jsonl", desk.write("b.jsonl", line))
    desk.run("import", "calendar", desk.write("c", "03/04\tEva Weber born in Kiel, 1985\n"))
    assert "Eva" not in desk.run("today", "--date", "2026-03-04")


def test_two_imports_do_not_run_at_once(desk: Desk) -> None:
    desk.run("check")  # it makes the folder
    lock = desk.folder / "var" / "cache" / "config.yaml.import.lock"
    with closing(take_lock(lock)):
        assert "another import is running" in _imported(desk, code=1)
    assert "3 new entries" in _imported(desk)


def test_many_lines_of_the_same_words_are_imported_in_a_moment(desk: Desk) -> None:
    told = _imported(desk, "01/07\tThe mill burns, 1904\n" * 20_000, "--dry-run")
    assert "20,000 new entries" in told
