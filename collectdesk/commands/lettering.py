"""What the commands on letters ask for: what a template leaves open, and when something became of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.commands.opened import day, instant
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option

if TYPE_CHECKING:
    from collectdesk.desk.adopted_text import Lang
    from collectdesk.desk.notices.templates import Asked
    from collectdesk.desk.office import Office

DAY = 86_400


def pairs(given: Sequence[str]) -> dict[str, str]:
    """What was given as NAME=TEXT.

    Raises:
        UsageProblem: one is not written so.
    """
    found = {}
    for each in given:
        name, mark, value = each.partition("=")
        if not mark:
            raise UsageProblem("given_form", N_("--given is written NAME=TEXT."), hint="")
        found[name.strip()] = value
    return found


def complete(asked: Sequence[Asked], said: dict[str, str], asker: Asker) -> dict[str, str]:
    """What is given, the rest asked for."""
    from collectdesk.lang import current

    speak: Lang = "zh_CN" if current() == "zh_CN" else "en"
    for each in asked:
        if each.name not in said:
            said[each.name] = asker.text(each.title.in_(speak), flag=f"--given {each.name}=…")
    return said


def when(office: Office, on: str, asker: Asker) -> int:
    """When it happened: an instant, or the end of a day that is over; of today, now."""
    from collectdesk.commands.opened import local

    text = on or asker.text(_("When, such as 2026-11-24"), flag="--on")
    if "T" in text or ":" in text:
        return instant(text, "--on")
    wanted = day(text, "--on")
    assert wanted is not None
    if wanted == local(office.now()).date():
        return office.now()
    return instant(f"{wanted.isoformat()}T00:00", "--on") + DAY - 1


def templates_of(office: Office) -> list[Option]:
    """The letters this company may make."""
    from collectdesk.desk import adoption
    from collectdesk.lang import current

    with office.reader.connect() as connection:
        found = adoption.in_force(connection, "template", office.now())
    speak = "zh_CN" if current() == "zh_CN" else "en"
    ours = [each for each in found if office.company.kind in each.value.senders]
    return [Option(each.name, each.value.title.in_(speak)) for each in ours]
