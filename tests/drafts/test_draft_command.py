"""`draft` as a curator uses it: print drafts, decide on a terminal, stop and continue later."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.core.almanacs import ROOT, run
from tests.drafts.documents import PROPOSED, TEXTS
from tests.drafts.formats import docx_of, pdf_of
from tests.drafts.terminal import answered

pytestmark = pytest.mark.program

NEWS = """The mill burns

On 3 March 1874 the mill of Carl Meyer burned down. 40 workers fled.

Carl Meyer died in Basel on 9 April 1880.
"""
LETTER = "On 3 March 1874 Carl Meyer lost his mill; 45 workers saw it. On 5 March he left.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a new almanac and two documents."""
    assert run(tmp_path, "init", "almanac-of-ours").returncode == 0
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "news.txt").write_text(NEWS)
    (texts / "letter.txt").write_text(LETTER)
    return tmp_path / "almanac-of-ours"


def drafts(folder: Path, *words: str) -> list[dict[str, Any]]:
    """Return the drafts that the command prints as JSON."""
    told = run(folder, "draft", "../texts", "--format", "json", *words)
    assert told.returncode == 0, told.stderr
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found


def accepted(folder: Path) -> list[dict[str, Any]]:
    """Return the entries that were accepted."""
    path = folder / "almanac" / "accepted.yaml"
    return yaml.safe_load(path.read_text()) if path.exists() else []


def test_drafts_have_the_shape_of_entries_with_their_passages(folder: Path) -> None:
    mill, death = drafts(folder)
    assert (mill["date"], mill["kind"], mill["suggested"], mill["entry"]) == (
        "1874-03-03", "event", True, None,
    )  # fmt: skip
    assert [source["file"] for source in mill["sources"]] == ["letter.txt", "news.txt"]
    for source in mill["sources"]:
        place = source["locator"]
        text = (folder.parent / "texts" / source["file"]).read_text()
        assert text[place["start"] : place["end"]] == source["exact"]
        assert source["year_from"] == "written"
    (account,) = mill["accounts"]
    assert account["question"] == "How many workers?"
    assert [answer["says"] for answer in account["answers"]] == ["45 workers", "40 workers"]
    assert (death["kind"], death["place"], death["tags"]) == ("death", "Basel", ["carl-meyer"])


def test_all_adds_what_was_inferred_and_says_so(folder: Path) -> None:
    found = {draft["date"]: draft for draft in drafts(folder, "--all")}
    assert found.keys() == {"1874-03-03", "1874-03-05", "1880-04-09"}
    assert found["1874-03-05"]["sources"][0]["year_from"] == "paragraph"


def test_the_birth_of_a_person_who_may_be_living_is_shown_only_with_all(folder: Path) -> None:
    letter = folder.parent / "texts" / "letter.txt"
    letter.write_text("Ada Byron was born on 3 March 1974 in Basel.\n")
    told = run(folder, "draft", "../texts")
    assert "Byron" not in told.stdout
    said = "1 birth of people who may be living, so not proposed; --all shows them"
    assert said in told.stderr
    told = run(folder, "draft", "../texts", "--all")
    assert "#> The person may be living. Published nowhere without living: or died:" in told.stdout
    assert [draft["may_be_living"] for draft in drafts(folder, "--all")] == [False, False, True]


def test_what_is_printed_is_an_almanac_file_without_its_marked_lines(folder: Path) -> None:
    told = run(folder, "draft", "../texts")
    assert "#> Suggested: 2 proposals of this day" in told.stdout
    assert "2 drafts of 2 documents; --accept decides on each" in told.stderr
    assert [entry["date"] for entry in yaml.safe_load(told.stdout)] == ["1874-03-03", "1880-04-09"]


def test_the_progress_bar_is_painted_over_and_leaves_nothing(folder: Path) -> None:
    shown, code = answered(folder, ["draft", "../texts"], [], "\0", rows=24, columns=80)
    assert code == 0, shown
    assert " documents/s]" in shown
    assert "\\u000d" not in shown


def test_nothing_in_a_file_name_or_a_document_becomes_yaml_or_acts_on_the_terminal(
    folder: Path, tmp_path: Path
) -> None:
    hostile = tmp_path / "a\n- id: evil\x1b[2J.txt"
    hostile.write_text("Chronicle of 1956\n\nOn 25 February they spoke in \x1b[31mMo\x9bscow.\n")
    for words in ((), ("--all",), ("--mentions",), ("--format", "json")):
        told = run(folder, "draft", str(hostile), *words)
        assert not set("\x1b\x9b\r") & set(told.stdout + told.stderr), words
    text = run(folder, "draft", str(hostile), "--all").stdout
    ids = [each["id"] for each in yaml.safe_load(text)]
    assert ids
    assert "evil" not in ids
    assert "Inferred: a\\u000a- id: evil\\u001b[2J.txt does" in text


def test_mentions_are_every_date_with_its_place(folder: Path) -> None:
    told = run(folder, "draft", "../texts/letter.txt", "--mentions")
    assert json.loads(told.stdout) == [
        {
            "document": "letter.txt", "start": 3, "end": 15, "text": "3 March 1874",
            "value": "1874-03-03", "year_from": "written", "proposed": True,
            "calendar": "gregorian", "doubt": None,
        },
        {
            "document": "letter.txt", "start": 64, "end": 71, "text": "5 March",
            "value": "1874-03-05", "year_from": "paragraph", "proposed": False,
            "calendar": "gregorian", "doubt": "inferred",
        },
    ]  # fmt: skip


def test_without_an_almanac_drafts_are_shown_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS)
    told = run(tmp_path, "draft", "news.txt", "--format", "json")
    assert [draft["date"] for draft in json.loads(told.stdout)] == ["1874-03-03", "1880-04-09"]
    assert not (tmp_path / "var").exists()


def test_what_is_kept_is_proved_and_never_asked_about_again(folder: Path) -> None:
    shown, code = answered(folder, ["draft", "../texts", "--accept"], ["k", "k"])
    assert code == 0
    assert "kept 2, rejected 0, left 0" in shown
    mill, _ = accepted(folder)
    assert mill["accounts"][0]["question"] == "How many workers?"
    documents = yaml.safe_load((folder / "almanac" / "documents.yaml").read_text())
    assert [(each["id"], each["file"]) for each in documents[-2:]] == [
        ("letter", "letter.txt"), ("news", "news.txt"),
    ]  # fmt: skip
    proved = run(folder, "check", "--documents", "../texts")
    assert proved.returncode == 0, proved.stdout
    assert "5 of 5 passages proved, 0 errors" in proved.stdout
    today = run(folder, "today", "--date", "2024-03-03").stdout
    assert "150 years ago" in today
    assert mill["title"] in today
    again, _ = answered(folder, ["draft", "../texts", "--accept"], [])
    assert "2 drafts in the almanac already" in again
    assert "to decide on" not in again
    assert {draft["entry"] for draft in drafts(folder)} == {each["id"] for each in accepted(folder)}


def test_one_may_stop_and_go_on_and_what_was_rejected_is_gone(folder: Path) -> None:
    shown, code = answered(folder, ["draft", "../texts", "--accept"], ["r", "q"])
    assert code == 0
    assert "kept 0, rejected 1, left 1" in shown
    assert [draft["date"] for draft in drafts(folder)] == ["1880-04-09"]
    (folder.parent / "texts" / "copy.md").write_text(LETTER)
    assert [draft["date"] for draft in drafts(folder)] == ["1880-04-09"]
    shown, _ = answered(folder, ["draft", "../texts", "--accept"], ["s"])
    assert "kept 0, rejected 0, left 1" in shown
    shown, _ = answered(folder, ["draft", "../texts", "--accept"], ["k"])
    assert [entry["date"] for entry in accepted(folder)] == ["1880-04-09"]


def test_the_end_of_input_stops_and_loses_nothing(folder: Path) -> None:
    shown, code = answered(folder, ["draft", "../texts", "--accept"], ["k"])
    assert (code, len(accepted(folder))) == (0, 1)
    assert "kept 1, rejected 0, left 1" in shown


def test_a_draft_is_edited_until_it_is_an_entry(folder: Path) -> None:
    editor = folder / "editor.sh"
    editor.write_text(
        "#!/bin/sh\n"
        "if [ -e tried ]; then\n"
        'sed -i "s/kind: feast/kind: event/; s/title: .*/title: A fire/" "$1"\n'
        'else touch tried; sed -i "s/kind: event/kind: feast/" "$1"; fi\n'
    )
    editor.chmod(0o755)
    shown, _ = answered(
        folder, ["draft", "../texts", "--accept"], ["e", "y"], EDITOR=str(editor), VISUAL=""
    )
    assert '\n  kind must be one of event, birth, death, marriage, holiday, not "feast"' in shown
    assert [(entry["title"], entry["kind"]) for entry in accepted(folder)] == [("A fire", "event")]
    assert "#>" not in (folder / "almanac" / "accepted.yaml").read_text()


def test_a_mistyped_answer_ends_nothing(folder: Path) -> None:
    shown, code = answered(
        folder, ["draft", "../texts", "--accept"], ["x", "e", "k", "q"], EDITOR="no-editor-here"
    )
    assert code == 0
    assert "keep: put it into the almanac as it is" in shown
    assert 'the editor "no-editor-here" cannot be started; set EDITOR to another' in shown
    assert "kept 1, rejected 0, left 1" in shown


def test_whether_to_edit_again_is_asked_until_it_is_answered(folder: Path) -> None:
    editor = 'sed -i "s/kind: event/kind: feast/"'
    shown, code = answered(
        folder, ["draft", "../texts", "--accept"], ["e", "j", "n", "q"], EDITOR=editor, VISUAL=""
    )
    assert code == 0
    assert shown.count("edit it again? [y/n]") == 2
    assert "kept 0, rejected 0, left 2" in shown


def test_documents_that_were_put_together_may_be_parted(folder: Path) -> None:
    shown, _ = answered(folder, ["draft", "../texts", "--accept"], ["p", "k", "r"])
    assert "3 drafts to decide on" in shown
    (entry,) = accepted(folder)
    assert entry["sources"][0]["document"] == "letter"
    assert "kept 1, rejected 1, left 1" in shown


def test_what_stands_in_the_files_stays_as_it_is(folder: Path) -> None:
    almanac = folder / "almanac"
    before = "# ours\n  - id: first\n    title: One   # a comment\n"
    (almanac / "documents.yaml").write_text(before)
    (almanac / "almanac.yaml").unlink()
    (almanac / "accepted.yaml").write_text("# nothing yet\n")
    answered(folder, ["draft", "../texts", "--accept"], ["k", "k"])
    written = (almanac / "documents.yaml").read_text()
    assert written.startswith(before)
    assert [each["id"] for each in yaml.safe_load(written)] == ["first", "letter", "news"]
    assert (almanac / "accepted.yaml").read_text().startswith("# nothing yet\n\n- id: ")


def test_a_file_that_nothing_can_be_added_to_is_told_and_left(folder: Path) -> None:
    documents = folder / "almanac" / "documents.yaml"
    documents.write_text("[{id: our-notes, title: x}, {id: apollo-11-mission-report, title: y}]")
    shown, code = answered(folder, ["draft", "../texts", "--accept"], ["k"])
    assert code == 1
    assert "documents.yaml: cannot be added to" in shown
    assert documents.read_text().startswith("[{id: our-notes")
    assert accepted(folder) == []


def test_each_document_that_cannot_be_read_has_a_line_and_the_rest_is_done(folder: Path) -> None:
    texts = folder.parent / "texts"
    (texts / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (texts / "b.pdf").write_bytes(pdf_of([]))
    (texts / "c.docx").write_bytes(docx_of("On 7 May 1881 Carl Meyer’s heirs sold the mill.", ""))
    (texts / "d.txt").write_bytes(
        "Am 7. März 1881 fiel Schnee in Zürich und Bern.".encode("cp1252")
    )
    told = run(folder, "draft", "../texts", "--format", "json")
    assert told.returncode == 0
    assert "1881-05-07" in {draft["date"] for draft in json.loads(told.stdout)}
    lines = told.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["a.png", "b.pdf", "d.txt.extract.txt"]
    assert "needs OCR first" in lines[1]
    assert "not UTF-8; read as" in lines[2]


def test_a_copy_of_a_document_is_no_other_witness(folder: Path) -> None:
    (folder.parent / "texts" / "zcopy.txt").write_text(NEWS)
    told = run(folder, "draft", "../texts", "--format", "json")
    assert told.stderr == "zcopy.txt: has the same text as news.txt, and is left out\n"
    assert {s["file"] for d in json.loads(told.stdout) for s in d["sources"]} == {
        "letter.txt", "news.txt",
    }  # fmt: skip
    shown, code = answered(folder, ["draft", "../texts", "--accept"], ["k", "k"])
    assert (code, len(accepted(folder))) == (0, 2), shown
    documents = yaml.safe_load((folder / "almanac" / "documents.yaml").read_text())
    assert sorted(each["id"] for each in documents[-2:]) == ["letter", "news"]
    assert run(folder, "check", "--documents", "../texts").returncode == 0


def test_a_source_in_a_pdf_says_on_which_page_it_is(folder: Path) -> None:
    page = ["On 7 May 1881 Carl Meyer sold the mill."]
    (folder.parent / "texts" / "deed.pdf").write_bytes(pdf_of(["A deed"], page))
    (deed,) = (draft for draft in drafts(folder) if draft["date"] == "1881-05-07")
    (source,) = deed["sources"]
    assert (source["file"], source["page"], source["document"]) == (
        "deed.pdf.extract.txt", "2", "deed",
    )  # fmt: skip
    answered(folder, ["draft", "../texts/deed.pdf", "--accept"], ["k"])
    assert accepted(folder)[0]["sources"][0]["page"] == "2"
    proved = run(folder, "check", "--documents", "../texts")
    assert "1 of 1 passage proved, 0 errors" in proved.stdout


def test_accepting_needs_a_terminal_and_an_almanac(folder: Path, tmp_path: Path) -> None:
    told = run(folder, "draft", "../texts", "--accept")
    assert (told.returncode, told.stdout) == (1, "")
    assert "--accept asks on a terminal" in told.stderr
    shown, code = answered(tmp_path, ["draft", "texts", "--accept"], [])
    assert code == 1
    assert "config.yaml: there is no such file" in shown


def test_a_path_that_is_not_there_is_an_error(folder: Path) -> None:
    told = run(folder, "draft", "../nowhere")
    assert (told.returncode, told.stderr) == (
        1, "onthisday: ../nowhere: there is no such file or folder\n",
    )  # fmt: skip


needs_texts = pytest.mark.skipif(not TEXTS.is_dir(), reason=f"the texts are not at {TEXTS}")


@needs_texts
def test_of_the_five_documents_six_days_are_proposed_and_the_seventh_only_with_all(
    tmp_path: Path,
) -> None:
    shutil.copytree(TEXTS, tmp_path / "texts")
    days = [draft["date"] for draft in drafts_in(tmp_path)]
    assert tuple(days) == PROPOSED
    everything = {draft["date"]: draft for draft in drafts_in(tmp_path, "--all")}
    assert everything.keys() - set(PROPOSED) == {"1956-02-26", "1961-11-07"}
    assert everything["1956-02-26"]["sources"][0]["year_from"] == "earlier"


@needs_texts
def test_of_the_five_documents_the_speech_is_one_draft_with_the_delegates_in_question(
    tmp_path: Path,
) -> None:
    shutil.copytree(TEXTS, tmp_path / "texts")
    speech = next(draft for draft in drafts_in(tmp_path) if draft["date"] == "1956-02-25")
    assert len({source["file"] for source in speech["sources"]}) == 5
    (account,) = speech["accounts"]
    assert [answer["says"] for answer in account["answers"]] == [
        "1,400 Soviet delegates", "1,500 delegates",
    ]  # fmt: skip


@needs_texts
def test_the_shipped_almanac_has_all_that_is_proposed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "almanac", tmp_path / "almanac")
    shutil.copy(ROOT / "config.yaml", tmp_path)
    shutil.copytree(TEXTS, tmp_path / "texts")
    assert all(draft["entry"] for draft in drafts_in(tmp_path))


def drafts_in(folder: Path, *words: str) -> list[dict[str, Any]]:
    told = run(folder, "draft", "texts", "--format", "json", *words)
    assert told.returncode == 0, told.stderr
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found
