"""The JSON Schema of all that people write and of all JSON that the site answers.

`onthisday schema` prints them, the site publishes them as `/schemas/NAME.json`, and openapi.py
takes them in. Used by schema_pages.py.
"""

import json
from collections.abc import Callable
from typing import Any

from onthisday.almanac.document import Document
from onthisday.citing.csl import CslItem
from onthisday.delivery.health import Health
from onthisday.feeds.jsonfeed import JsonFeed
from onthisday.feeds.wikipedia import OnThisDay
from onthisday.schema.config_schema import CONFIG
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.type_schema import schema_of, with_keys
from onthisday.schema.view_schema import OCCASIONS
from onthisday.search.as_json import FoundJson
from onthisday.site.browser_index import Told
from onthisday.site.faults import Problem
from onthisday.site.search_pages import Manifest, Refusal

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

WRITTEN: dict[str, Callable[[], Json]] = {
    "entry": ENTRY.schema,
    "document": DOCUMENT.schema,
    "config": CONFIG.schema,
}
"""What people write."""

ANSWERED: dict[str, Callable[[], Json]] = {
    "occasions": lambda: OCCASIONS,
    "cited-document": lambda: with_keys(schema_of(Document), entries=list[str]),
    "csl": lambda: schema_of(list[CslItem]),
    "jsonfeed": lambda: schema_of(JsonFeed),
    "wikipedia": lambda: schema_of(OnThisDay),
    "problem": lambda: schema_of(Problem),
    "search": lambda: schema_of(FoundJson | Manifest | Refusal),
    "search-words": lambda: schema_of(dict[str, list[list[int]]]),
    "search-entries": lambda: schema_of(list[Told]),
    "healthz": lambda: schema_of(Health),
    "schema": lambda: {"type": "object", "description": "A JSON Schema or an OpenAPI document."},
}
"""What the site answers."""

SCHEMAS = WRITTEN | ANSWERED


def schema_text(name: str, address: str | None = None) -> str:
    """Return a schema as JSON. ``address``: where it is published."""
    head = {"$schema": DIALECT, "$id": address, "title": f"onthisday {name}"}
    whole = {key: value for key, value in head.items() if value} | SCHEMAS[name]()
    return json.dumps(whole, ensure_ascii=False, indent=2)
