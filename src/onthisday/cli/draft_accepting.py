"""`onthisday draft --accept`: show drafts. The person keeps, edits, rejects or skips each draft.

Each decision is written to disk before the next draft is shown, so the person may stop at any time.
If a draft is already an entry or was rejected, it is not shown again.

Called by draft.py.
"""

import os
import shlex
import shutil
import subprocess
import tempfile
import textwrap
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from onthisday.adapters.files import trees
from onthisday.adapters.files.rejections import Rejections
from onthisday.almanac.entry import Entry
from onthisday.app.workspace import Almanac, Workspace
from onthisday.characters import spaced
from onthisday.dates.calendars import CALENDARS, Calendar
from onthisday.drafts.proposal import Draft, Proposal
from onthisday.errors import NotSet
from onthisday.locales.locale import ENGLISH
from onthisday.schema.draft_format import draft_yaml, without_passages
from onthisday.service.proposing.accepting import ACCEPTED, entry_of, keep
from onthisday.service.proposing.drafting import ReadDocument, parted, rejections_of
from onthisday.views.date_words import month_and_day
from onthisday.views.historical_words import spoken
from onthisday.views.words import counted

_CHOICES = {
    "k": "keep: put it into the almanac as it is",
    "e": "edit: change it in your editor ($VISUAL or $EDITOR), then keep it",
    "s": "skip: leave it for later",
    "r": "reject: never propose it again",
    "p": "part: its documents speak of different things; decide on each by itself",
    "q": "quit: the next run goes on where you stopped",
}

_PROMPT = "[k]eep [e]dit [s]kip [r]eject [q]uit [?] "
_PROMPT_CALENDAR = "which calendar does the text count by? [j]ulian [g]regorian [b]ack [?] "
_PROMPT_PART = _PROMPT.replace("[q]", "[p]art [q]")


class Acceptance:
    """Asks a person about each draft. Writes each decision to disk at once."""

    def __init__(
        self,
        workspace: Workspace,
        almanac: Almanac,
        rejections: Rejections,
        read: tuple[ReadDocument, ...],
        ids: dict[str, str],
    ) -> None:
        self._source = workspace.source(almanac.site)
        self._library, self._rejections = almanac.library, rejections
        self._read, self._ids = read, ids
        self._registered = {document.id for document in almanac.library.documents()}
        self._taken: set[str] = set()

    @property
    def file(self) -> str:
        """The path of the file for accepted drafts, as a person would type it."""
        return self._source.shown(ACCEPTED)

    def run(self, drafts: tuple[Draft, ...]) -> Counter[str]:
        """Ask about each draft, until no draft is left or the person stops.

        Return how often the person made each choice.
        """
        waiting, decided = deque(drafts), Counter[str]()
        while waiting:
            print(f"\n{counted(len(waiting), 'draft')} to decide on")
            draft = self._renamed(waiting[0])
            choice = self._decided(draft)
            if choice == "q":
                break
            waiting.popleft()
            if choice == "p":
                waiting.extendleft(reversed(parted(draft)))
            decided[choice] += 1
        decided["left"] = len(waiting)
        return decided

    def _renamed(self, draft: Draft) -> Draft:
        """Return the draft with an id that no entry has. If needed, a number is added to the id."""
        number, found = 1, draft.id
        while found in self._taken or self._library.entry(found):
            number += 1
            found = f"{draft.id}-{number}"
        return draft._replace(id=found)

    def _decided(self, draft: Draft) -> str:
        """Show a draft, ask, and do what the person chooses. Return the choice."""
        print("\n".join(_shown(draft)))
        while True:
            choice = _asked(_PROMPT_PART if draft.suggested else _PROMPT)
            if choice in {"s", "q"} or (choice == "p" and draft.suggested):
                return choice
            if choice == "r":
                self._rejections.add(rejections_of(draft))
                return choice
            if choice == "k" and self._kept_in_calendar(draft):
                return choice
            if choice == "e" and self._edited(draft_yaml(draft, self._ids)):
                return "k"
            if choice not in {"k", "e"}:
                print("\n".join(f"  {key}  {meaning}" for key, meaning in _CHOICES.items()))

    def _kept_in_calendar(self, draft: Draft) -> bool:
        """Keep a draft as it is. If its text does not say the calendar, first ask the person."""
        if draft.lead.calendar is None:
            calendar = _calendar_of(draft.lead)
            if calendar is None:
                return False
            draft = draft.counted_by(calendar)
        return self._kept(draft_yaml(draft, self._ids))

    def _edited(self, text: str) -> bool:
        """Let the person edit a draft until it is a valid entry, or until the person gives up.

        Return True if the draft became an entry.
        """
        try:
            text = _edited_by_hand(text)
            while text.strip() and not self._kept(text):
                if not _asked_again():
                    return False
                text = _edited_by_hand(text)
        except NotSet as error:
            print(f"  {error}")
            return False
        return bool(text.strip())

    def _kept(self, text: str) -> bool:
        """Put an entry, written as YAML, into the almanac. If it is not valid, print why.

        Return True if the entry is in the almanac now.
        """
        kept = without_passages(text)
        found = self._entry(kept)
        if not isinstance(found, Entry):
            print("\n".join(f"  {wrong}" for wrong in found))
            return False
        new = keep(self._source, kept, found, self._read, self._ids, self._registered)
        self._registered.update(new)
        self._taken.add(found.id)
        return True

    def _entry(self, text: str) -> Entry | tuple[str, ...]:
        try:
            found = entry_of(trees.yaml_tree(text))
        except trees.Malformed as error:
            return (f"line {error.line}: {error}",)
        if not isinstance(found, Entry):
            return found
        if found.id in self._taken or self._library.entry(found.id):
            return (f'there is an entry "{found.id}" already; give it another id',)
        known = self._registered | set(self._ids.values())
        unknown = [c.document for c in found.citations if c.document not in known]
        return tuple(f'there is no document "{name}"' for name in unknown) or found


def accept(
    acceptance: Acceptance, drafts: tuple[Draft, ...], texts: str | None, folder: str
) -> int:
    """Ask about every draft that is not an entry yet, then print the result.

    Return the exit code. ``texts``: the config's folder for texts, or None. ``folder``: the folder
    with the documents.
    """
    new = tuple(draft for draft in drafts if draft.entry is None)
    if len(new) < len(drafts):
        print(f"{counted(len(drafts) - len(new), 'draft')} in the almanac already")
    decided = acceptance.run(new)
    print(f"\nkept {decided['k']}, rejected {decided['r']}, left {decided['s'] + decided['left']}")
    if decided["k"]:
        print(f"What was kept is in {acceptance.file}: write each summary there in your own words.")
        option = "" if texts else f" --documents {shlex.quote(folder)}"
        print(f"  onthisday check{option}      proves every passage")
        if not texts:
            print(
                f"`texts: {folder}` in the config makes that the default, and shows it to readers."
            )
    return 0


def _shown(draft: Draft) -> Iterator[str]:
    lead = draft.lead
    date = spoken(ENGLISH, lead.historical)
    yield " · ".join(filter(None, (date, lead.kind, draft.place)))
    yield from _wrapped(lead.title, "")
    if lead.calendar is None:
        yield from _wrapped("The text does not say its calendar; keep asks for it.", "  ? ")
    if draft.people:
        yield from _wrapped(f"People: {', '.join(draft.people)}", "  ")
    if draft.may_live:
        living = "The person may be living. It is published nowhere until you say why it may be"
        yield from _wrapped(f"{living} (living:), or that the person has died (died:).", "  ")
    if draft.suggested:
        yield from _wrapped("Several documents; that they speak of one thing is a guess.", "  ")
    for proposal in draft.proposals:
        for passage in proposal.passages:
            inferred = "" if passage.year_from == "written" else " (the year is inferred)"
            yield from _wrapped(f"{proposal.document}{inferred}: “{passage.exact}”", "  ")
    for question in draft.questions:
        answers = (f"{given.figure.words} ({name})" for name, given in question.answers)
        yield from _wrapped(f"{question.question} {' / '.join(answers)}", "  ? ")


def _wrapped(text: str, indent: str) -> list[str]:
    width = min(100, shutil.get_terminal_size().columns)
    return textwrap.wrap(
        " ".join(spaced(text).split()),
        width,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
    )


def _asked(choices: str) -> str:
    """Show the choices and return the letter that the person types. The end of input means quit."""
    try:
        return input(choices).strip().casefold()[:1] or "?"
    except EOFError:
        print()
        return "q"


def _calendar_of(lead: Proposal) -> Calendar | None:
    """Ask which calendar a date is of. Return None if the person does not know it."""
    days = dict(zip(CALENDARS, lead.civil_days, strict=True))
    while (choice := _asked(_PROMPT_CALENDAR)) not in {"b", "q"}:
        for calendar, day in days.items():
            if choice == calendar[0]:
                return calendar
            print(f"  {calendar[0]}  {calendar}: it is remembered on {month_and_day(ENGLISH, day)}")
        print("  b  back: you do not know, so decide anew")
    return None


def _asked_again() -> bool:
    """Ask whether to edit again, until the answer is yes or no. The end of input means no."""
    while (choice := _asked("edit it again? [y/n] ")) not in {"y", "n", "q"}:
        print("  y  edit it again\n  n  leave it, and decide anew")
    return choice == "y"


def _edited_by_hand(text: str) -> str:
    """Open a text in the person's editor, and return the text that the person saved.

    Raises NotSet if no editor can be started.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    editor = named or next(filter(shutil.which, ("nano", "vi")), None)
    if editor is None:
        raise NotSet("no editor is known; set EDITOR, or keep the draft and edit the almanac")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "draft.yaml"
        file.write_text(text, "utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(file)], check=False)  # noqa: S603 - their editor
        except (OSError, ValueError) as error:  # ValueError: EDITOR has only one quotation mark
            raise NotSet(
                f'the editor "{editor}" cannot be started; set EDITOR to another'
            ) from error
        return file.read_text("utf-8", "replace")
