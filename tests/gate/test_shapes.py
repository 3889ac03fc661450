"""What the gate reads and answers can be neither altered nor misspelt."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import timedelta
from typing import Any, get_args

import msgspec
import pytest

import collectdesk.gate
from collectdesk.gate.applies import When
from collectdesk.gate.clock import clock_for
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.kinds import AnyRule
from collectdesk.gate.kinds.base import DAY, EVER, NOTHING, Ground, InForce, LooksBack, Rule, Seldom, State
from collectdesk.gate.vocabulary import Fact
from tests.gate.asking import asked
from tests.gate.worlds import WORDS

ANSWERS = {"State", "Finding", "BookRef", "CalendarRef", "Decision", "Day", "Outcome"}
IN_BETWEEN = {
    "Account", "Ground", "Heard", "Known", "LeftOut", "LooksBack", "OfProfile", "Plan", "Reason", "Sent", "Silence",
    "Spoken", "Trail", "Weighed", "_Contact", "_Named",
}  # fmt: skip
"""What the gate makes itself; all else is read from a file or a question."""


def shapes() -> list[type[msgspec.Struct]]:
    names = [each.name for each in pkgutil.walk_packages(collectdesk.gate.__path__, "collectdesk.gate.")]
    modules = [importlib.import_module(name) for name in names]
    found = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    return sorted({each for each in found if issubclass(each, msgspec.Struct)} - {msgspec.Struct}, key=str)


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.__name__)
def test_what_is_read_and_answered_cannot_be_altered_or_misspelt(shape: type[msgspec.Struct]) -> None:
    """A plan is kept for many contacts, and a misspelt limit would be none."""
    assert shape.__struct_config__.frozen
    assert shape.__struct_config__.forbid_unknown_fields == (shape.__name__ not in ANSWERS | IN_BETWEEN)


@pytest.mark.parametrize("kind", [Rule, *get_args(AnyRule)], ids=lambda kind: kind.__name__)
def test_a_rule_s_parameters_are_named(kind: Any) -> None:
    with pytest.raises(TypeError, match="Extra positional"):
        kind("dials-per-day")


@pytest.mark.parametrize("shape", [State, *Fact.__subclasses__()], ids=lambda shape: shape.__name__)
def test_no_collector_looks_at_what_cannot_hold_itself(shape: type[msgspec.Struct]) -> None:
    """A book of a hundred thousand questions is millions of them."""
    assert not shape.__struct_config__.gc


def test_a_kind_that_says_nothing_of_itself_is_asked_about_everything() -> None:
    """For ever back, by a local time, on the stricter side, with nothing to warn of: saying less costs speed only."""
    rule, ground, facts = Rule(id="r", **WORDS), Ground(clock_for("UTC"), None, {}), Facts(asked())  # type: ignore[arg-type]
    assert (rule.looks_back, rule.cautions, rule.needs_zone(facts)) == (EVER, False, True)
    assert (rule.leaves_open(facts, ground, facts.at), rule.caution(facts, ground, facts.at)) == (True, None)
    assert (rule.severity, rule.needs_ack, rule.in_force, rule.when) == ("bar", False, InForce(), When())
    with pytest.raises(NotImplementedError):
        rule.state(facts, ground, facts.at)


def test_how_far_back_a_rule_looks_that_looks_back_for_ever_or_not_at_all() -> None:
    """A single event of whatever age is enough for the one, none of this very second matters to the other."""
    ever = LooksBack(events=FOREVER, least=1, dead=False, notices=FOREVER, dates=None, seldom=get_args(Seldom))
    assert ever == EVER
    assert LooksBack() == LooksBack(events=FOREVER, least=1, dead=False, notices=FOREVER, dates=None, seldom=())
    assert LooksBack(events=0, least=1, dead=False, notices=0, dates=None, seldom=()) == NOTHING
    assert timedelta(seconds=DAY) == timedelta(days=1)
