"""Run the command line with `python -m onthisday`."""

from onthisday.cli import run

run()
