"""Measure whether lines and columns cost dates: WikiWars as it is, wrapped, and printed to PDF.

    python -m tests.benchmarks.wrapping --wikiwars FILE.zip [--articles odd] [--pdf] [--each]

Prints for each layout how many of the days are found that people marked and that are written out
with their year, how many of all days have the right year, and how many a wrong one (``--all`` would
propose those). ``--pdf`` prints each article with chromium, in one and in two columns. Then prints
how all kinds of date are found (days, months, years, decades, seasons), by the measures that
HeidelTime's authors use: lenient means that the places overlap, strict that they are equal. Theirs
on these articles: lenient .903, strict+value .764, lenient+value .808.

Places in a PDF's text are others, so there the days are compared in their order.
"""

import argparse
import html
import re
import subprocess
import sys
import tempfile
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from onthisday.drafts.mentions import Mention, find_mentions
from onthisday.texts.formats import extract
from tests.benchmarks.wikiwars import Article, articles

_PAGE = """<!doctype html><meta charset="utf-8"><style>@page {{ size: A4; margin: 2cm }}
body {{ font: 10.5pt/1.3 serif; columns: {columns}; column-gap: 8mm; hyphens: auto }}
</style><html lang="en"><body>{paragraphs}"""


class Days(NamedTuple):
    """What became of the marked days: written out and found, right, and with a wrong year."""

    written: int
    found: int
    right: int
    wrong_year: int


def wrapped(text: str, width: int) -> str:
    """Return a text in lines of at most ``width`` characters. A space becomes an end of line."""
    return re.sub(
        rf"([^\n]{{1,{width}}})(?:[ ]|(?=\n)|\Z)|([^\s]{{{width},}})(?:[ ]|(?=\n)|\Z)",
        lambda match: (match[1] or match[2]) + "\n" * (match[0][-1:] == " "),
        text,
    )


def placed(article: Article, text: str) -> Days:
    """Return what becomes of the days of a text with the same places."""
    days = [one for one in find_mentions(text) if one.precision == "day"]
    written = found = right = wrong = 0
    for gold in article.gold:
        hits = [one for one in days if one.start < gold.end and gold.start < one.end]
        values = {one.value for one in hits}
        written += gold.written
        found += gold.written and gold.value in values
        right += gold.value in values
        wrong += gold.value not in values and any(
            one.value[:4] not in {gold.value[:4], "XXXX"} for one in hits
        )
    return Days(written, found, right, wrong)


def ordered(article: Article, text: str) -> Days:
    """Return what becomes of the days of a text with other places."""
    days = [one for one in find_mentions(text) if one.precision == "day" and "X" not in one.value]
    values = [one.value for one in days]
    wanted = [one.value for one in article.gold]
    hit: set[int] = set()
    for block in SequenceMatcher(None, wanted, values, autojunk=False).get_matching_blocks():
        hit.update(range(block.a, block.a + block.size))
    written = [place for place, one in enumerate(article.gold) if one.written]
    month_days = {value[5:] for value in wanted} - {value[5:] for value in values}
    wrong = sum(value not in wanted and value[5:] in month_days for value in values)
    return Days(len(written), sum(place in hit for place in written), len(hit), wrong)


def printed(article: Article, columns: int, folder: Path) -> str:
    """Return the text of an article that chromium printed to PDF."""
    paragraphs = "".join(
        f"<p>{html.escape(each)}</p>" for each in article.text.split("\n") if each.strip()
    )
    page, pdf = folder / "article.html", folder / "article.pdf"
    page.write_text(_PAGE.format(columns=columns, paragraphs=paragraphs), "utf-8")
    pdf.unlink(missing_ok=True)
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
               f"--print-to-pdf={pdf}", page.as_uri()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return extract(pdf.read_bytes()).text


def report_days(chosen: list[Article], *, pdf: bool, each: bool) -> None:
    """Print a line for each layout."""
    print(f"{sum(len(one.gold) for one in chosen)} days are marked")
    print(f"{'':<22} {'written out':>12} {'right':>7} {'wrong year':>11}")
    _row("as it is", [placed(one, one.text) for one in chosen], each=each)
    for width in (72, 60, 33):
        rows = [placed(one, wrapped(one.text, width)) for one in chosen]
        _row(f"at {width} columns", rows, each=each)
    with tempfile.TemporaryDirectory() as folder:
        for columns in (1, 2) if pdf else ():
            rows = [ordered(one, printed(one, columns, Path(folder))) for one in chosen]
            _row(f"PDF, columns: {columns}", rows, each=each)
    if pdf:
        _row("as it is, in order", [ordered(one, one.text) for one in chosen], each=each)


def _row(name: str, rows: list[Days], *, each: bool) -> None:
    total = Days(*map(sum, zip(*rows, strict=True)))
    print(f"{name:<22} {total.found:>7}/{total.written} {total.right:>7} {total.wrong_year:>11}")
    for number, row in enumerate(rows if each else (), 1):
        print(f"    {number:>2} {row}")


def report_kinds(chosen: list[Article]) -> None:
    """Print detection and values of all kinds of date, as HeidelTime's authors measure them."""
    marked = found = lenient = valued = strict = 0
    for article in chosen:
        left = list(article.marked)
        mentions = [(one, value) for one in find_mentions(article.text) for value in timex_of(one)]
        marked, found = marked + len(left), found + len(mentions)
        for mention, value in mentions:
            hits = [one for one in left if one.start < mention.end and mention.start < one.end]
            best = max(hits, key=lambda one: one.value == value, default=None)
            if best is None:
                continue
            left.remove(best)
            is_same = best.value == value
            lenient, valued = lenient + 1, valued + is_same
            strict += is_same and (best.start, best.end) == (mention.start, mention.end)
    print(f"all kinds: {marked} marked, {found} found")
    for name, hit in (("lenient", lenient), ("lenient+value", valued), ("strict+value", strict)):
        precision, recall = hit / max(1, found), hit / max(1, marked)
        print(f"{name:<15} {precision:.3f} {recall:.3f} F1 {2 * hit / max(1, found + marked):.3f}")


def timex_of(mention: Mention) -> list[str]:
    """Return the values of a date as TIMEX2 writes them. An interval has two."""
    value = mention.value.rstrip("?~%")
    if mention.precision == "interval":
        return [_timex(end) for end in value.split("/")]
    season = re.fullmatch(r"(\d{4})-2([1-4])", value)
    if season:
        return [f"{season[1]}-{('SP', 'SU', 'FA', 'WI')[int(season[2]) - 1]}"]
    return [_timex(value)]


def _timex(value: str) -> str:
    value = value if value[:4] == "XXXX" else value.rstrip("X")
    before = re.fullmatch(r"-(\d{1,4})", value)
    return f"BC{int(before[1]) + 1:04d}" if before else value


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, prog="python -m tests.benchmarks.wrapping"
    )
    parser.add_argument("--wikiwars", type=Path, required=True, help="the archive")
    parser.add_argument("--articles", choices=("odd", "even", "all"), default="odd")
    parser.add_argument("--pdf", action="store_true", help="print to PDF too")
    parser.add_argument("--each", action="store_true", help="a line an article")
    args = parser.parse_args()
    wanted = {"odd": (1,), "even": (0,), "all": (0, 1)}[args.articles]
    chosen = [one for one in articles(args.wikiwars) if one.number % 2 in wanted]
    report_days(chosen, pdf=args.pdf, each=args.each)
    report_kinds(chosen)


if __name__ == "__main__":
    main()
