"""Measure the rule `not-in-passage`: change one word of an entry, and see whether it is found.

    python -m tests.benchmarks.claims --documents DIR [--wikiwars ZIP] [--mutations 1000] [--seed 1]

The entries are those of the shipped almanac, whose texts are in DIR, and with ``--wikiwars`` all
drafts out of the odd articles of WikiWars (wikiwars.py). In each mutation, one figure, year, day,
month or name of a title, a summary, a place or an answer is exchanged:

- a figure or year: another digit, one more or less, ten times, or any other of its size;
- a day or a month: any other;
- a name of a person or place: any other name of these entries that the entry's passages have not.

It is caught if `check` finds something in the words that were changed. Prints the share that was
caught of each kind, how many entries are found as they are, and how many entries a second are
checked. Targets: 99 % of figures and dates, 95 % of names; of the shipped entries at most one found
as it is; 1,000 entries a second.
"""

import argparse
import calendar
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Citation, Entry, Span
from onthisday.app.workspace import Workspace
from onthisday.checks.faults import Fault, is_silenced
from onthisday.checks.not_in_passage import KnownAlmanac, heard, opened, unsaid_faults
from onthisday.checks.saying.known_names import KnownNames
from onthisday.checks.saying.read_text import ReadText
from onthisday.checks.saying.said import Said
from onthisday.drafts.name_words import NO_NAME, ROLES
from onthisday.drafts.number_words import NUMBER_WORDS
from onthisday.schema.entry_schema import ENTRY
from onthisday.schema.shapes import Problem
from tests.benchmarks.wikiwars import articles

ROOT = Path(__file__).parents[2]

_MONTHS = tuple(calendar.month_name[1:])
_SPELLED = tuple(NUMBER_WORDS["en"].cardinals.split()[2:24])
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?= (?:{'|'.join(_MONTHS)}))|(?<=[a-z] )(\d{{1,2}})(?=,? \d{{4}})"
)
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b(?= \d|\b)")
_WORDS = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b")
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")


class Corpus(NamedTuple):
    """Entries, with their documents and the texts of these by id."""

    entries: tuple[Entry, ...]
    documents: dict[str, Document]
    texts: dict[str, str]


class Mutation(NamedTuple):
    """Words of an entry to exchange. ``answer``: the place of the account and the answer."""

    kind: str
    entry: Entry
    key: str
    answer: tuple[int, int] | None
    start: int
    end: int


def shipped(folder: Path) -> Corpus:
    """Return the shipped almanac with its texts."""
    library = Workspace(str(ROOT / "config.yaml")).almanac().library
    documents = {document.id: document for document in library.documents()}
    held = {name: folder / each.file for name, each in documents.items() if each.file}
    texts = {name: path.read_bytes().decode() for name, path in held.items() if path.exists()}
    return Corpus(tuple(library.entries()), documents, texts)


def drafted(archive: Path) -> Corpus:
    """Return the drafts of the odd articles, as entries."""
    from onthisday.cli import main  # the program as people use it

    texts = {f"w{each.number:02}": each.text for each in articles(archive) if each.number % 2}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / f"{name}.txt").write_bytes(text.encode())
        trees = _printed(main, ["draft", folder, "--format", "json"])
    entries = tuple(_entry(tree) for tree in trees)
    documents = {
        name: Document(name, name, None, None, None, "en", None, None, None, None, f"{name}.txt",
                       None) for name in texts
    }  # fmt: skip
    return Corpus(entries, documents, texts)


def _printed(main: Callable[[list[str]], int], words: list[str]) -> list[dict[str, object]]:
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(words)
    found = json.loads(out.getvalue())
    drafts: list[dict[str, object]] = found["drafts"] if isinstance(found, dict) else found
    return drafts


def _entry(tree: dict[str, object]) -> Entry:
    keys = {"id", "date", "title", "place", "kind", "tags"}
    kept = {key: value for key, value in tree.items() if key in keys and value}
    sources = [{k: v for k, v in each.items() if k in {"document", "locator"}}
               for each in tree["sources"]]  # type: ignore[attr-defined]  # fmt: skip
    for source in sources:
        source["document"] = str(source["document"]).removesuffix(".txt")
    problems: list[Problem] = []
    entry: Entry = ENTRY.read({**kept, "sources": sources}, (), problems)
    assert not problems, problems
    return entry


def judge(entry: Entry, almanac: KnownAlmanac, texts: dict[str, str]) -> list[Fault]:
    """Return what the rule finds in an entry, without what its curator silenced."""
    hearing = opened(entry, almanac)
    for name in dict.fromkeys(citation.document for citation in entry.citations):
        if name in texts:
            hearing = heard(hearing, entry, name, _passages(texts[name]))
    found = unsaid_faults(hearing, entry, almanac)
    return [fault for fault in found if not any(is_silenced(fault, s) for s in entry.silence)]


@cache
def _passages(text: str) -> Callable[[Citation], Said]:
    @cache
    def at(locator: tuple[Span, ...]) -> Said:
        words = "\n".join(text[start:end] for start, end in locator)
        return Said(ReadText(words or text, "en"))

    return lambda citation: at(citation.locator)


def mutations(entry: Entry, texts: Collection[str]) -> Iterator[Mutation]:
    """Yield every place of an entry that can be changed.

    ``texts``: the documents that are held. What an answer says of another one cannot be checked.
    """
    told: list[tuple[str, tuple[int, int] | None, str | None]] = [
        (key, None, getattr(entry, key)) for key in ("title", "summary", "place")
    ]
    told += [
        ("says", (i, j), answer.says)
        for i, account in enumerate(entry.accounts)
        for j, answer in enumerate(account.answers)
        if answer.citation.document in texts
    ]
    for key, answer, text in told:
        for kind, start, end in _places(text or "", is_name=key == "place"):
            yield Mutation(kind, entry, key, answer, start, end)


def _places(text: str, *, is_name: bool) -> Iterator[tuple[str, int, int]]:
    days = {match.start() for match in _DAY.finditer(text)}
    for match in _FIGURE.finditer(text):
        value = match[0].replace(",", "")
        is_year = len(match[0]) == 4 and 1000 <= float(value) <= 2100
        kind = "day" if match.start() in days else "year" if is_year else "figure"
        yield kind, *match.span()
    for kind, pattern in (("month", _MONTH), ("figure", _WORDS)):
        for match in pattern.finditer(text):
            yield kind, *match.span()
    for match in _NAME.finditer(text):
        word = match[0].casefold()
        if word not in NO_NAME["en"] | ROLES["en"] and (is_name or match.start() > 1):
            yield "name", *match.span()


def changed(mutation: Mutation, names: list[str], said: str, chance: random.Random) -> Entry:
    """Return the entry with the words exchanged."""
    answer = mutation.answer
    entry = mutation.entry
    text = (
        entry.accounts[answer[0]].answers[answer[1]].says
        if answer
        else getattr(entry, mutation.key)
    )
    old = text[mutation.start : mutation.end]
    new = _other(mutation.kind, old, names, said, chance)
    words = text[: mutation.start] + new + text[mutation.end :]
    if answer is None:
        changes: dict[str, Any] = {mutation.key: words}
        return entry._replace(**changes)
    account = entry.accounts[answer[0]]
    answers = list(account.answers)
    answers[answer[1]] = answers[answer[1]]._replace(says=words)
    accounts = list(entry.accounts)
    accounts[answer[0]] = account._replace(answers=tuple(answers))
    return entry._replace(accounts=tuple(accounts))


def _other(kind: str, old: str, names: list[str], said: str, chance: random.Random) -> str:
    while True:
        match kind:
            case "name":
                new = chance.choice(names)
                if new.casefold() in said.casefold():
                    continue
            case "month":
                new = chance.choice(_MONTHS)
            case "day":
                new = str(chance.randint(1, 28))
            case _ if old.isalpha():
                new = chance.choice(_SPELLED)
            case _:
                new = _other_number(old, chance)
        if new != old:
            return new


def _other_number(old: str, chance: random.Random) -> str:
    digits = [place for place, sign in enumerate(old) if sign.isdigit()]
    if chance.random() < 0.5 or "." in old:
        place = chance.choice(digits)
        new = chance.choice("123456789" if place == 0 else "0123456789")
        return old[:place] + new + old[place + 1 :]
    value = int(old.replace(",", ""))
    size = 10 ** len(digits)
    new_value = chance.choice(
        [value + 1, value - 1, value * 10, chance.randrange(size // 10, size)]
    )
    return f"{new_value:,}" if "," in old else str(new_value)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--wikiwars", type=Path)
    parser.add_argument("--mutations", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="print what was not caught")
    args = parser.parse_args()
    corpora = [shipped(args.documents), *([drafted(args.wikiwars)] if args.wikiwars else [])]
    for corpus, name in zip(corpora, ("shipped", "WikiWars"), strict=False):
        _as_they_are(corpus, name)
    _mutated(corpora, args)


def _almanac(corpus: Corpus) -> KnownAlmanac:
    told = [(each.title, each.summary, each.place) for each in corpus.entries]
    return KnownAlmanac(corpus.documents, KnownNames(told, "en").have, "en")


def _as_they_are(corpus: Corpus, name: str) -> None:
    almanac = _almanac(corpus)
    found = [entry for entry in corpus.entries if judge(entry, almanac, corpus.texts)]
    _passages.cache_clear()
    begun = time.process_time()
    for entry in corpus.entries:
        judge(entry, almanac, corpus.texts)
    speed = len(corpus.entries) / (time.process_time() - begun)
    print(f"{name}: {len(found)} of {len(corpus.entries)} entries found as they are;"
          f" {speed:,.0f} entries/s")  # fmt: skip


def _mutated(corpora: list[Corpus], args: argparse.Namespace) -> None:
    chance = random.Random(args.seed)
    every = [(one, corpus) for corpus in corpora for entry in corpus.entries
             for one in mutations(entry, corpus.texts)]  # fmt: skip
    kinds = {"figure": "figure", "name": "name", "year": "date", "day": "date", "month": "date"}
    by_kind: dict[str, dict[str, list[tuple[Mutation, Corpus]]]] = {}
    for one, corpus in every:
        of_entry = by_kind.setdefault(kinds[one.kind], {})
        of_entry.setdefault(one.entry.id, []).append((one, corpus))
    names = sorted({_text(one, one.entry)[one.start : one.end] for one, _ in every
                    if one.kind == "name"})  # fmt: skip
    almanacs = {id(corpus): _almanac(corpus) for corpus in corpora}
    tried, caught = Counter[str](), Counter[str]()
    for _ in range(args.mutations):
        of_entries = by_kind[chance.choice(sorted(by_kind))]
        mutation, corpus = chance.choice(of_entries[chance.choice(sorted(of_entries))])
        said = _said(mutation.entry, corpus)
        entry = changed(mutation, names, said, chance)
        paths = {fault.path for fault in judge(entry, almanacs[id(corpus)], corpus.texts)}
        key = (mutation.key,) if mutation.answer is None else None
        answer = mutation.answer and ("accounts", mutation.answer[0], "answers", mutation.answer[1],
                                      "says")  # fmt: skip
        tried[mutation.kind] += 1
        if (key or answer) in paths:
            caught[mutation.kind] += 1
        elif args.missed:
            print(mutation.kind, mutation.entry.id, key or answer, _text(mutation, entry))
    for kind in sorted(tried):
        share = caught[kind] / tried[kind]
        print(f"{kind:7} {caught[kind]:4} of {tried[kind]:4} caught, {share:.1%}")
    dates = [kind for kind in tried if kind != "name"]
    both = sum(caught[kind] for kind in dates) / max(1, sum(tried[kind] for kind in dates))
    print(f"figures and dates {both:.1%} (target 99 %), names "
          f"{caught['name'] / max(1, tried['name']):.1%} (target 95 %)")  # fmt: skip


def _said(entry: Entry, corpus: Corpus) -> str:
    return " ".join(
        corpus.texts[each.document][start:end]
        for each in entry.citations
        if each.document in corpus.texts
        for start, end in each.locator
    )


def _text(mutation: Mutation, entry: Entry) -> str:
    if mutation.answer is None:
        return str(getattr(entry, mutation.key))
    account, answer = mutation.answer
    return entry.accounts[account].answers[answer].says


if __name__ == "__main__":
    main()
