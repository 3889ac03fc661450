"""The gate: whether a contact is lawful now, why not, and when it will be.

A pure package, for this program and any other: facts and an instant go in, a decision comes out. No database, no
clock, no files, no wording; of what is not Python's own it needs msgspec alone. Rules are data (``compile_rulebook``),
days are data (``compile_calendar``), the question and the answer are the decision contract's (``Dial``, ``Decision``):

>>> from collectdesk.gate import Gate, compile_rulebook, convert_dial
>>> said = {"en": "Nobody is called after eight in the evening."}
>>> book = compile_rulebook({
...     "id": "ours", "version": "1", "title": {"en": "Our rules"}, "source": {"en": "In-house"},
...     "rule": [{
...         "id": "hours", "kind": "hours", "open": [{"from": "09:00", "to": "20:00"}], "text": said,
...         "title": {"en": "Hours"}, "cite": {"en": "In-house, article 1"}, "status": "house", "confidence": "V",
...     }],
... })
>>> gate = Gate([book], calendars={})
>>> dial = convert_dial({
...     "at": "2026-03-10T20:15:00+08:00", "zones": [{"zone": "Asia/Shanghai"}],
...     "dial": {"person": "p1", "number": "n1", "channel": "voice"}, "persons": [{"id": "p1", "role": "debtor"}],
... })
>>> decision = gate.decide(dial)
>>> decision.allowed, [block.rule for block in decision.blocks]
(False, ['ours/hours'])
>>> decision.to_wire()["next_allowed_at"]
'2026-03-11T09:00:00+08:00'

What it was decided by, step by step, is ``collectdesk.gate.account``'s:

>>> from collectdesk.gate.account import account
>>> [(step["rule"], step["to"]) for step in account(gate, dial).to_wire()["steps"]]
[('ours/hours', '2026-03-11T09:00:00+08:00')]

Instants are UTC seconds (``Instant``), written as ISO 8601 in the debtor's zone. ``parse_dial`` reads a question as
JSON text, ``convert_dial`` as plain values; both refuse what the contract does not know (``Unreadable``, which says
where and never repeats a value), ``compile_rulebook`` likewise (``Malformed``). Keep a ``Gate`` for as long as its
rulebooks and calendars hold: it remembers what every contact of a sort is asked.
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
