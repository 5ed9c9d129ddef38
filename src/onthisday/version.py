"""The version of the program. It has a module of its own, so that nothing else is imported."""

__version__ = "0.1.0"
