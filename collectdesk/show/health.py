"""Findings of ``ready`` and ``doctor``: a mark, a sentence, and below it what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.lang import _
from collectdesk.show.terminal import marks

if TYPE_CHECKING:
    from collectdesk.desk.health import Check


def checks_text(checks: Sequence[Check], *, verdict: str) -> None:
    """All findings, then the verdict in one line."""
    from collectdesk.show.safe import safe
    from collectdesk.show.terminal import out
    from collectdesk.show.width import wrap

    console, signs = out(), marks()
    mark = {"ok": signs.yes, "note": signs.warn, "bad": signs.no}
    room = min(console.width, 100) - 5
    for check in checks:
        first, *rest = wrap(safe(said(check)), room)
        console.print(f" {mark[check.state]} {first}", soft_wrap=True)
        for line in rest:
            console.print(f"   {line}", soft_wrap=True)
        if check.remedy:  # never broken, so that a command can be copied
            console.print(f"     {safe(remedy(check))}", soft_wrap=True)
    console.print()
    console.print(f" {verdict}", soft_wrap=True)


def checks_json(schema: str, checks: Sequence[Check], *, sound: bool) -> None:
    """One document with the verdict and every finding."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "code": check.code,
            "state": check.state,
            "message": said(check),
            "remedy": remedy(check),
            "params": check.params,
        }
        for check in checks
    ]
    emit(schema, {"sound": sound, "checks": rows})


def said(check: Check) -> str:
    """What was found, in words."""
    from collectdesk.show.lacking import lacking_words

    params = dict(check.params)
    if "missing" in params:
        params["missing"] = lacking_words(str(params["missing"]).split(", "))
    return _(check.message).format_map(params)


def remedy(check: Check) -> str:
    """What to do about it."""
    return _(check.remedy).format_map(check.params) if check.remedy else ""
