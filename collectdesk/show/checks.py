"""Answers about many cases as lines of JSON and of CSV.

Cases told the same differ in their number alone: the rest of the line is made once for each answer. Nothing here
loads a table library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from collectdesk.desk.bookcheck import Answer, Objection, Told
from collectdesk.errors import N_
from collectdesk.lang import translate
from collectdesk.show.csvout import csv_lines
from collectdesk.show.jsonout import dumps

COLUMNS = ("case", "allowed", "next_allowed_at", "allowed_until", "blocks", "warnings", "error")
WRONG = {
    "no_such_case": N_("There is no such case on this desk."),
    "unreadable": N_("This line is not UTF-8 text, or too long for a case number."),
}
"""Why a line has no answer."""
_SAFE_IN_JSON = re.compile(r"[ !#-\[\]-~]*")
_SAFE_IN_CSV = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/#-]|\n(?=[A-Za-z0-9]))*")
REMEMBERED = 65_536

Document = dict[str, object]


class Lines:
    """Writes answers as lines, in the language given."""

    def __init__(self, lang: str) -> None:
        """Nothing is remembered yet."""
        self._lang = lang
        self._json = _Once(lambda answer: dumps(_facts(answer))[1:] + "\n")
        self._csv = _Once(lambda answer: "," + csv_lines([_cells(answer)]))

    def ndjson(self, told: Iterable[Told]) -> str:
        """A JSON document a line."""
        told = list(told)
        plain = _SAFE_IN_JSON.fullmatch("".join(code or "" for code, _ in told)) is not None
        rest = self._json
        return "".join(
            self._refusal(code)
            if answer is None
            else f'{{"case": "{code}", {rest(answer)}'
            if plain
            else f'{{"case": {dumps(code)}, {rest(answer)}'
            for code, answer in told
        )

    def csv(self, told: Iterable[Told]) -> str:
        """A line of CSV each, without the heading."""
        told = list(told)
        plain = _SAFE_IN_CSV.fullmatch("\n".join(code or "-" for code, _ in told)) is not None
        rest = self._csv
        return "".join(
            csv_lines([_unanswered(code)])
            if answer is None
            else f"{code}{rest(answer)}"
            if plain
            else f"{_cell(code)}{rest(answer)}"
            for code, answer in told
        )

    def document(self, code: str | None, answer: Answer | None) -> Document:
        """One case as plain JSON; where there is no answer, the error that says why."""
        if answer is not None:
            return {"case": code, **_facts(answer)}
        wrong = _wrong(code)
        said = translate(WRONG[wrong], self._lang)
        return {"schema": "collectdesk.error/1", "id": code, "code": wrong, "where": "$", "message": said}

    def _refusal(self, code: str | None) -> str:
        return dumps(self.document(code, None)) + "\n"


class _Once:
    """What is made of an answer, made once; answers told alike are one object."""

    def __init__(self, make: Callable[[Answer], str]) -> None:
        self._make = make
        self._made: dict[int, tuple[str, Answer]] = {}

    def __call__(self, answer: Answer) -> str:
        made = self._made.get(id(answer))
        if made is None:
            if len(self._made) >= REMEMBERED:
                self._made.clear()
            made = self._made[id(answer)] = self._make(answer), answer  # kept, so that its id stays its own
        return made[0]


def _facts(answer: Answer) -> Document:
    return {
        "allowed": answer.allowed,
        "next_allowed_at": answer.next_allowed_at,
        "allowed_until": answer.allowed_until,
        "blocks": [_objection(each) for each in answer.blocks],
        "warnings": [{"rule": each.rule, "code": each.code} for each in answer.warnings],
    }


def _objection(each: Objection) -> Document:
    return {"rule": each.rule, "code": each.code, "opens_at": each.opens_at, "released_by": each.released_by}


def _cells(answer: Answer) -> list[object]:
    rules = (" ".join(each.rule for each in found) for found in (answer.blocks, answer.warnings))
    return [answer.allowed, answer.next_allowed_at, answer.allowed_until, *rules, None]


def _unanswered(code: str | None) -> list[object]:
    return [code, *[None] * (len(COLUMNS) - 2), _wrong(code)]


def _wrong(code: str | None) -> str:
    return "unreadable" if code is None else "no_such_case"


def _cell(code: str | None) -> str:
    return csv_lines([[code]]).removesuffix("\r\n")
