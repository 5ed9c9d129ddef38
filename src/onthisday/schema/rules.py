"""The rules of `check`: the name, the severity and the meaning of each.

Why here: schema/ reads entries, and an entry can switch rules off by their names. So schema/ must
know the names.

Not here: the code of the rules. It stands in checks/. The code for broken files stands in schema/
and in adapters/files/.
"""

from typing import NamedTuple

from onthisday.errors import Severity


class Rule(NamedTuple):
    """A rule of `check`.

    - ``of``: where a curator may switch the rule off with ``silence:``. On an ``"entry"``, on a
      ``"document"``, on both, or nowhere. A rule that cannot be switched off finds only clear
      mistakes. Other rules can be wrong about an entry or a document, so a person decides.
    - ``by_text``: True if the rule needs the text of a document. Without the text it may find
      nothing.
    - ``by_asking``: True if the rule is applied only if somebody asks for it: `check --links`.
    - ``by_others``: True if the rule compares an entry or a document with others. If one of these
      cannot be read, it may find nothing.
    """

    name: str
    severity: Severity
    meaning: str
    of: tuple[str, ...] = ()
    by_text: bool = False
    by_others: bool = False
    by_asking: bool = False


_ENTRY, _DOCUMENT, _EITHER = ("entry",), ("document",), ("entry", "document")

_FILES = (
    Rule("unreadable", "error", "a file that the system does not let us read"),
    Rule("syntax", "error", "a file is not the YAML or JSON that its name says"),
    Rule("encoding", "error", "a file is not UTF-8"),
    Rule("size", "error", "a YAML file over 32 MB, a line over 1 MB"),
    Rule(
        "not-imported",
        "warning",
        "a table or the like in the almanac's folder that is not imported",
    ),
    Rule("cut-value", "warning", "a # that ends a value without quotes"),
    Rule("alias", "error", "a YAML alias, which is not read"),
    Rule("tag", "error", "a YAML tag, which is not read"),
    Rule("shape", "error", "a key that is unknown, missing or not what it must be"),
    Rule(
        "variable", "error", "an environment variable that is not set; a warning where not needed"
    ),
    Rule("mode", "warning", "a file with secrets that others may read"),
    Rule("zone", "error", "a time zone that does not exist"),
    Rule("date", "error", "a date that is no EDTF, or impossible"),
    Rule("sha256", "error", "what is no SHA-256"),
    Rule("duplicate", "error", "a key or an id that is there twice"),
    Rule("unknown-document", "error", "a document that is cited and not listed"),
    Rule("account", "error", "an account with fewer than two answers"),
    Rule("unused-key", "warning", "a key of a channel that its service does not use"),
    Rule("filter", "warning", "a channel's tag that no entry has"),
    Rule("token", "warning", "a channel's token that does not look like one of its service"),
    Rule("image-elsewhere", "warning", "a picture of another site, which a channel cannot show"),
    Rule("logo", "error", "a logo that is not there, too large, or could run a script"),
    Rule("apprise", "warning", "an address that Apprise does not know, or Apprise is missing"),
    Rule("silence", "warning", "a silence that silences nothing"),
)

_PASSAGES = (
    Rule("text", "error", "a text that is not the one that was cited"),
    Rule("locator", "error", "a passage that is outside its text, empty or blank"),
    Rule("proof", "error", "a passage that has not the sha256 beside its locator"),
    Rule("quote", "error", "a quotation that its text has not, or more than once"),
    Rule("moved", "error", "a passage that stands elsewhere in a text that changed"),
    Rule("changed", "error", "a passage that is no longer in a text that changed"),
    Rule("unproved", "warning", "passages whose text is not held"),
    Rule("no-locator", "warning", "a source that says not where, in a text that is held",
         _ENTRY, by_text=True),
    Rule("other-day", "warning", "words or a passage that name other days than the entry's",
         _ENTRY, by_text=True),
    Rule("not-in-passage", "warning", "a figure, a date or a name that no cited passage says",
         _ENTRY, by_text=True),
    Rule("guessed-day", "warning", "a 1st, a 15th or a 1 January whose passages name no day",
         _ENTRY, by_text=True, by_others=True),
    Rule("cited-twice", "warning", "a document cited twice at the same place", _ENTRY),
)  # fmt: skip

_ENTRIES = (
    Rule("exact-duplicate", "warning", "an entry in the same words as another of its day",
         _ENTRY, by_others=True),
    Rule("near-duplicate", "warning", "an entry in much the same words as another of its day",
         _ENTRY, by_others=True),
    Rule("two-dates", "warning", "one event on two days: a day or a calendar apart, or the month "
         "and the day exchanged", _ENTRY, by_others=True),
    Rule("future", "warning", "a date that is yet to come", _ENTRY),
    Rule("anachronism", "warning", "a document published before what it is cited for, or before "
         "the document that it is based on", _EITHER, by_others=True),
    Rule("no-day", "warning", "an entry that falls on no day, though it has a day somewhere",
         _ENTRY),
    Rule("living", "warning", "a birth that is published nowhere, because the person may be living",
         _ENTRY),
    Rule("correction", "warning", "a correction that changes nothing, is out of order, or is older "
         "than what it corrects", _ENTRY),
    Rule("correction-to-come", "warning", "a correction that is ignored until its day comes",
         _ENTRY),
    Rule("withdrawn", "warning", "an entry that is withdrawn, so it falls on no day", _ENTRY),
    Rule("no-disagreement", "warning", "an account whose answers do not differ", _ENTRY),
    Rule("not-independent", "warning", "documents that agree, and of which one follows another",
         _ENTRY, by_others=True),
    Rule("near-tag", "warning", "a tag that differs from another by case, hyphen or plural alone",
         _ENTRY, by_others=True),
    Rule("near-id", "warning", "an id that differs from another by case alone",
         _EITHER, by_others=True),
    Rule("image", "error", "a picture that is not there"),
    Rule("image-words", "warning", "a picture without its words, maker or licence", _ENTRY),
)  # fmt: skip

_DOCUMENTS = (
    Rule("language", "warning", "a language that is no BCP 47", _EITHER),
    Rule("untranslated", "warning", "texts that are not there in a language of the site or of a "
         "channel", _ENTRY),
    Rule("unused-document", "warning", "a document that nothing rests on",
         _DOCUMENT, by_others=True),
    Rule("same-text", "warning", "two documents with the same text", _DOCUMENT, by_others=True),
    Rule("dead-link", "warning", "an address where nothing is any more (with --links)", _EITHER,
         by_asking=True),
    Rule("unasked-link", "warning", "an address that gave no answer (with --links)", _EITHER,
         by_asking=True),
    Rule("based-on-loop", "error", "documents that follow each other in a circle"),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.name: rule for rule in (*_FILES, *_PASSAGES, *_ENTRIES, *_DOCUMENTS)}
"""Every rule, by its name. The first ones find errors that make an almanac unusable."""


BY_WORDS = ("not-in-passage",)
"""The rules that can be switched off for some words of an entry alone."""


def silenceable(what: str) -> tuple[str, ...]:
    """Return the names of the rules that can be silenced on an entry or on a document."""
    return tuple(name for name, rule in RULES.items() if what in rule.of)
