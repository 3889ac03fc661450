"""What a lint found, in words: where, what is wrong, what would fit, and the line with a caret under the token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from shlex import quote
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _, current, ngettext, translate
from collectdesk.show.differences import difference_words
from collectdesk.show.safe import safe
from collectdesk.show.terminal import marks, out
from collectdesk.show.unreadable import OTHERWISE, SENTENCES, SHAPES
from collectdesk.show.width import cells, cut

if TYPE_CHECKING:
    from rich.console import Console

    from collectdesk.desk.rulebook_lint import Linted, Located

LEVELS = {"error": N_("error"), "warning": N_("note")}

FEW = 5
"""Examples that come out otherwise which a lint shows one by one."""

REMARKS = {
    "not_toml": N_("This is not TOML: {problem}."),
    "not_a_rulebook": N_("This is a text of another kind ({schema}), not a rulebook."),
    "unknown_field": N_("There is no field {field} here."),
    "missing_field": N_("The field {field} is missing here."),
    "not_a_value": N_("This is none of the words that may stand here: {known}."),
    "wrong_value": N_("{problem}."),
    "same_id": N_("Another rule is called {id} already."),
    "unknown_zone": N_("No data for this time zone."),
    "unknown_calendar": N_("There is no calendar of {region}. There are: {known}."),
    "calendar_needed": N_("The rule {rule} goes by kinds of days, and the rulebook names no calendar."),
    "no_citation": N_("The rule {rule} cites no source."),
    "language_missing": N_("{field} says nothing in {language}."),
    "hours_overlap": N_("These hours overlap others of the same days: {other} and {one}."),
    "not_house_status": N_("A rule of the house is no {status}: its status is house."),
    "examples_missing": N_("There are no worked examples beside it ({file})."),
    "examples_of_another": N_("These are examples of {named}, not of {id}."),
    "example_unreadable": N_("This example is no question: {problem}."),
    "example_differs": N_("This example comes out otherwise: {difference}."),
    "never_objects": N_("No example makes the rule {rule} object."),
    "never_passes": N_("No example passes the rule {rule}."),
    "loosens": N_("This loosens {against}: {field} was {theirs}, here {ours}."),
    "rule_gone": N_("This loosens {against}: the rule is gone."),
    "exceeds": N_("This allows more than {against}: {field} {ours}, there {theirs}."),
    "not_ours": N_("This text is not the company's: {field} was {theirs}, here {ours}. Only a severity may be set."),
    "number_looser": N_("Looser than as shipped, within the law: {field} was {theirs}, here {ours}."),
    "severity_set": N_("The company lets this limit warn where it barred ({against})."),
    "unclear_change": N_("Whether this is tighter than {against} cannot be told: {field} was {theirs}, here {ours}."),
}
"""What each code of a remark says."""
OPENED = {
    "loosens": N_("This loosens {against}: it opens {ours}."),
    "exceeds": N_("This allows more than {against}: it opens {ours}."),
    "number_looser": N_("Looser than as shipped, within the law: it opens {ours}."),
}
"""The same of hours, where what was opened says more than two tables of numbers."""
TIMES = ("open", "day_kinds")
LIKE = N_("Is {like} meant?")

SYNTAX = (
    N_("Not UTF-8"),
    N_("Nested too deeply"),
    N_("Invalid statement"),
    N_("Expected newline or end of document after a statement"),
    N_("Cannot overwrite a value"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Expected '=' after a key in a key/value pair"),
    N_("Invalid initial character for a key part"),
    N_("Unclosed array"),
    N_("Unclosed inline table"),
    N_("Unescaped '\\' in a string"),
    N_("Invalid hex value"),
    N_("Escaped character is not a Unicode scalar value"),
    N_("Unterminated string"),
    N_("Invalid date or datetime"),
    N_("Invalid value"),
    N_("no data for this time zone"),
    N_("only the house rulebook has settings"),
)
"""What the parser of the standard library and the compiler say, word for word."""
TOGETHER = (
    N_("a pause has exactly one of minutes and dates"),
    N_("the shorter reading of a pause is fewer dates than the longer"),
    N_("a pause leaves past events out without a limit"),
    N_("hours begin before 24:00, and do not end when they begin"),
    N_("hours name what is open or what is barred"),
    N_("holiday_hours go with holidays = own"),
    N_("a window has exactly one of dates, months, calendar, minutes, ever"),
    N_("a window is at least 1 long"),
    N_("a limit of an exclusion is at least 1 and has a window"),
    N_("only the contact asked about can go on in a call that runs"),
    N_("a term has exactly one of dates, months, year_end"),
    N_("only history.others has over_dates"),
)
"""What a rulebook's parts say, word for word, of fields that do not go together."""
SYNTAX_SHAPES = (
    (re.compile(r"Found invalid character (?P<sign>.*)", re.DOTALL), N_("Found invalid character {sign}")),
    (re.compile(r"Illegal character (?P<sign>.*)", re.DOTALL), N_("Illegal character {sign}")),
    (re.compile(r"Cannot declare (?P<key>.*) twice", re.DOTALL), N_("Cannot declare {key} twice")),
    (re.compile(r"Duplicate inline table key (?P<key>.*)", re.DOTALL), N_("Duplicate inline table key {key}")),
    (
        re.compile(r"Cannot (?:mutate immutable|redefine) namespace (?P<key>.*)", re.DOTALL),
        N_("{key} is complete already"),
    ),
    (re.compile(r"Expected (?P<sign>'.*'|\".*\")", re.DOTALL), N_("Expected {sign}")),
)


TYPES = {
    "int": N_("a whole number"),
    "float": N_("a number"),
    "str": N_("a text"),
    "bool": N_("true or false"),
    "array": N_("a list"),
    "object": N_("a table"),
    "null": N_("nothing"),
}
"""The decoder's types as an author of rulebooks calls them."""
_TYPES_DIFFER = re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<got>[^`]*)`")
_OUT_OF_RANGE = re.compile(r"Expected `(?P<expected>[^`]*)` (?P<limit>[<>]=? ?\S+)")
_WALL_TIME = "Expected `str` matching regex '^(([01]"
"""How the decoder begins to complain of a time of day."""


def lint_json(linted: Sequence[Linted]) -> None:
    """One document, ``collectdesk.rules_lint/1``."""
    from collectdesk.show.jsonout import emit

    files = [
        {
            "file": each.file,
            "rulebook": each.book.id if each.book else None,
            "findings": [
                {
                    "level": remark.level,
                    "code": remark.code,
                    "message": message(remark),
                    "file": remark.file,
                    "line": remark.line,
                    "column": remark.column,
                    "length": remark.length,
                    "text": remark.text,
                    "params": dict(remark.params),
                }
                for remark in each.remarks
            ],
        }
        for each in linted
    ]
    emit("collectdesk.rules_lint/1", {"clean": not any(each.errors for each in linted), "files": files})


def lint_text(linted: Sequence[Linted]) -> None:
    """Each remark with its line; a clean file in one line."""
    console = out()
    for each in linted:
        for remark in few_differing(each.remarks):
            for line in remark_lines(remark, min(console.width, 80)):
                console.print(line, soft_wrap=True)
        _sum(each, console)


def few_differing(remarks: Sequence[Located]) -> Iterator[Located]:
    """The remarks shown one by one: one changed number turns dozens of examples, ``rules test`` lists them all."""
    differing = 0
    for remark in remarks:
        differing += remark.code == "example_differs"
        if remark.code != "example_differs" or differing <= FEW:
            yield remark


def remark_lines(remark: Located, width: int = 80) -> list[str]:
    """The place, the sentence, the line, the caret."""
    from collectdesk.show.width import wrap

    place = f"{safe(remark.file)}:{remark.line}:{remark.column}  {_(LEVELS[remark.level])}"
    shown, start, length = _window(remark, width - 9)
    number = str(remark.line).rjust(5)
    return [
        f" {place}",
        *(f"   {line}" for line in wrap(message(remark), width - 4)),
        f" {number} | {shown}".rstrip(),
        f"       | {' ' * start}{'^' * length}",
    ]


def message(remark: Located) -> str:
    """The remark in one or two sentences."""
    params = {name: safe(str(value)) for name, value in remark.params.items()}
    if "difference" in params:
        each = str(remark.params["difference"]).split("; ")
        params["difference"] = ("; " if current() == "en" else "；").join(map(difference_words, each))
    if "problem" in params:
        params["problem"] = problem_words(str(remark.params["problem"]))
    if "known" in params and len(params["known"]) > 400:
        params["known"] = params["known"][:400] + " ..."
    if params.get("field") in TIMES and remark.code in OPENED:
        return _(OPENED[remark.code]).format_map(params)
    said = _(REMARKS[remark.code]).format_map(_shortened(params))
    if like := remark.params.get("like"):
        said += (" " if current() == "en" else "") + _(LIKE).format(like=safe(str(like)))
    return said


def problem_words(problem: str) -> str:
    """A sentence of the parser's, the decoder's or the compiler's in the language spoken."""
    lang = current()
    if problem.startswith(_WALL_TIME):
        return _("Expected a time such as 09:00, at most 24:00")
    if found := _TYPES_DIFFER.fullmatch(problem):
        return _("Expected {expected}, got {got}").format(expected=_type(found["expected"]), got=_type(found["got"]))
    if found := _OUT_OF_RANGE.fullmatch(problem):
        return _("Expected {expected} {limit}").format(expected=_type(found["expected"]), limit=found["limit"])
    if lang == "en":
        return safe(problem[:1].upper() + problem[1:])
    if problem in (*SYNTAX, *TOGETHER, *SENTENCES):
        return translate(problem, lang)
    for shape, words in (*SYNTAX_SHAPES, *SHAPES):
        if found := shape.fullmatch(problem):
            return safe(translate(words, lang).format_map(found.groupdict()))
    return f"{translate(OTHERWISE, lang)}（{safe(problem)}）"


def _type(named: str) -> str:
    """One of the decoder's types, or several of which one would do."""
    words = (_(TYPES[each]) if each in TYPES else safe(each) for each in named.split(" | "))
    return _(" or ").join(words)


LONGEST = 160
"""Cells of a value quoted in a remark."""


def _shortened(params: dict[str, str]) -> dict[str, str]:
    from collectdesk.show.width import clip

    return {name: clip(value, LONGEST) if name in ("theirs", "ours") else value for name, value in params.items()}


def _window(remark: Located, room: int) -> tuple[str, int, int]:
    """The part of the line that fits around the token, where in it the caret begins, and how long it is, in cells."""
    before = safe(remark.text[: remark.column - 1])
    token = safe(remark.text[remark.column - 1 : remark.column - 1 + remark.length])
    after = safe(remark.text[remark.column - 1 + remark.length :])
    length = max(1, min(cells(token), room // 2))
    while before and cells(before) + length > room:
        before = before[max(1, len(before) // 8) :]
    shown = before + token + after
    return cut(shown, room), cells(before), length


def _sum(linted: Linted, console: Console) -> None:
    errors = len(linted.errors)
    notes = len(linted.remarks) - errors
    said = [ngettext("{n} error", "{n} errors", errors).format(n=errors)] if errors else []
    said += [ngettext("{n} note", "{n} notes", notes).format(n=notes)] if notes else []
    from collectdesk.show.words import listed

    mark = marks().no if errors else marks().yes
    words = listed(said) or _("nothing to remark on")
    console.print(f" {mark} {safe(linted.file)}  {words}", soft_wrap=True)
    if hidden := len(linted.remarks) - len(list(few_differing(linted.remarks))):
        more = ngettext("{n} more example comes out otherwise:", "{n} more examples come out otherwise:", hidden)
        console.print(f"   {more.format(n=hidden)}", soft_wrap=True)
        console.print(f"   collectdesk rules test {quote(safe(linted.file))}", soft_wrap=True)
