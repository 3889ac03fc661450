"""The call script (话术): what is said at each step of a call, and who may hear it (policy articles 5 to 7, 9.3).

Each line is tagged with its audience. ``render`` is the disclosure lock's last door: it refuses a line its hearer may
not hear, and a line for which a variable is missing or blank; half a sentence is never printed. Scripts come from
adopted files only, one per language, with the same lines in each. What a file must satisfy is in ``script_rules``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collectdesk.desk.adopted_text import Cites, Confidence, Lang, Text, cited, weakest
from collectdesk.errors import N_, BadData, NotFound, NotPermitted

Hearer: TypeAlias = Literal["anyone", "debtor", "agent", "obligor", "payer"]
"""Who is on the line, as far as this call has established it; ``anyone`` until identity and basis are recorded.

``agent`` has a recorded authority; ``obligor`` is a guarantor, co-debtor, guardian or heir; ``payer`` a contact who
says he will pay.
"""

Step: TypeAlias = Literal[
    "opening", "party", "identity", "authority", "third_party", "disclosure", "consequence", "discussion", "plan",
    "promise", "callback", "not_convenient", "calm", "objection", "complaint", "stop_contact", "wrong_number",
    "emergency", "message", "closing",
]  # fmt: skip

Employer: TypeAlias = Literal["lender", "agency", "buyer", "law_firm"]
"""The desk's own kind (the contract's ``orgs[].kind``): an agency and a law firm speak on the creditor's behalf."""

Direction: TypeAlias = Literal["out", "in"]

LineId: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z_]+\.[a-z_]+$")]

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Line(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of the script.

    ``text`` is said by default; ``agency`` by an agency or law firm; ``inbound`` when the other side called, with
    ``inbound_agency`` for both. ``variables`` are those of all texts together. ``introduces``: the line in which the
    collector says for whom he calls. ``at_hand``: not part of the step's course, said when the talk calls for it.
    """

    id: LineId
    step: Step
    audience: tuple[Hearer, ...]
    speaks_of_debt: bool
    introduces: bool = False
    at_hand: bool = False
    variables: tuple[str, ...] = ()
    text: Text
    agency: Text | None = None
    inbound: Text | None = None
    inbound_agency: Text | None = None
    purpose: Text
    cite: tuple[str, ...]

    def texts(self) -> dict[str, str]:
        """Every text by its field's name."""
        named = {
            "text": self.text,
            "agency": self.agency,
            "inbound": self.inbound,
            "inbound_agency": self.inbound_agency,
        }
        return {name: text for name, text in named.items() if text is not None}

    def chosen(self, employer: Employer, direction: Direction) -> str:
        """The text this employer says on a call of this direction, placeholders and all."""
        on_behalf = employer in ("agency", "law_firm")
        if direction == "in" and self.inbound is not None:
            return self.inbound_agency if on_behalf and self.inbound_agency else self.inbound
        return self.agency if on_behalf and self.agency else self.text


class Script(Struct, frozen=True, kw_only=True, dict=True):
    """One language's script: plain data, to be stored and read back as JSON (msgspec)."""

    lang: Lang
    version: str
    title: str
    cites: Cites
    lines: tuple[Line, ...]

    @cached_property
    def by_id(self) -> dict[str, Line]:
        """Lines by id, in the order of the file."""
        return {line.id: line for line in self.lines}


class Scripts(Struct, frozen=True, kw_only=True):
    """The scripts in force, by language."""

    languages: dict[Lang, Script]


class RenderedLine(Struct, frozen=True, kw_only=True):
    """A line as it is to be said.

    ``template`` is the text before its variables went in; ``cite`` is worded in the script's language.
    """

    id: str
    step: Step
    lang: Lang
    version: str
    text: str
    template: str
    speaks_of_debt: bool
    purpose: str
    cite: str
    confidence: Confidence


def placeholders(text: str) -> tuple[str, ...]:
    """The variables ``text`` needs, in order, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def render(
    scripts: Scripts,
    line_id: str,
    *,
    hearer: Hearer,
    variables: Mapping[str, str],
    lang: Lang,
    employer: Employer,
    direction: Direction = "out",
) -> RenderedLine:
    """The line as the collector says it to ``hearer``.

    ``variables`` may hold more than the line needs. Values go in as they are: braces in a value mean nothing.

    Raises:
        NotFound: no script in ``lang``, or no such line.
        NotPermitted: ``hearer`` may not hear it (``line_not_for_hearer``).
        BadData: a variable is missing or blank (``line_variable_missing``).
    """
    script = _script(scripts, lang)
    line = _line(script, line_id)
    if not may_hear(line, hearer):
        raise NotPermitted(
            "line_not_for_hearer",
            N_("The line {line} may not be said to the person on this call."),
            hint=N_("First record who they are and on what basis they may know."),
            line=line.id,
            hearer=hearer,
        )
    template = line.chosen(employer, direction)
    return RenderedLine(
        id=line.id,
        step=line.step,
        lang=script.lang,
        version=script.version,
        text=_filled(line.id, template, variables),
        template=template,
        speaks_of_debt=line.speaks_of_debt,
        purpose=line.purpose,
        cite=cited(script.cites, line.cite, script.lang),
        confidence=weakest(script.cites, line.cite),
    )


def may_hear(line: Line, hearer: Hearer) -> bool:
    """Whether ``hearer`` is in the line's audience; a line for anyone is for all."""
    return "anyone" in line.audience or hearer in line.audience


def needed(scripts: Scripts, line_id: str, *, lang: Lang, employer: Employer, direction: Direction = "out") -> set[str]:
    """The variables ``render`` would need for this line.

    Raises:
        NotFound: no script in ``lang``, or no such line.
    """
    return set(placeholders(_line(_script(scripts, lang), line_id).chosen(employer, direction)))


def lines_for(scripts: Scripts, step: Step, *, hearer: Hearer, lang: Lang, at_hand: bool = False) -> tuple[Line, ...]:
    """The lines of a step that ``hearer`` may hear, in the order of the script.

    They are said one after the other; with ``at_hand``, those the talk may call for instead.

    Raises:
        NotFound: no script in ``lang``.
    """
    lines: Sequence[Line] = _script(scripts, lang).lines
    return tuple(line for line in lines if line.step == step and line.at_hand is at_hand and may_hear(line, hearer))


def _script(scripts: Scripts, lang: Lang) -> Script:
    script = scripts.languages.get(lang)
    if script is None:
        raise NotFound(
            "script_language_missing",
            N_("No call script has been adopted in this language ({lang})."),
            hint=N_("Adopt one, or choose another language for the call."),
            lang=lang,
        )
    return script


def _line(script: Script, line_id: str) -> Line:
    line = script.by_id.get(line_id)
    if line is None:
        raise NotFound("script_line_unknown", N_("The call script has no line {line}."), line=line_id)
    return line


def _filled(line_id: str, template: str, variables: Mapping[str, str]) -> str:
    for name in placeholders(template):
        if not variables.get(name, "").strip():
            raise BadData(
                "line_variable_missing",
                N_("The line {line} cannot be said: {variable} is not known."),
                hint=N_("Complete the case, then render the line again."),
                line=line_id,
                variable=name,
            )
    return PLACEHOLDER.sub(lambda found: variables[found[1]].strip(), template)
