"""``check --all`` and ``check --cases FILE``: the answer for each of many cases, one row each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from collectdesk.commands.session import Session
from collectdesk.desk.bookcheck import Row, check_all, check_named
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.window import Window, open_window
from collectdesk.errors import N_, BadData, NotFound, UsageProblem
from collectdesk.gate.clock import clock_for
from collectdesk.lang import _, translate
from collectdesk.show.csvout import emit_csv
from collectdesk.show.jsonout import emit, emit_lines
from collectdesk.show.terminal import say

BAD_LINES = 7
COLUMNS = ("case", "allowed", "next_allowed_at", "allowed_until", "blocks", "warnings")
NO_CASE = N_("There is no such case on this desk.")


def answer_many(session: Session, cases: str, at: str, *, form: str) -> int:
    """Answer for every open case, or for those listed in ``cases``; the exit code.

    Raises:
        NotFound: no desk, or no such file.
        UsageProblem: the time cannot be read.
        BadData: the file is not UTF-8 text.
    """
    with open_window(session.home, clock=session.clock, lang=session.lang, scope="check") as window:
        instant = _instant(at) if at else window.at
        rows = check_named(window, _codes(cases), instant) if cases else check_all(window, instant)
        return _write(rows, window, instant, form)


def _write(rows: Iterable[Row], window: Window, at: int, form: str) -> int:
    counts: Counter[str] = Counter()
    documents = (_document(row, counts, window.lang) for row in rows)
    if form == "ndjson":
        emit_lines(documents)
    elif form == "csv":
        emit_csv(COLUMNS, ([_cell(document.get(name)) for name in COLUMNS] for document in documents))
    elif form == "json":
        emit("collectdesk.checks/1", {"at": clock_for(HOUSE_ZONE).iso(at), "cases": list(documents)})
    else:
        for document in documents:
            sys.stdout.write(_line(document))
        _summary(counts)
    return BAD_LINES if counts["bad"] else 0


def _document(row: Row, counts: Counter[str], lang: str) -> dict[str, object]:
    if row.checked is None:
        counts["bad"] += 1
        message = translate(NO_CASE, lang)
        return {
            "schema": "collectdesk.error/1", "id": row.code, "code": "no_such_case", "where": "$", "message": message,
        }  # fmt: skip
    document = row.to_json()
    counts["allowed" if document["allowed"] else "blocked"] += 1
    return document


def _cell(value: object) -> object:
    if isinstance(value, list):
        return " ".join(str(each["rule"]) for each in value)
    return value


def _line(document: dict[str, object]) -> str:
    if "message" in document:
        return f"{document['id']}\t-\t{document['message']}\n"
    state = _("may be called") if document["allowed"] else str(document["next_allowed_at"] or _("needs an act"))
    return f"{document['case']}\t{state}\t{_cell(document['blocks'])}\n"


def _summary(counts: Counter[str]) -> None:
    text = _("{allowed} may be called, {blocked} may not, {bad} could not be read.")
    say(text.format(allowed=counts["allowed"], blocked=counts["blocked"], bad=counts["bad"]))


def _instant(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=clock_for(HOUSE_ZONE).zone)).timestamp() // 1)
    except (ValueError, OverflowError):
        raise UsageProblem(
            "bad_time",
            N_("{option} must be a time, such as 2026-11-24T09:00 or 2026-11-24T09:00+08:00."),
            option="--at",
        ) from None


def _codes(name: str) -> Iterator[str]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise NotFound("no_such_file", N_("There is no such file, or it may not be read.")) from None
    except UnicodeDecodeError:
        raise BadData("not_utf8", N_("The list of cases is not UTF-8 text.")) from None
    return (line.strip() for line in text.splitlines() if line.strip())
