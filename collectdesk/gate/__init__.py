"""The gate: whether a contact is lawful now, why not, and when it will be.

A pure package: facts and an instant go in, a decision comes out. No database, no clock, no files, no wording. Rules
are data (``compile_rulebook``), days are data (``compile_calendar``), the question and the answer are the decision
contract's (``Dial``, ``Decision``)::

    dial = parse_dial(line)
    decision = Gate(rulebooks, calendars).decide(dial)
    decision.to_wire()
"""

from collectdesk.gate.calendar import Calendar, Day, compile_calendar
from collectdesk.gate.decision import Decision, Finding
from collectdesk.gate.dial import Dial
from collectdesk.gate.facts import Facts
from collectdesk.gate.gate import Gate, UnknownRulebook, decide
from collectdesk.gate.instant import Instant
from collectdesk.gate.parse import Unreadable, convert_dial, dial_schema, parse_dial
from collectdesk.gate.rulebook import Malformed, Rulebook, compile_rulebook

__all__ = [
    "Calendar",
    "Day",
    "Decision",
    "Dial",
    "Facts",
    "Finding",
    "Gate",
    "Instant",
    "Malformed",
    "Rulebook",
    "UnknownRulebook",
    "Unreadable",
    "compile_calendar",
    "compile_rulebook",
    "convert_dial",
    "decide",
    "dial_schema",
    "parse_dial",
]
