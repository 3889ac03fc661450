"""A debt collector's desk in the terminal: no call without a permit, no permit against the rules."""

__version__ = "0.1.0"
