"""Measure `draft` on texts that were made to be slow, each in three sizes.

    python -m tests.benchmarks.hostile [--kilobytes 100 1000 4000] [--only quotes dates …]

Each text is one thing again and again: no blank, no line break, a megabyte of digits, of quotes, of
dates. Prints milliseconds a KB for each size, and how much the largest size takes of the smallest
one's time a KB. Targets: that does not grow, and at most 1 ms/KB. Texts of dates alone take more:
each date is read, judged and cited, and there are ninety in a KB.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from onthisday.service.proposing.drafting import read_for
from onthisday.texts.extract import DocumentText, TextPart

_ORDINALS = [
    "first",
    "second",
    "third",
    "twenty-first",
    "twenty",
    "thirtieth",
    "hundred",
    "thousand",
    "million",
    "and",
]

REPEATED = {
    "blanks": " ", "line breaks": "\n", "CR LF": "\r\n", "tabs": "\t", "form feeds": "\f",
    "one letter": "a", "one capital": "A", "zeros": "0", "quotes": '"', "apostrophes": "'",
    "dots": ".", "dots and blanks": ". ", "dashes": "-", "commas": ",", "brackets": "([",
    "soft hyphens": "\u00ad", "parted words": "a-\n", "initials": "A. ", "abbreviations": "e.g. ",
    "accents": "e\u0301", "names": "Anna ", "Roman numerals": "XX ", "one long numeral": "X",
    "a long number word": "fünfundzwanzig", "number words": "fünf und zwanzig ",
    "months": "February ", "months without blanks": "February", "days": "25 and ", "years": "1956 ",
    "clock times": "12:30 ", "the next day": "the next day ", "born": "born ", "until": "until ",
    "dates": "25 February 1956, ", "dates without blanks": "25February1956",
    "dates in numbers": "25.02.1956 ", "ISO dates": "1956-02-25 ",
    "dates in Russian": "25 февраля 1956 года ", "dates of Quakers": "1st day of the 2nd month ",
    "lives": "Anna Weber (born 1 May 1900; died ", "old style": "25 February (O.S.) ",
    "a table": "| 25 February 1956 | it was |\n", "a chronology": "- 25 February 1956: it was.\n",
    "Chinese": "年月日", "emoji": "😀", "lines": "a line of words that has no date\n",
}  # fmt: skip


def texts() -> Iterator[tuple[str, Callable[[int], str]]]:
    """Yield the name of each text, and what makes it in any size."""
    for name, unit in REPEATED.items():
        yield name, lambda size, unit=unit: (unit * (size // len(unit) + 1))[:size]  # type: ignore[misc]
    yield "digits", lambda size: "".join(Random(1).choices("0123456789", k=size))
    yield "capitals", lambda size: "".join(Random(2).choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=size))
    yield "ordinals", lambda size: " ".join(Random(3).choices(_ORDINALS, k=size // 7))
    yield "ordinals in one word", lambda size: "".join(Random(4).choices(_ORDINALS, k=size // 6))
    yield "any letters", lambda size: "".join(map(chr, Random(5).choices(range(32, 1120), k=size)))


def pace(text: str) -> float:
    """Return how many milliseconds of the processor a KB takes."""
    document = DocumentText("a.txt", "", iter((TextPart(0, text),)))
    begun = time.process_time()
    read_for("all", "a.txt", lambda: document)
    return (time.process_time() - begun) * 1000 / (len(text.encode()) / 1024)


def main() -> None:
    """Measure and print, text by text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kilobytes", type=int, nargs="+", default=[100, 1000, 4000])
    parser.add_argument("--only", nargs="+", help="names of texts")
    options = parser.parse_args()
    pace("On 25 February 1956 it was read. Am 3. Mai 1901 kam er. 4 мая 1901 года.")
    for name, make in texts():
        if options.only and name not in options.only:
            continue
        paces = [pace(make(size * 1000)) for size in options.kilobytes]
        shown = "".join(f"{each:9.3f}" for each in paces)
        print(f"{name:22}{shown} ms/KB  x {paces[-1] / paces[0]:.2f}", flush=True)


if __name__ == "__main__":
    main()
