"""The option `--config`, which the help of every command shows.

``cli/__init__.py`` reads the value of `--config` before any parser, because `--config` may be
anywhere in the command line.
"""

import argparse

CONFIG = "config.yaml"
"""The config file that is read if the person names no file."""


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add `--config` to a parser, so that the help shows it."""
    parser.add_argument("--config", metavar="FILE", help=f"the config file; default: {CONFIG}")
