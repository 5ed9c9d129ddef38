"""The table of speed: what is measured, how, and how it is printed.

A row says what is measured (rows.py). A module for each part of the program measures it beside
other programs, in turns in one run: today.py, compiling.py, and so on. printing.py makes Markdown
of the lines, page.py puts them into docs/speed.md. `python -m tests.benchmarks` calls all of it.
"""
