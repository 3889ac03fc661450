"""The word ``rules``, to which its commands are added, each from its own module."""

from __future__ import annotations

from collectdesk.commands.frame import Noun

app = Noun()
