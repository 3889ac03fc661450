"""One decision from raw facts, beside rule engines fed the same, beside reading the facts, beside a check's queries.

*From raw facts*: a question comes as one line of JSON and leaves as a verdict. Every contender reads the line
(collectdesk into its types, the others with ``json.loads``); the engines are told what ``counting`` counts from it,
and answer which of nine rules of the house object: hours, holidays, four caps and pauses, holds. All verdicts are
compared before anything is timed. Ours come with every reason, its evidence and the next lawful instant, and are
asked of the very rules of ``data/rulebooks/house.toml`` (whose consents nobody here has given).

Times are of the processor, one core, so that what else the machine does matters little.
"""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from benchmarks import check_warm, peers
from benchmarks.counting import RULES, Counter
from benchmarks.dials import Facts, questions, thirty_events
from benchmarks.machine import ROOT
from benchmarks.measuring import Contender, Setting
from benchmarks.peers import Judge
from collectdesk.gate import Calendar, Dial, Gate, Rulebook, compile_calendar, compile_rulebook, parse_dial

TITLE = f"one decision: against rule engines by the same {len(RULES)} rules, json.loads, and a check's own queries"
ROUNDS = 25
QUESTIONS = 300
REPEATS = 100
"""Decisions timed together in a round; a round's figure is the mean of them."""
OURS = "collectdesk: line to verdict"
OURS_READ = "collectdesk: facts already read"
LEAST = {"zen-engine": 1.0}
OTHERS_LEAST = 5.0


def contenders(setting: Setting) -> Sequence[Contender]:
    """The gate against the engines, one decision against ``json.loads``, a check against its queries."""
    return [*_against_engines(), *_against_reading(), *check_warm.contenders(setting)]


def _against_engines() -> list[Contender]:
    """Twice over: from the line to the verdict, and with the facts already read, each in its own form."""
    gate, counter = Gate([_nine_rules()], {"CN": _calendar()}), _counter()
    lines = questions(QUESTIONS)
    dials, facts = [parse_dial(line) for line in lines], [json.loads(line) for line in lines]
    expected = [_objecting(gate, dial) for dial in dials]
    whole = [Contender(OURS, _over(lines, lambda line: gate.decide(parse_dial(line))))]
    read = [Contender(OURS_READ, _over(dials, gate.decide), against=OURS_READ)]
    for name, judge in peers.available():
        if [set(judge(counter.count(each))) for each in facts] != expected:
            raise AssertionError(f"{name} does not come to the same verdicts")
        least = LEAST.get(name, OTHERS_LEAST)
        whole.append(Contender(f"{name}{OURS[11:]}", _over(lines, _told(judge, counter)), least=least))
        read.append(Contender(f"{name}{OURS_READ[11:]}", _over(facts, _asked(judge, counter)), against=OURS_READ))
    return whole + read


def _told(judge: Judge, counter: Counter) -> Callable[[str], object]:
    return lambda line: judge(counter.count(json.loads(line)))


def _asked(judge: Judge, counter: Counter) -> Callable[[Facts], object]:
    return lambda facts: judge(counter.count(facts))


def _against_reading() -> list[Contender]:
    gate = Gate(_every_rulebook(), {"CN": _calendar()})
    open_line, closed_line = thirty_events("2026-03-10T15:00:00+08:00"), thirty_events("2026-03-10T21:00:00+08:00")
    open_dial, closed_dial = parse_dial(open_line), parse_dial(closed_line)
    if not gate.decide(open_dial).allowed or gate.decide(closed_dial).allowed:
        raise AssertionError("the two questions are to be one allowed and one refused")
    reading = "json.loads of 30 events"

    def told() -> str:
        return json.dumps(gate.decide(parse_dial(open_line)).to_wire())

    return [
        Contender(reading, _repeated(lambda: json.loads(open_line)), against=reading),
        Contender("decided, allowed", _repeated(lambda: gate.decide(open_dial)), 2, against=reading),
        Contender("decided, refused, next instant", _repeated(lambda: gate.decide(closed_dial)), 2, against=reading),
        Contender("parse_dial", _repeated(lambda: parse_dial(open_line)), against=reading),
        Contender("parsed, decided, told as JSON", _repeated(told), against=reading),
    ]


def _objecting(gate: Gate, dial: Dial) -> set[str]:
    return {block.rule.partition("/")[2] for block in gate.decide(dial).blocks}


def _over(given: Sequence[Any], action: Callable[[Any], object]) -> Callable[[], float]:
    """The mean of one run over all that is given, in seconds of this process."""

    def run() -> float:
        began = time.process_time()
        for each in given:
            action(each)
        return (time.process_time() - began) / len(given)

    return run


def _repeated(action: Callable[[], object]) -> Callable[[], float]:
    return _over(range(REPEATS), lambda _: action())


@cache
def _house() -> dict[str, Any]:
    return tomllib.loads((ROOT / "data/rulebooks/house.toml").read_text("utf-8"))


def _nine_rules() -> Rulebook:
    house = _house()
    return compile_rulebook({**house, "rule": [rule for rule in house["rule"] if rule["id"] in RULES]})


def _counter() -> Counter:
    holds = {rule["id"]: rule["kinds"] for rule in _house()["rule"] if rule["kind"] == "hold"}
    kinds = next(rule["day_kinds"] for rule in _house()["rule"] if rule["id"] == "holidays")
    days = (day for year in _years() for day in year["days"])
    return Counter(holds, frozenset(day["date"] for day in days if day["kind"] in kinds))


def _every_rulebook() -> Iterable[Rulebook]:
    for file in sorted((ROOT / "data/rulebooks").glob("*.toml")):
        if not file.name.endswith(".examples.toml"):
            yield compile_rulebook(tomllib.loads(file.read_text("utf-8")))


@cache
def _years() -> list[dict[str, Any]]:
    return [json.loads(each.read_text("utf-8")) for each in sorted((ROOT / "data/calendars").glob("CN-*.json"))]


def _calendar() -> Calendar:
    return compile_calendar(_years())
