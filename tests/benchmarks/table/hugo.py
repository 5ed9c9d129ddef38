"""The same almanac as a site for Hugo, a program that makes static sites: data and templates.

It gets the pages that `build` writes: each entry, tag, document and day as HTML; entries and days
as JSON too; citations of each entry; feeds and a calendar of each tag. The templates are as small
as they can be, so Hugo has less to do than ours. It writes no compressed copies.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.realistic import Tree

_CONFIG = """\
baseURL = "https://example.net/"
title = "A realistic almanac"
disableKinds = ["404", "sitemap"]
[taxonomies]
tag = "tags"
book = "documents"
day = "days"
[mediaTypes."text/calendar"]
suffixes = ["ics"]
[mediaTypes."text/x-bibtex"]
suffixes = ["bib"]
[outputFormats.ATOM]
mediaType = "application/atom+xml"
baseName = "feed"
[outputFormats.RSS]
mediaType = "application/rss+xml"
baseName = "feed"
[outputFormats.JSONFEED]
mediaType = "application/json"
baseName = "feed"
isPlainText = true
[outputFormats.CALENDAR]
mediaType = "text/calendar"
baseName = "calendar"
isPlainText = true
[outputFormats.BIB]
mediaType = "text/x-bibtex"
baseName = "cite"
isPlainText = true
[outputFormats.CSL]
mediaType = "application/json"
baseName = "cite"
isPlainText = true
[mediaTypes."application/atom+xml"]
suffixes = ["atom"]
[mediaTypes."application/rss+xml"]
suffixes = ["rss"]
[outputs]
home = ["HTML", "RSS", "ATOM", "JSONFEED", "CALENDAR"]
page = ["HTML", "JSON", "BIB", "CSL"]
section = ["HTML"]
taxonomy = ["HTML"]
term = ["HTML", "JSON"]
"""

_HEAD = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<link rel="stylesheet" href="/style.css"></head><body><header><a href="/">{{ site.Title }}</a>
<nav><a href="/entries/">Entries</a> <a href="/tags/">Tags</a> <a href="/days/">Days</a></nav>
</header><main><h1>{{ .Title }}</h1>
"""

_FOOT = "</main></body></html>\n"

_ENTRY = """\
<p><time>{{ .Params.date_written }}</time> {{ .Params.place }}</p>
<div>{{ .Content }}</div>
<ul>{{ range .Params.tags }}<li><a href="/tags/{{ . }}/">{{ . }}</a></li>{{ end }}</ul>
<h2>Sources</h2>
<ul>{{ range .Params.sources }}<li><a href="/documents/{{ .document }}/">The {{ .document }}</a>,
{{ .as }}{{ with .page }}, p. {{ . }}{{ end }}</li>{{ end }}</ul>
{{ range .Params.accounts }}<h3>{{ .question }}</h3><ul>{{ range .answers }}
<li>{{ .says }} ({{ .document }})</li>{{ end }}</ul>{{ end }}
"""

_LIST = """\
<ol>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{ .Params.date_written }}</li>{{ end }}</ol>
"""

_TEMPLATES = {
    "single.html": f"{_HEAD}{_ENTRY}{_FOOT}",
    "list.html": f"{_HEAD}{_LIST}{_FOOT}",
    "single.json": '{"title": {{ .Title | jsonify }}, "summary": {{ .Plain | jsonify }}, '
    '"tags": {{ .Params.tags | jsonify }}, "sources": {{ .Params.sources | jsonify }}}\n',
    "list.json": '{"entries": [{{ range $i, $e := .Pages }}{{ if $i }}, {{ end }}'
    '{"title": {{ .Title | jsonify }}, "url": {{ .Permalink | jsonify }}}{{ end }}]}\n',
    "single.bib": "@misc{ {{- .File.BaseFileName -}}, title={ {{- .Title -}} }}\n",
    "single.csl.json": '[{"title": {{ .Title | jsonify }}, "URL": {{ .Permalink | jsonify }}}]\n',
    "list.jsonfeed.json": '{"title": {{ .Title | jsonify }}, "items": ['
    '{{ range $i, $e := first 100 .Pages }}{{ if $i }}, {{ end }}{"title": {{ .Title | jsonify }}, '
    '"url": {{ .Permalink | jsonify }}, "content_text": {{ .Plain | jsonify }}}{{ end }}]}\n',
    "list.atom.atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title>'
    "{{ range first 100 .Pages }}<entry><id>{{ .Permalink }}</id><title>{{ .Title }}</title>"
    "<content>{{ .Plain }}</content></entry>{{ end }}</feed>\n",
    "list.rss.rss": '<rss version="2.0"><channel><title>{{ .Title }}</title>'
    "{{ range first 100 .Pages }}<item><guid>{{ .Permalink }}</guid><title>{{ .Title }}</title>"
    "<description>{{ .Plain }}</description></item>{{ end }}</channel></rss>\n",
    "list.calendar.ics": "BEGIN:VCALENDAR\n{{ range .Pages }}BEGIN:VEVENT\nUID:{{ .Permalink }}\n"
    "SUMMARY:{{ .Title }}\nRRULE:FREQ=YEARLY\nEND:VEVENT\n{{ end }}END:VCALENDAR\n",
}

_FOR_TAGS = ["HTML", "RSS", "ATOM", "JSONFEED", "CALENDAR"]


def write_hugo(folder: Path, config: Path) -> Path:
    """Write a site for Hugo with the entries of an almanac. Return its folder."""
    templates, entries = folder / "layouts" / "_default", folder / "content" / "entries"
    for each in (templates, entries):
        each.mkdir(parents=True)
    (folder / "config.toml").write_text(_CONFIG, encoding="utf-8")
    (folder / "layouts" / "index.html").write_text(_TEMPLATES["list.html"], encoding="utf-8")
    for name, text in _TEMPLATES.items():
        (templates / name).write_text(text, encoding="utf-8")
    tags = set[str]()
    with (config.parent / "almanac" / "entries.jsonl").open(encoding="utf-8") as lines:
        for tree in map(json.loads, lines):
            (entries / f"{tree['id']}.md").write_text(_content(tree), encoding="utf-8")
            tags.update(tree["tags"])
    for tag in tags:
        (folder / "content" / "tags" / tag).mkdir(parents=True)
        said = json.dumps({"title": tag, "outputs": _FOR_TAGS})
        (folder / "content" / "tags" / tag / "_index.md").write_text(said, encoding="utf-8")
    return folder


def _content(tree: Tree) -> str:
    """Return an entry as Hugo's content: what it says in JSON, then the text."""
    said = {
        "title": tree["title"],
        "slug": tree["id"],
        "date_written": tree["date"],
        "place": tree.get("place", ""),
        "tags": tree["tags"],
        "documents": [each["document"] for each in tree["sources"]],
        "days": list(_day(tree["date"])),
        "sources": tree["sources"],
        "accounts": tree.get("accounts", []),
    }
    return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n\n{tree.get('summary', '')}\n"


def _day(written: str) -> Iterator[str]:
    """Yield the month and the day of a date that has them: 02-25."""
    found = re.fullmatch(r"-?\d{4}-(\d\d-\d\d)", written)
    if found:
        yield found[1]
