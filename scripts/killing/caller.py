"""The process that is killed: it makes one call after the other and writes down each answer once it is acknowledged."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from collectdesk.desk.call import beginning, dialling, engine
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.simulated import PERSONAS, reply
from collectdesk.desk.office import Office
from killing.desk import sit_down

CASES = [f"A-{number}" for number in (*range(1001, 1003), *range(1004, 1008), *range(1009, 1016), *range(1019, 1023))]
"""Those of the practice desk whose materials are complete."""


def run(root: Path, kept: Path) -> int:
    """Call until killed."""
    office = sit_down(root)
    with kept.open("a", buffering=1) as acknowledged:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            prompt = _next(office)
            if prompt is None:
                return 0
            while not prompt.ended:
                prompt = _answer(office, prompt, acknowledged.fileno())


def _next(office: Office) -> Prompt | None:
    """The call that is open, else one to a case that may be called; they call us when none may."""
    held = beginning.open_call(office)
    if held is not None:
        return engine.current(office, held)
    for case in CASES:
        try:
            return beginning.start(office, case)
        except dialling.RefusedByGate:
            continue
    return beginning.inbound(office, CASES[0])


def _answer(office: Office, prompt: Prompt, acknowledged: int) -> Prompt:
    asked = prompt.question
    assert asked is not None
    raw = reply(prompt.call, asked, PERSONAS["cooperative"])
    seq = max((each.seq for each in prompt.call.answers), default=0) + 1
    after = engine.answer(office, prompt.call.id, raw, field=f"{asked.step}.{asked.field}")
    os.write(acknowledged, f"{prompt.call.id} {seq} {asked.step} {asked.field}\n".encode())
    return after
