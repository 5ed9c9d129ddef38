"""`onthisday schema`: print the JSON Schema of entries, documents, the config or occasions."""

import argparse
import json
from collections.abc import Callable
from typing import Any

from onthisday.schema.config_schema import CONFIG
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.view_schema import OCCASIONS

SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "entry": ENTRY.schema,
    "document": DOCUMENT.schema,
    "config": CONFIG.schema,
    "occasions": lambda: OCCASIONS,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `schema`."""
    parser.add_argument("what", choices=SCHEMAS, metavar="|".join(SCHEMAS))


def main(args: argparse.Namespace) -> int:
    """Run `schema`. Return the exit code."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"onthisday {args.what}",
        **SCHEMAS[args.what](),
    }
    print(json.dumps(schema, ensure_ascii=False, indent=2))
    return 0
