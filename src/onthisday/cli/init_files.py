"""The files of a new almanac, in the language that is asked for. Called by init.py.

What people read in them is a message: comments, and the texts of the example entries. The keys are
the same in all languages.
"""

import textwrap
from datetime import date

from onthisday.locales.locale import Locale

_CONFIG = """\
# {check}
site:
  title: {title}
  url: {url}
  zone: {zone}          # {midnight}
  language: {language}
  tag: "{tag}"          # {never}
almanac: almanac
listen: 127.0.0.1:8080
channels: []
#  - name: history-room
#    type: slack                    # {services}
#    url: ${{SLACK_URL}}            # {secret}
#    at: "09:00"
"""

_DOCUMENTS = """\
# {about}
- id: our-notes
  title: {notes}
  published: "{today}"
- id: apollo-11-mission-report
  title: Apollo 11 Mission Report
  publisher: NASA Manned Spacecraft Center
{language}  published: "1969-11"
  reference: MSC-00171
"""

_ENTRIES = """\
# {about}
- id: almanac-begins
  date: "{today}"
  title: {begins}
  summary: {look}
  sources:
    - document: our-notes

- id: moon-landing
  date: "1969-07-20"
  title: {landing}
  summary: >
{told}
  place: {place}
  tags: [{tag}]
  sources:
    - document: apollo-11-mission-report
"""


def title(locale: Locale) -> str:
    """Return the title of a site that has no other."""
    # Translators: the title of a new site, as a newspaper would call such a column.
    return locale.pgettext("init", "On this day")


def config(locale: Locale, title: str, url: str, zone: str, tag: str) -> str:
    """Return the config."""
    return _CONFIG.format(
        title=_in_quotes(title),
        url=url,
        zone=zone,
        language=locale.tag,
        tag=tag,
        check=locale.pgettext(
            "init",
            "`onthisday check` says what is wrong with this file and with the almanac.",
        ),
        # Translators: said of the time zone.
        midnight=locale.pgettext("init", "whose midnight turns the feeds and pages"),
        # Translators: said of the tag of the site.
        never=locale.pgettext("init", "ids are made of it; never change it once people subscribe"),
        services=locale.pgettext("init", "`onthisday schema config` lists the services"),
        secret=locale.pgettext("init", "from the environment, so that no secret is in this file"),
    )


def documents(locale: Locale, today: date) -> str:
    """Return the documents of the example entries. The report is in English."""
    return _DOCUMENTS.format(
        today=today,
        language="" if locale.language == "en" else "  language: en\n",
        about=locale.pgettext(
            "init", "The documents that the almanac rests on. id and title are required."
        ),
        notes=_scalar(locale.pgettext("init", "Notes of the curators")),
    )


def entries(locale: Locale, today: date) -> str:
    """Return the example entries."""
    told = locale.pgettext(
        "init",
        "Neil Armstrong and Buzz Aldrin set the lunar module down in the Sea of Tranquility, "
        "while Michael Collins stayed in orbit above them.",
    )
    return _ENTRIES.format(
        today=today,
        about=locale.pgettext(
            "init",
            "Entries: one dated fact each, with its source. `onthisday schema entry` lists every "
            "key.",
        ),
        begins=_scalar(locale.pgettext("init", "This almanac begins")),
        look=_scalar(
            locale.pgettext("init", "An entry to look at, and to replace by the first of your own.")
        ),
        landing=_scalar(locale.pgettext("init", "Apollo 11 lands on the Moon")),
        told=textwrap.fill(told, 96, initial_indent="    ", subsequent_indent="    "),
        place=_scalar(locale.pgettext("init", "Sea of Tranquility")),
        # Translators: a tag of the entry: small letters, and no spaces.
        tag=locale.pgettext("init", "space"),
    )


def _scalar(text: str) -> str:
    """Return a text as YAML has it: in quotation marks, if it would mean something else."""
    is_plain = text[:1].isalpha() and ": " not in text and " #" not in text
    return text if is_plain and not text.endswith(":") else _in_quotes(text)


def _in_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
