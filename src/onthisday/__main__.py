"""`python -m onthisday`."""

from onthisday.cli import run

run()
