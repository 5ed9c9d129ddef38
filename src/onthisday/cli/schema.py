"""`onthisday schema`: print the JSON Schema of entries, the config, occasions and all answers."""

import argparse

from onthisday.site.schemas import SCHEMAS, schema_text


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `schema`."""
    parser.add_argument("what", choices=SCHEMAS, metavar="|".join(SCHEMAS))


def main(args: argparse.Namespace) -> int:
    """Run `schema`. Return the exit code."""
    print(schema_text(args.what))
    return 0
