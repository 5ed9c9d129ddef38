"""Hypothesis strategies: entries and documents as curators may write them, valid and strange."""

from typing import Any

from hypothesis import strategies as st

from onthisday.almanac.entry import KINDS
from tests.core.edtf_texts import DAYS

Tree = dict[str, Any]

_MARKS = st.sampled_from(["", "'", "=", "+", "-", "@", "\t", "\n", "''=", "＝", " ", "[", '"'])
_PLAIN = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffe"
    ),
    min_size=1,
    max_size=30,
)
TEXTS = st.builds(
    "{}{}x{}".format, _MARKS, _PLAIN, st.sampled_from(["", "\n", "'", ",", ";", "\r"])
)
"""Texts that begin and end as no text should."""

_IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True)
_TAGS = st.from_regex(r"[a-zA-Z,;=@+\[\]ü-]{1,9}", fullmatch=True)
_WORDS = st.sampled_from(["stated", "reported", "rumoured"])
_SPANS = st.builds(lambda start, more: {"start": start, "end": start + more},
                   st.integers(0), st.integers(1))  # fmt: skip


def _some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    return st.fixed_dictionaries({}, optional=keys)


def _with(needed: Tree, **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    return st.fixed_dictionaries(needed, optional=optional)


_PLACES = st.one_of(
    _some(page=st.one_of(TEXTS, st.integers())),
    _some(locator=st.one_of(_SPANS, st.lists(_SPANS, max_size=3))),
    _some(quote=TEXTS),
)
_CITATIONS = st.builds(
    lambda cited, place: cited | place, _with({"document": _IDS}, **{"as": _WORDS}), _PLACES
)
_ANSWERS = st.builds(
    lambda answer, cited: answer | cited, _with({"says": TEXTS}, date=DAYS), _CITATIONS
)
_ACCOUNTS = _with({"question": TEXTS, "answers": st.lists(_ANSWERS, min_size=2, max_size=3)})
_SILENCE = _with({"rule": st.just("not-in-passage"), "reason": TEXTS})

ENTRIES = _with(
    {
        "id": _IDS,
        "date": DAYS,
        "title": TEXTS,
        "sources": st.lists(_CITATIONS, min_size=1, max_size=3),
    },
    calendar=st.just("gregorian"),
    as_written=TEXTS,
    kind=st.sampled_from(KINDS),
    summary=TEXTS,
    brief=TEXTS,
    place=TEXTS,
    tags=st.lists(_TAGS, max_size=4),
    tone=st.sampled_from(["solemn", "neutral", "festive"]),
    featured=st.booleans(),
    observe=st.just("03-01"),
    rule=st.just("easter-2"),
    updated=st.just("2026-03-01"),
    language=TEXTS,
    image=_with({"url": st.just("https://example.org/a.jpg")}, alt=TEXTS, credit=TEXTS),
    accounts=st.lists(_ACCOUNTS, max_size=2),
    corrections=st.lists(
        _with({"on": st.just("2026-03-01"), "was": TEXTS, "now": TEXTS, "why": TEXTS}), max_size=2
    ),
    languages=st.dictionaries(
        st.sampled_from(["it", "de", "fr"]), _some(title=TEXTS, summary=TEXTS), max_size=2
    ),
    silence=st.one_of(_SILENCE, st.lists(_SILENCE, max_size=2)),
)

BIRTHS = _with(
    {"id": _IDS, "date": st.just("1879-03-14"), "kind": st.just("birth"), "title": TEXTS,
     "sources": st.lists(_CITATIONS, min_size=1, max_size=1)},
    living=TEXTS,
    died=st.one_of(st.booleans(), st.just("1955-04-18")),
)  # fmt: skip

DOCUMENTS = _with(
    {"kind": st.just("document"), "id": _IDS, "title": TEXTS},
    author=TEXTS,
    publisher=TEXTS,
    published=DAYS,
    language=TEXTS,
    url=st.just("https://example.org/"),
    reference=TEXTS,
    rights=TEXTS,
    based_on=_IDS,
    file=TEXTS,
    sha256=st.just("0" * 64),
    proved=st.just("2026-03-01"),
    archived=st.just("https://example.org/kept"),
)
