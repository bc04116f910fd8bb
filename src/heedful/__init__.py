"""Heedful: from what went wrong to safer practice, with an honest answer to \"did it work?\"."""

__version__ = "0.1.0"
