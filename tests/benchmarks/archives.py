"""Measure dates on what people collected elsewhere: lists of dates, and examples of date readers.

    python -m tests.benchmarks.archives [--historicaldate DIR] [--recognizers DIR]

- historicaldate-data (dh3968mlq, MIT): CSV tables. Each cell whose column begins with ``hdate`` is
  put into a sentence, and is also taken for what a person types into ``date:``.
- Recognizers-Text (Microsoft, MIT): ``Specs/DateTime/<Language>/DateTimeModel.json``. Only what it
  marks as a day with its year counts, and each of its texts is read by itself.

Both are fetched for a measurement and not kept in the project.
"""

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from onthisday.dates.edtf import parse
from onthisday.dates.human_dates import mend
from onthisday.drafts.mentions import find_mentions

LANGUAGES = {
    "English": "en", "German": "de", "French": "fr", "Italian": "it", "Spanish": "es",
    "Portuguese": "pt", "Dutch": "nl",
}  # fmt: skip

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ONE = re.compile(
    r"(?P<about>c\.? ?|circa ?|about )?(?:(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[ /])?"
    r"(?P<month>[a-z]{3,9})[ /,])? ?(?P<year>\d{1,4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?)?"
    r" ?(?P<era>bc|ad|bce|ce)?",
    re.IGNORECASE,
)


class Outcome(NamedTuple):
    """How many texts there are, and how many of them were read right, wrong and not at all."""

    texts: int = 0
    right: int = 0
    wrong: int = 0

    def with_(self, *, right: bool, wrong: bool) -> "Outcome":
        """Return the outcome with one more text."""
        return Outcome(self.texts + 1, self.right + right, self.wrong + wrong)

    def __str__(self) -> str:
        missed = self.texts - self.right - self.wrong
        return f"{self.right:,} of {self.texts:,} right, {self.wrong} wrong, {missed} missed"


def truth_of(cell: str) -> str | None:
    """Return the date of a cell in EDTF; None if it is no single date."""
    match = _ONE.fullmatch(cell)
    if match is None:
        return None
    year = int(match["year"])
    year = 1 - year if (match["era"] or "").lower() in {"bc", "bce"} else year
    parts = [f"{year:05d}" if year < 0 else f"{year:04d}"]
    if match["month"]:
        short = match["month"][:3].lower()
        if short not in _MONTHS:
            return None
        parts.append(f"{_MONTHS.index(short) + 1:02d}")
        parts += [f"{int(match['day']):02d}"] if match["day"] else []
    parts += [part for part in (match["m"], match["d"]) if part]
    return "-".join(parts) + ("~" if match["about"] else "")


def cells(folder: Path) -> Iterator[str]:
    """Yield each date of the tables."""
    for path in sorted(folder.glob("data/**/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield from (
                    value.strip()
                    for key, value in row.items()
                    if key and key.startswith("hdate") and value and value.strip()
                )


def on_historicaldate(folder: Path, *, each: bool) -> None:
    """Print how the tables' dates are read in prose, and as what a person types."""
    prose = typed = Outcome()
    for cell in cells(folder):
        truth = truth_of(cell)
        if truth is None:
            continue
        said = f"It happened {'on' if len(truth.strip('-~')) == 10 else 'in'} {cell}."
        found = [one.value for one in find_mentions(said, "en")]
        wrong = any("X" not in one and one != truth for one in found)
        prose = prose.with_(right=found == [truth], wrong=wrong)
        if each and found != [truth]:
            print(f"  {said!r}: {found}, not {truth}")
        written = cell if _is_date(cell) else _mended(cell)
        typed = typed.with_(right=written == truth, wrong=written not in {truth, None})
        if each and written != truth:
            print(f"  date: {cell}: {written}, not {truth}")
    print(f"historicaldate, in a sentence: {prose}")
    print(f"historicaldate, typed:         {typed}")


def _mended(text: str) -> str | None:
    """Return the date that a person is told to write; None if there is no such advice."""
    advice = re.fullmatch(r'write "([^"]+)"', mend(text))
    return advice and advice[1]


def _is_date(text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def on_recognizers(folder: Path, *, each: bool) -> None:
    """Print for each language how many days with their year are read."""
    for name, code in LANGUAGES.items():
        outcome = Outcome()
        specs = json.loads((folder / name / "DateTimeModel.json").read_text("utf-8-sig"))
        for spec in specs:
            wanted = set(_days_in(spec))
            if not wanted:
                continue
            days = [one for one in find_mentions(spec["Input"], code) if one.proposed]
            found = {one.value for one in days}
            right, wrong = wanted == found, not found <= wanted
            outcome = outcome.with_(right=right, wrong=wrong)
            if each and not right:
                print(f"  {spec['Input']!r}: {found}, not {wanted}")
        print(f"Recognizers-Text, {name + ':':<12} {outcome}")


def _days_in(spec: dict[str, object]) -> Iterator[str]:
    results = spec.get("Results") or ()
    for result in results:  # type: ignore[attr-defined]
        values = (result.get("Resolution") or {}).get("values") or ()
        yield from (
            value["timex"][:10]
            for value in values
            if re.match(r"\d{4}-\d\d-\d\d", value.get("timex", ""))
            and value["timex"][:4] in result["Text"]
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, prog="python -m tests.benchmarks.archives"
    )
    parser.add_argument("--historicaldate", type=Path, help="where the repository is")
    parser.add_argument("--recognizers", type=Path, help="where its Specs/DateTime is")
    parser.add_argument("--each", action="store_true", help="print each that is not right")
    args = parser.parse_args()
    if args.historicaldate:
        on_historicaldate(args.historicaldate, each=args.each)
    if args.recognizers:
        on_recognizers(args.recognizers, each=args.each)


if __name__ == "__main__":
    main()
