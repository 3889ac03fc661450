"""The adopted texts as a call uses them: script lines, codes, reactions, consequences, wording, safety cards.

Read once for the instant the call began, so that a text adopted in mid-call changes nothing on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, cast

import msgspec
from msgspec import Struct

from collectdesk.desk import adoption, consequences, house, scripts, wording
from collectdesk.desk.adopted_text import LANGS, Both, Lang
from collectdesk.desk.call.case_facts import Facts, facts_of
from collectdesk.desk.call.question import Choice, Pane, PaneRow, Plain, choices
from collectdesk.desk.call.variables import day
from collectdesk.desk.codes import Code, Codes, Field
from collectdesk.desk.house import HouseSettings
from collectdesk.desk.reactions import Reactions
from collectdesk.desk.safety import Safety
from collectdesk.desk.scripts import Employer, Hearer, Scripts, Step
from collectdesk.gate import Rulebook
from collectdesk.gate.kinds.require import Require
from collectdesk.store.case_rows import driver_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.call.state import Call

STATEMENT_DAYS = 3
ITEMS = {
    "id_last4": ("证件号码的后四位", "the last four characters of your identity document"),
    "birth_date": ("出生日期", "your date of birth"),
    "mobile_last4": ("预留手机号的后四位", "the last four digits of the mobile number on file"),
    "name": ("姓名", "your full name"),
    "contract_last4": ("编号的后四位", "the last four characters of the reference"),
}


class Telling(Struct, frozen=True):
    """A consequence that may be told now: its code, its line, what the line needs."""

    code: str
    line: str
    variables: dict[str, str]


class Library(Struct, frozen=True, kw_only=True, dict=True):
    """Every adopted text a call needs."""

    scripts: Scripts
    codes: Codes
    library: Reactions
    tellings: consequences.Consequences
    safety: Safety
    wordings: tuple[wording.WordList, ...]
    statement_days: int = STATEMENT_DAYS
    house: HouseSettings

    # ------------------------------------------------------------ script

    def lines(self, step: str, hearer: Hearer, lang: str) -> tuple[str, ...]:
        """The lines of a script step that ``hearer`` may hear."""
        found = scripts.lines_for(self.scripts, cast("Step", step), hearer=hearer, lang=cast("Lang", lang))
        return tuple(line.id for line in found)

    def at_hand(self, step: str, hearer: Hearer, lang: str) -> tuple[str, ...]:
        """The lines of a script step that are not of its course and that ``hearer`` may hear."""
        chosen = cast("Lang", lang)
        found = scripts.lines_for(self.scripts, cast("Step", step), hearer=hearer, lang=chosen, at_hand=True)
        return tuple(line.id for line in found)

    @property
    def purposes(self) -> frozenset[str]:
        """The lines every language's script has."""
        return frozenset.intersection(*(frozenset(script.by_id) for script in self.scripts.languages.values()))

    def purpose(self, line: str) -> dict[str, str]:
        """What a line is for, in every language there is a script of."""
        return {lang: script.by_id[line].purpose for lang, script in self.scripts.languages.items()}

    def speaks_of_debt(self, line: str, lang: str) -> bool:
        """Whether a line tells of the debt."""
        return self.scripts.languages[cast("Lang", lang)].by_id[line].speaks_of_debt

    def render(self, line: str, *, hearer: Hearer, variables: Mapping[str, str], call: Call) -> str:
        """A line in the call's language; the script itself refuses the wrong hearer and the missing variable."""
        return scripts.render(
            self.scripts,
            line,
            hearer=hearer,
            variables=variables,
            lang=cast("Lang", call.language),
            employer=_employer(call),
            direction="in" if call.inbound else "out",
        ).text

    def needs(self, line: str, call: Call) -> set[str]:
        """The variables a line needs on this call."""
        direction = "in" if call.inbound else "out"
        lang = cast("Lang", call.language)
        return scripts.needed(self.scripts, line, lang=lang, employer=_employer(call), direction=direction)  # type: ignore[arg-type]

    def version(self, lang: str) -> str:
        """The version of the script in that language."""
        return self.scripts.languages[cast("Lang", lang)].version

    def item(self, item: str, lang: str) -> str:
        """An identity item as it is asked for."""
        return ITEMS[item][lang == "en"]

    # ------------------------------------------------------------ codes

    def choices(self, field: Field, answers: Mapping[Field, str] | None = None) -> tuple[Choice, ...]:
        """The codes of a field that go with the answers given."""
        found = self.codes.fitting(field, answers or {})
        return tuple(Choice(code.code, label=both(code.label), note=both(code.help)) for code in found)

    def code(self, field: Field, code: str) -> Code:
        """One code with its flags."""
        return self.codes.get(field, code)

    def party_kind(self, code: str) -> str:
        """What a code of *party* makes of the other side, by its flags."""
        found = self.codes.get("party", code)
        if found.retires_number is not None:
            return "wrong_number"
        if found.hearer in ("debtor", "agent", "obligor"):
            return found.hearer
        return "third_party" if found.role is not None else "not_said"

    def only(self, field: Field, *codes: str) -> tuple[Choice, ...]:
        """Those of a field's codes that are meant in this place, in this order, as far as they are adopted."""
        known = {choice.code: choice for choice in self.choices(field)}
        return tuple(known[code] for code in codes if code in known)

    def bases(self) -> tuple[Choice, ...]:
        """Why somebody who is not on file may know: never on their own word more than what paying needs."""
        return tuple(
            choice for choice in self.choices("basis") if self.code("basis", choice.code).hearer in ("anyone", "payer")
        )

    def door(self, outcome: str) -> str | None:
        """The side door an outcome stands for."""
        code = self.codes.get("result", outcome)
        needs = {
            "emergency": code.needs_emergency,
            "complaint": code.needs_complaint,
            "objection": code.needs_objection,
        }
        named = next((door for door, needed in needs.items() if needed), None)
        if named is None and code.retires_number is not None:
            return "wrong_number"
        return named or ("stop_contact" if code.opens_hold == "cease" else None)

    def yes_no(self) -> tuple[Choice, ...]:
        """Yes or no."""
        return choices("yes", "no")

    # ------------------------------------------------------------ plan

    def goals(self) -> tuple[Choice, ...]:
        """What a call may be for."""
        return tuple(Choice(each.code, label=both(each.label)) for each in self.library.goals)

    def points(self) -> tuple[Choice, ...]:
        """What may be covered."""
        return tuple(Choice(each.code, label=both(each.label)) for each in self.library.points)

    def reactions(self) -> tuple[Choice, ...]:
        """Likely reactions, each with its strategy as the note."""
        return tuple(
            Choice(each.code, label=both(each.label), note=both(each.strategy)) for each in self.library.reactions
        )

    def strategy(self, code: str) -> dict[str, str]:
        """A reaction as it is kept with a plan."""
        return {"reaction": code, "strategy": self.library.get(code).code, "version": self.library.version}

    def reaction(self, code: str) -> tuple[dict[str, str], dict[str, str]]:
        """A reaction and how to meet it, in both languages."""
        found = self.library.get(code)
        return both(found.label), both(found.strategy)

    @cached_property
    def reactions_digest(self) -> str:
        """Which library a plan was made with."""
        return hashlib.sha256(msgspec.json.encode(self.library)).hexdigest()[:16]

    # ------------------------------------------------------------ wording and consequences

    def check(self, text: str) -> tuple[wording.Hit, ...]:
        """Forbidden wording in ``text``."""
        return wording.check(text, self.wordings)

    def reasons(self, hits: tuple[wording.Hit, ...], lang: str) -> str:
        """Why, each reason once."""
        found = [wording.explain(hit, self.wordings, cast("Lang", lang)).reason for hit in hits]
        return " / ".join(dict.fromkeys(found))

    def hits(self, text: str) -> Pane:
        """What the wording check found, as facts: the words, unless they are a number, and why they need care."""
        rows = [PaneRow("wording", "both", self._found(hit, text)) for hit in self.check(text)]
        return Pane("wording", tuple(_once(rows)))

    def _found(self, hit: wording.Hit, text: str) -> Plain:
        words = wording.words_of(hit, text, self.wordings)
        said = {"zh_CN": f"「{words}」：", "en": f'"{words}": '} if words else {}
        return {lang: said.get(lang, "") + wording.explain(hit, self.wordings, lang).reason for lang in LANGS}

    def consequences(self, call: Call) -> tuple[Telling, ...]:
        """The consequences whose condition holds on this case's facts, with what their lines need."""
        facts = facts_of(call.case, call.now)
        stated = [each.code for each in call.case.consequences]
        params = {each.code: each.params for each in call.case.consequences}
        found = consequences.applicable(self.tellings, cast("Facts", facts), stated=stated)
        return tuple(
            Telling(each.code, each.line, {**params.get(each.code, {}), **_worded(each, facts, call.language)})
            for each in found
        )


def load(connection: Connection, at: int) -> Library:
    """The texts in force at ``at``."""
    ask = driver_of(connection)
    books = adoption.rulebooks(ask, at)
    return Library(
        scripts=adoption.scripts(ask, at),
        codes=adoption.codes(ask, at),
        library=adoption.reactions(ask, at),
        tellings=adoption.consequences(ask, at),
        safety=adoption.safety(ask, at),
        wordings=tuple(adoption.wordings(ask, at)),
        statement_days=_statement_days(books),
        house=house.of(books),
    )


def both(text: Both | None) -> dict[str, str]:
    """A text as a mapping of languages."""
    return {} if text is None else {"zh_CN": text.zh_CN, "en": text.en}


def _worded(each: consequences.Consequence, facts: Facts, lang: str) -> dict[str, str]:
    """The facts a consequence's line says, as text."""
    found = consequences.said_of(each, facts)
    return {name: day(value, lang) if isinstance(value, date) else str(value) for name, value in found.items()}


def _statement_days(books: Iterable[Rulebook]) -> int:
    """The least age any rulebook in force allows a statement."""
    days = [
        rule.within_dates
        for book in books
        if not book.preset
        for rule in book.rule
        if isinstance(rule, Require) and rule.fact == "debt.statement" and rule.within_dates is not None
    ]
    return min(days, default=STATEMENT_DAYS)


def _employer(call: Call) -> Employer:
    return cast("Employer", call.case.company_kind or "agency")


def _once(rows: list[PaneRow]) -> list[PaneRow]:
    found: list[PaneRow] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return found
