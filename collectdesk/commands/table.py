"""Every command there is, in the order of the root help: name, the module that holds it, and one line of
help.

Only the module of the command that was typed is imported. A module holds ``app``, a ``Noun`` or a ``Verb``.
"""

from __future__ import annotations

from typing import NamedTuple

from collectdesk.errors import N_


class Entry(NamedTuple):
    """A command: the word typed, ``module:attribute``, and its help sentence."""

    name: str
    target: str
    help: str


class Section(NamedTuple):
    """Commands that belong together, under one heading of the root help."""

    title: str
    entries: tuple[Entry, ...]


def _entry(name: str, help: str, module: str | None = None) -> Entry:  # noqa: A002 - the word users see
    return Entry(name, f"collectdesk.commands.{module or name}:app", help)


SECTIONS = (
    Section(
        N_("The day"),
        (
            _entry("ready", N_("Say what still bars the first call, and the remedy for each.")),
            _entry("today", N_("Today: what waits for you, each with its command, and which cases come next.")),
            _entry("work", N_("Work the shift: the next lawful case, its call, the next one.")),
            _entry("queue", N_("List the cases in the order they should be called.")),
            _entry("check", N_("Ask whether a case may be called, and why not; nothing is recorded.")),
            _entry("call", N_("Make a call, step by step, behind the gate.")),
            _entry("calls", N_("Against the phone: the exchange's records beside the permits, and what differs.")),
            _entry("case", N_("Look at a case: its facts, its history, a search.")),
            _entry("objection", N_("Objections: record, check, answer, tell the debtor.")),
            _entry("complaint", N_("Complaints: record, hand over, decide, answer, close.")),
            _entry("promise", N_("Promises to pay: pending, kept, broken; take one back.")),
            _entry("payment", N_("Payments: bring in a file, list them, take one back.")),
            _entry("notice", N_("Letters and notices: made from adopted templates, posted, verified.")),
            _entry("number", N_("The numbers of a case: where each came from, and whether it works.")),
            _entry("hold", N_("Leave somebody alone: stop contact, deceased, minor, represented; and the way back.")),
            _entry("refer", N_("Refer a case to legal, mediation, a court or an address check.")),
            _entry("plan", N_("Hardship: calculate, propose and approve instalments, and follow them.")),
            _entry("emergency", N_("Somebody is in danger: take it, call back for safety, lift the freeze by two.")),
            _entry("report", N_("Reports: the morning page, the gate, calls and more, with every figure defined.")),
            _entry("rehearse", N_("Practise a whole call; nobody is dialled.")),
        ),
    ),
    Section(
        N_("The desk"),
        (
            _entry("init", N_("Open a new desk.")),
            _entry("login", N_("Sign in to the desk.")),
            _entry("logout", N_("Sign out.")),
            _entry("staff", N_("Staff of the desk: admitted, qualified, suspended, let back.")),
            _entry("train", N_("Training: courses, exams, what is due, changed texts to read.")),
            _entry("officer", N_("Officers outside the desk, who decide what nobody of it may.")),
            _entry("request", N_("Put a matter to an outside officer, and enter the answer.")),
            _entry("recording", N_("Recordings: owed by each call, kept, verified, destroyed in their time.")),
            _entry("destruction", N_("What was asked to be destroyed, its approval, and the certificates.")),
            _entry("conduct", N_("Violations of article 9: record, decide, appeal, lift a suspension.")),
            _entry("quality", N_("Quality: calls sampled, reviewed, replied to; what follows.")),
            _entry("creditor", N_("Creditors: what proves identity, and the designated ways to pay.")),
            _entry("import", N_("Bring in a case file (CSV, XLSX)."), "import_"),
            _entry("demo", N_("Open a practice desk and walk through a call.")),
        ),
    ),
    Section(
        N_("The rules"),
        (
            _entry("rules", N_("Rulebooks: read, explain, examine, compare, begin, adopt.")),
            _entry("calendar", N_("Calendars: which dates are workdays, rest days and holidays.")),
            _entry("schema", N_("Print the contract's types as JSON Schema.")),
        ),
    ),
    Section(
        N_("Safekeeping"),
        (
            _entry("audit", N_("Verify the journal, and seal it.")),
            _entry("backup", N_("Back the desk up, encrypted, while it is in use.")),
            _entry("restore", N_("Bring a backup back, once its chain is verified.")),
            _entry("upgrade", N_("Bring the desk's database up to this program, backing it up first.")),
            _entry("doctor", N_("Examine the desk and say what is wrong with it.")),
        ),
    ),
    Section(
        N_("More"),
        (
            _entry("help", N_("Explain a topic: exit codes, JSON, the gate, keys.")),
            _entry("completion", N_("Print the completion script for a shell.")),
        ),
    ),
)
