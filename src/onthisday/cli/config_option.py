"""`--config`, as the help of every command and of its actions names it.

``cli/__init__.py`` reads its value before any parser does, because it may stand anywhere.
"""

import argparse

CONFIG = "config.yaml"
"""The config file that is read if none is named."""


def add_config(parser: argparse.ArgumentParser) -> None:
    """Add `--config`, so that the help names it."""
    parser.add_argument("--config", metavar="FILE", help=f"the config file; default: {CONFIG}")
