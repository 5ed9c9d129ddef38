"""The version of the program. Code that needs only the version imports nothing else."""

__version__ = "0.1.0"
