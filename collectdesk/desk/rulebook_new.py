"""A house rulebook begun from a template: the one that ships, or a blank one for places whose texts give no numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from collectdesk.desk.rulebook_lint import examples_name
from collectdesk.desk.shipped import listed, shipped
from collectdesk.errors import N_, NotFound

HOUSE = "rulebooks/house.toml"
TEMPLATES = "rulebooks/templates/*.toml"
_VERSION = re.compile(r'^version = "[^"]*"$', re.MULTILINE)


class Draft(NamedTuple):
    """A file to write and its text."""

    file: Path
    text: str


def templates() -> dict[str, str]:
    """The templates by name, each with its shipped file; the company's own as shipped comes first."""
    return {"house": HOUSE, **{path.rpartition("/")[2].removesuffix(".toml"): path for path in listed(TEMPLATES)}}


def drafts(file: Path, template: str, version: str) -> list[Draft]:
    """The rulebook and its examples as they are written: the template's, of a version of their own.

    Raises:
        NotFound: there is no such template.
    """
    found = templates()
    if template not in found:
        raise NotFound(
            "no_such_template",
            N_("There is no template of that name."),
            hint=N_("They are: {names}."),
            names=", ".join(found),
        )
    text = shipped(found[template]).decode()
    examples = shipped(examples_name(found[template])).decode()
    numbered = _VERSION.sub(f'version = "{version}"', text, count=1)
    return [Draft(file, numbered), Draft(Path(examples_name(str(file))), examples)]
