"""A letter from its template (函件制作): plain text and a page of its own; the same facts give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from collectdesk.desk.adopted_text import Lang, cited
from collectdesk.desk.notices.templates import Template
from collectdesk.desk.scripts import PLACEHOLDER, Employer, placeholders
from collectdesk.errors import N_, BadData

STYLE = (
    "body{font:16px/1.7 serif;margin:0;color:#111;background:#fff}"
    "section{max-width:42em;margin:0 auto;padding:3em 2em}"
    ".envelope{min-height:14em;border-bottom:1px dashed #999;white-space:pre-line}"
    ".from{font-size:.8em;color:#333;white-space:pre-line;margin:0 0 2em}"
    "h1{font-size:1.3em;text-align:center}.head{display:flex;justify-content:space-between}"
    ".closing{margin-top:3em;text-align:right;white-space:pre-line}"
    "footer{margin-top:3em;font-size:.75em;color:#555}"
    "@media print{.envelope{page-break-after:always;border:0}}"
)
NUMBER = {"zh_CN": "编号", "en": "No."}
BASIS = {"zh_CN": "依据：", "en": "Basis: "}
RETURN = {"zh_CN": "退件请寄：", "en": "If undelivered, please return to:"}
"""Outside stands an address and nothing that tells whose: a name may say what the letter is about."""
TEMPLATE = {"zh_CN": "模板：", "en": "Template: "}
HOUSE = "policy"
"""Sources of the house's own: they bind the company and are no matter of the debtor's."""
META = "collectdesk-letter"
"""The name of the mark in a page by which an altered one still tells which letter it was."""

COMPLETE = N_("Complete the case; what a template asks for is said with --given NAME=TEXT.")
REMEDIES = {
    "hotline": N_("An administrator sets the creditor's: collectdesk creditor set NAME --hotline PHONE"),
    "channel": N_("An administrator sets a way to pay: collectdesk creditor channel"),
}
"""What supplies a variable that no case file and no ``--given`` brings."""


class Made(NamedTuple):
    """A letter in its two forms."""

    html: str
    plain: str


def render(
    template: Template, variables: Mapping[str, str], *, lang: Lang, employer: Employer, enveloped: bool
) -> Made:
    """Write a letter.

    Args:
        template: as adopted.
        variables: everything that is known; ``number`` and ``date`` among them. ``return_address``, where the company
            has set one, stands on the letter under its name, and alone on the envelope, whatever the template says.
        lang: the language of the letter.
        employer: what kind of company writes.
        enveloped: it goes by post, so it needs an envelope.
    Raises:
        BadData: a variable is missing or blank; half a letter is never made.
    """
    said = {"subject": template.subject.in_(lang), "closing": template.closing.in_(lang)}
    said |= {"envelope": template.envelope.in_(lang)} if enveloped else {}
    parts = [part.said(lang, employer) for part in template.parts]
    filled = {name: _filled(text, variables) for name, text in said.items()}
    texts = [_filled(text, variables) for text in parts]
    keys = dict.fromkeys(key for part in template.parts for key in part.cite if not key.startswith(HOUSE))
    foot = (BASIS[lang] + cited(template.cites, tuple(keys), lang), f"{TEMPLATE[lang]}{template.id} {template.version}")
    if address := variables.get("return_address", "").strip():
        filled["sender"] = f"{variables['company']}\n{address}"
        filled["return"] = f"{RETURN[lang]}\n{address}"
    number = variables["number"]
    return Made(
        _page(filled, texts, foot, number, variables["date"], lang),
        _plain(filled, texts, foot, number, variables["date"], lang),
    )


def needed(template: Template, *, lang: Lang, employer: Employer, enveloped: bool) -> set[str]:
    """The variables ``render`` needs."""
    texts = [template.subject.in_(lang), template.closing.in_(lang), *(p.said(lang, employer) for p in template.parts)]
    if enveloped:
        texts.append(template.envelope.in_(lang))
    return {"number", "date", *(name for text in texts for name in placeholders(text))}


def _filled(text: str, variables: Mapping[str, str]) -> str:
    for name in placeholders(text):
        if not variables.get(name, "").strip():
            raise BadData(
                "letter_variable_missing",
                N_("The letter cannot be made: {variable} is not known."),
                hint=REMEDIES.get(name, COMPLETE),
                variable=name,
            )
    return PLACEHOLDER.sub(lambda found: variables[found[1]].strip(), text)


def _plain(
    filled: Mapping[str, str], parts: list[str], foot: tuple[str, ...], number: str, date: str, lang: Lang
) -> str:
    back, sender = ([filled[name], ""] if name in filled else [] for name in ("return", "sender"))
    outside = [*back, filled["envelope"], "", "-" * 40, ""] if "envelope" in filled else []
    head = [*sender, filled["subject"], "", f"{NUMBER[lang]} {number}    {date}", ""]
    body = [line for part in parts for line in (part, "")]
    return "\n".join([*outside, *head, *body, filled["closing"], "", *foot, ""])


def _page(
    filled: Mapping[str, str], parts: list[str], foot: tuple[str, ...], number: str, date: str, lang: Lang
) -> str:
    back, sender = (
        f'<p class="from">{escape(filled[name])}</p>\n' if name in filled else "" for name in ("return", "sender")
    )
    outside = ""
    if "envelope" in filled:
        outside = f'<section class="envelope">{back}{escape(filled["envelope"])}</section>\n'
    body = "\n".join(f"<p>{escape(part)}</p>" for part in parts)
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh_CN" else "en"}">\n<head><meta charset="utf-8">\n'
        f'<meta name="{META}" content="{escape(number)}">\n<title>{escape(number)}</title>\n'
        f"<style>{STYLE}</style></head>\n<body>\n{outside}<section>\n{sender}<h1>{escape(filled['subject'])}</h1>\n"
        f'<p class="head"><span>{NUMBER[lang]} {escape(number)}</span> <span>{escape(date)}</span></p>\n{body}\n'
        f'<p class="closing">{escape(filled["closing"])}</p>\n'
        f"<footer>{'<br>'.join(map(escape, foot))}</footer>\n</section>\n</body>\n</html>\n"
    )
