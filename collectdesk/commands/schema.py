"""``collectdesk schema``: JSON Schema of the gate's contract, a call, a way to pay, the house's settings, a report."""

from __future__ import annotations

import json as _json
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from collectdesk.commands.frame import Verb
from collectdesk.commands.options import Json
from collectdesk.errors import N_

app = Verb()


class Name(StrEnum):
    """The documents there is a schema of."""

    dial = "dial"
    decision = "decision"
    error = "error"
    call = "call"
    payment_channel = "payment_channel"
    house_settings = "house_settings"
    report = "report"


@app.command()
def schema(
    name: Annotated[
        Name,
        typer.Argument(
            metavar=N_("NAME"), help=N_("dial, decision, error, call, payment_channel, house_settings or report.")
        ),
    ],
    json: Json = False,
) -> None:
    """Print one schema; it is JSON with and without ``--json``."""
    del json
    from collectdesk.desk.house import schema as house_schema
    from collectdesk.gate import dial_schema
    from collectdesk.gate.schemas import decision_schema, error_schema
    from collectdesk.show.callschema import call_schema
    from collectdesk.show.creditors import channel_schema
    from collectdesk.show.reports.schema import report_schema

    known: dict[Name, Callable[[], dict[str, object]]] = {
        Name.dial: dial_schema,
        Name.decision: decision_schema,
        Name.error: error_schema,
        Name.call: call_schema,
        Name.payment_channel: channel_schema,
        Name.house_settings: house_schema,
        Name.report: report_schema,
    }
    sys.stdout.write(_json.dumps(known[name](), ensure_ascii=False, indent=2) + "\n")
