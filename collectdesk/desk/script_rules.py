"""What a call script must satisfy before it can be adopted.

Variables are declared and used alike, lines anyone may hear give no debt away, an agency never speaks as the lender
(指引: 不得以会员单位身份开展催收), and both languages hold the same lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from collectdesk.desk.adopted_text import Cites, Lang, Text, malformed, read_as, refuse_doubles, refuse_unknown_cites
from collectdesk.desk.debt_words import debt_words_in
from collectdesk.desk.scripts import PLACEHOLDER, Line, Script, Scripts, placeholders
from collectdesk.desk.wording import Hit, WordList, barred, check

NEUTRAL: dict[str, str] = {
    "company": "the desk's own company name",
    "creditor": "the creditor's name",
    "staff_number": "the collector's staff number (工号)",
    "addressee": "the person called, as they are addressed: 王先生, Mr Wang",
    "sought": "the person we seek to reach, by name: the debtor",
    "hotline": "the creditor's published customer line",
    "desk_line": "the number at which the desk can be called back",
    "item": "the identity item asked for: 身份证号码的后四位",
    "tries_left": "identity attempts left",
    "callback_at": "the instant of a callback, local",
    "answer_by": "the local date by which an answer is owed",
    "answer_days": "days within which a complaint is answered",
    "quiet_from": "the local time from which calls must rest",
}
"""Variables that tell nobody anything about a debt; the only ones a line for anyone may use."""

OF_THE_DEBT: dict[str, str] = {
    "product": "the product as the contract names it",
    "contract": "the contract's reference",
    "as_of": "the date of the statement",
    "total": "the whole amount due, with currency",
    "principal": "principal, with currency",
    "interest": "interest, with currency",
    "fees": "fees and penalties, with currency",
    "since": "the first day past due",
    "days": "days past due",
    "clause": "the number of the contract clause",
    "term": "what that clause says, as adopted for the case",
    "rate": "a rate as the contract states it",
    "notice_on": "the date a required notice was sent",
    "channel": "a designated payment channel",
    "amount": "the amount promised, with currency",
    "pay_on": "the date promised",
    "rest": "what remains after the promised amount, with currency",
    "instalments": "the number of instalments proposed",
    "each": "the amount of one instalment, with currency",
    "first_on": "the date of the first instalment",
    "evidence": "the papers an application needs",
    "answer": "what a check of an objection found, as it is answered",
    "obligor_role": "the obligor's role: 保证人, guarantor",
}
"""Variables that speak of the debt."""

ON_BEHALF: dict[Lang, tuple[str, ...]] = {"zh_CN": ("委托",), "en": ("on behalf of", "entrusted by")}


class ScriptFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A call script as its file holds it."""

    schema: Literal["collectdesk.callscript/1"]
    lang: Lang
    version: Text
    title: Text
    cites: Cites
    line: tuple[Line, ...]


class WordingHit(Struct, frozen=True):
    """Forbidden wording in a script: the line, which of its texts, and the hit."""

    line: str
    field: str
    hit: Hit


def compile_script(mapping: Mapping[str, object]) -> Script:
    """Build one language's script from a plain mapping, as TOML gives it.

    Raises:
        BadData: a field is wrong, an id stands twice, a source is missing, or a line breaks a rule of this module.
    """
    file = read_as(ScriptFile, mapping, "callscript")
    refuse_doubles("callscript", "$.line", (line.id for line in file.line))
    refuse_unknown_cites("callscript", file.cites, ((f"$.line.{line.id}", line.cite) for line in file.line))
    for line in file.line:
        _refuse_bad_variables(line)
        _refuse_bad_audience(line)
        _refuse_posing(line, file.lang)
    return Script(lang=file.lang, version=file.version, title=file.title, cites=file.cites, lines=file.line)


def compile_scripts(*mappings: Mapping[str, object]) -> Scripts:
    """Build the scripts in force from one mapping per language.

    Raises:
        BadData: as ``compile_script``; or the same language comes twice, or the languages differ in their lines.
    """
    return join(*(compile_script(mapping) for mapping in mappings))


def join(*scripts: Script) -> Scripts:
    """Scripts of several languages as one, held to the same lines, audiences and variables.

    Raises:
        BadData: a language comes twice, or a line differs.
    """
    refuse_doubles("callscript", "$.lang", (script.lang for script in scripts))
    for script in scripts[1:]:
        _refuse_differences(scripts[0], script)
    return Scripts(languages={script.lang: script for script in scripts})


def forbidden_wording(script: Script, lists: Sequence[WordList]) -> tuple[WordingHit, ...]:
    """Where a script says what the wording lists bar; such a script is not to be adopted."""
    return tuple(
        WordingHit(line.id, field, hit)
        for line in script.lines
        for field, text in line.texts().items()
        for hit in barred(check(text, lists))
    )


def _refuse_bad_variables(line: Line) -> None:
    where = f"$.line.{line.id}"
    used = {name for text in line.texts().values() for name in placeholders(text)}
    if used != set(line.variables) or len(line.variables) != len(used):
        raise malformed("callscript", where, "the variables declared are not those its texts use")
    unknown = sorted(used - NEUTRAL.keys() - OF_THE_DEBT.keys())
    if unknown:
        raise malformed("callscript", where, f"no variable is called '{unknown[0]}'")
    if any(mark in PLACEHOLDER.sub("", text) for text in line.texts().values() for mark in "{}"):
        raise malformed("callscript", where, "a brace stands alone")


def _refuse_bad_audience(line: Line) -> None:
    where = f"$.line.{line.id}"
    if not line.audience or not line.cite:
        raise malformed("callscript", where, "a line needs an audience and a source")
    if "anyone" not in line.audience:
        return
    if line.audience != ("anyone",) or line.speaks_of_debt or set(line.variables) & OF_THE_DEBT.keys():
        raise malformed("callscript", where, "a line for anyone speaks of nothing but the call itself")
    for field, text in line.texts().items():
        words = debt_words_in(PLACEHOLDER.sub(" ", text))
        if words:
            raise malformed("callscript", f"{where}.{field}", f"'{words[0]}' may not be said to anyone")


def _refuse_posing(line: Line, lang: Lang) -> None:
    """An agency introduces itself by its own name and says on whose behalf it calls."""
    where = f"$.line.{line.id}"
    if line.inbound and line.agency and not line.inbound_agency:
        raise malformed("callscript", where, "an inbound text is missing for agencies")
    if not line.introduces:
        return
    spoken = [line.agency, line.inbound_agency] if line.inbound else [line.agency]
    for text in spoken:
        named = text is not None and {"company", "creditor"} <= set(placeholders(text))
        if text is None or not named or not any(words in text.lower() for words in ON_BEHALF[lang]):
            raise malformed("callscript", where, "an agency must name itself and say on whose behalf it calls")


def _refuse_differences(one: Script, other: Script) -> None:
    only = sorted(one.by_id.keys() ^ other.by_id.keys())
    if only:
        raise malformed("callscript", f"$.line.{only[0]}", "the line stands in one language only")
    for line in one.lines:
        twin = other.by_id[line.id]
        same = _kept_alike(line) == _kept_alike(twin)
        if not same:
            raise malformed("callscript", f"$.line.{line.id}", "the languages do not agree on this line")


def _kept_alike(line: Line) -> tuple[object, ...]:
    """What a line has in common with its twin in the other language."""
    return (
        line.step,
        set(line.audience),
        line.speaks_of_debt,
        line.introduces,
        line.at_hand,
        set(line.variables),
        line.texts().keys(),
        line.cite,
    )
