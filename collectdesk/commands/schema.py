"""``collectdesk schema``: the contract's types as JSON Schema, for whoever asks the gate from another program."""

from __future__ import annotations

import json as _json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from collectdesk.commands.frame import Verb
from collectdesk.commands.options import Json
from collectdesk.errors import N_

app = Verb()


class Name(StrEnum):
    """The contract's documents."""

    dial = "dial"
    decision = "decision"
    error = "error"


@app.command()
def schema(
    name: Annotated[Name, typer.Argument(metavar=N_("NAME"), help=N_("dial, decision or error."))],
    json: Json = False,
) -> None:
    """Print one schema; it is JSON with and without ``--json``."""
    del json
    from collectdesk.gate import dial_schema
    from collectdesk.gate.schemas import decision_schema, error_schema

    known = {Name.dial: dial_schema, Name.decision: decision_schema, Name.error: error_schema}
    sys.stdout.write(_json.dumps(known[name](), ensure_ascii=False, indent=2) + "\n")
