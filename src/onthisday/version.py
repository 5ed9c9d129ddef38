"""The version, for whoever must name it; apart, so that naming it imports nothing else."""

__version__ = "0.1.0"
