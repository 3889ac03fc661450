"""``collectdesk rules new``: a house rulebook to begin with, commented, with its examples; nothing is adopted."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.opened import local
from collectdesk.commands.options import Json, Yes
from collectdesk.commands.rules_app import app
from collectdesk.commands.session import session_of
from collectdesk.errors import N_, Cancelled, UsageProblem
from collectdesk.lang import _


def _templates(_session: object) -> list[str]:
    from collectdesk.desk.rulebook_new import templates

    return list(templates())


@app.command("new", help=N_("Begin a house rulebook from a template: a commented file, and its examples beside it."))
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The file to write: NAME.toml."))],
    template: Annotated[
        str,
        typer.Option(
            "--from",
            metavar=N_("TEMPLATE"),
            help=N_("house: as it ships; house-blank: for places whose texts give no numbers."),
            autocompletion=offers.among(_templates),
        ),
    ] = "house",
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Write both files; one that is there already is asked about."""
    from collectdesk.desk.rulebook_new import drafts
    from collectdesk.show.prompts import Asker

    file = Path(name if name.endswith(".toml") else f"{name}.toml")
    made = drafts(file, template, local(int(session_of(ctx).now().timestamp())).date().isoformat())
    there = [each.file.name for each in made if each.file.exists()]
    if there and not yes:
        _require_terminal(there)
        said = _("{files} is there already. Write over it?").format(files=", ".join(there))
        if not Asker().confirm(said, flag="--yes", default=False):
            raise Cancelled("cancelled", N_("Nothing was changed."))
    try:
        for each in made:
            each.file.write_text(each.text, encoding="utf-8")
    except OSError:
        raise UsageProblem(
            "file_not_written", N_("The file cannot be written there."), hint=N_("Check the path.")
        ) from None
    _tell(file, [str(each.file) for each in made], template, json=json)


def _require_terminal(there: list[str]) -> None:
    """Where nobody can be asked, what would be asked is said."""
    from collectdesk.show.terminal import interactive

    if not interactive():
        raise UsageProblem(
            "no_terminal",
            N_("{files} is there already."),
            hint=N_("Give --yes to write over it, or another name."),
            files=", ".join(there),
        )


def _tell(file: Path, files: list[str], template: str, *, json: bool) -> None:
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.rules_new/1", {"template": template, "files": files})
        return
    from collectdesk.show.desk import lines
    from collectdesk.show.words import listed

    lines(
        _("Written: {files}.").format(files=listed(files)),
        _("Change it, then: {command}").format(command=f"collectdesk rules lint {quote(str(file))}"),
        _("It binds once an admin adopts it: {command}").format(command=f"collectdesk rules adopt {quote(str(file))}"),
    )
