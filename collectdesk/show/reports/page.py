"""A report as a page anybody can open: no program, network or script; light and dark, on a telephone, on paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from collectdesk.desk.reports.figure import Note, Report
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.lang import _, current
from collectdesk.show.reports.pageparts import definition, section, text
from collectdesk.show.reports.pagestyle import style
from collectdesk.show.reports.wording import PRACTICE, said, scope, span
from collectdesk.show.safe import safe

FIRST = ("empty",)
"""Footnotes that stand at the head though they are no caution: without them the page would be misread."""


def page(report: Report) -> str:
    """The whole page, in the language spoken."""
    marked = _(PRACTICE) if report.practice else ""
    running = "   ".join(filter(None, (said(report.title), span(report.period), marked)))
    looks = style(running)
    digest = base64.b64encode(hashlib.sha256(looks.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = escape(f"{said(report.title)} {span(report.period)} - collectdesk")
    body = "".join((*_head(report), *_sections(report), *_foot(report)))
    return (
        f'<!doctype html>\n<html lang="{current().replace("_", "-")}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{looks}</style>\n</head>\n"
        f'<body>\n<div class="sheet">\n{body}</div>\n</body>\n</html>\n'
    )


def _head(report: Report) -> Iterator[str]:
    yield "<header>\n"
    if report.practice:
        yield f'<p class="practice">{escape(_(PRACTICE))}</p>\n'
    yield f'<p class="masthead"><b>collectdesk</b><span>{escape(span(report.period))}</span></p>\n'
    yield f'<h1>{text(report.title)}</h1>\n<p class="standfirst">{text(report.about)}</p>\n'
    facts = scope(report).split("   ")
    if report.compared:
        facts.append(_("against {period}").format(period=span(report.compared)))
    told = "".join(f"<span><bdi>{escape(safe(each))}</bdi></span>" for each in facts)
    yield f'<p class="dateline">{told}</p>\n'
    heeded = [each for each in report.notes if each.caution or each.code in FIRST]
    if heeded:
        yield f'<ul class="heed">{"".join(map(_heeded, heeded))}</ul>\n'
    yield "</header>\n"


def _heeded(note: Note) -> str:
    word = escape(_("Caution:"))
    return f'<li data-note="{escape(note.code)}">{f"<b>{word}</b> " if note.caution else ""}{_line(note)}</li>'


def _line(note: Note) -> str:
    return escape(safe(said(note.text)))


def _sections(report: Report) -> Iterator[str]:
    yield "<main>\n"
    yield from (section(report, each) for each in report.sections)
    yield "</main>\n"


def _foot(report: Report) -> Iterator[str]:
    yield "<footer>\n"
    rest = [each for each in report.notes if not (each.caution or each.code in FIRST)]
    if rest:
        items = "".join(f'<li data-note="{escape(each.code)}">{_line(each)}</li>' for each in rest)
        title = escape(_("Notes"))
        yield f"<h2>{title}</h2>\n<ul>{items}</ul>\n"
    if report.definitions:
        meant = "".join(definition(report, each) for each in report.definitions)
        title = escape(_("What the figures mean"))
        yield f'<h2>{title}</h2>\n<ol class="definitions">{meant}</ol>\n'
    yield f'<p class="made">{_made(report)}</p>\n</footer>\n'


def _made(report: Report) -> str:
    at = datetime.fromtimestamp(report.made_at, UTC).astimezone(ZoneInfo(HOUSE_ZONE))
    moment = f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d %H:%M}</time>'
    made = escape(_("Made {at} by {who}; what came later is not in it.")).format(at=moment, who=escape(report.made_by))
    masked = (
        _("Names and numbers are shown in full; keep it accordingly.")
        if report.unmasked
        else _("Names and numbers are masked.")
    )
    return f"{made} {escape(masked)}"
