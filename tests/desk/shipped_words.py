"""The shipped texts of the product's words, read from the checkout once for all tests."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from collectdesk.desk.adopted_text import Lang
from collectdesk.desk.codes import Codes, compile_codes
from collectdesk.desk.consequences import Consequences, compile_consequences
from collectdesk.desk.reactions import Reactions, compile_reactions
from collectdesk.desk.safety import Safety, compile_safety
from collectdesk.desk.script_rules import compile_scripts
from collectdesk.desk.scripts import Scripts
from collectdesk.desk.wording import WordList, compile_wording

DATA = Path(__file__).parents[2] / "data"


def read(path: str) -> dict[str, Any]:
    """A fresh mapping of a shipped file, free to be changed."""
    return tomllib.loads((DATA / path).read_text(encoding="utf-8"))


@cache
def word_list(lang: Lang) -> WordList:
    return compile_wording(read(f"wording/{lang}.toml"))


@cache
def word_lists() -> tuple[WordList, ...]:
    return word_list("zh_CN"), word_list("en")


@cache
def scripts() -> Scripts:
    return compile_scripts(read("callscripts/zh_CN.toml"), read("callscripts/en.toml"))


@cache
def codes() -> Codes:
    return compile_codes(read("codes.toml"))


@cache
def reactions() -> Reactions:
    return compile_reactions(read("reactions.toml"))


@cache
def consequences() -> Consequences:
    return compile_consequences(read("consequences.toml"))


@cache
def safety() -> Safety:
    return compile_safety(read("safety.toml"))
