"""Rule engines beside the gate: the same nine rules in each one's own language, over what ``counting`` counted.

They are no dependency of collectdesk: ``scripts/benchmarks/peers.lock`` pins them, and a benchmark that wants them has
them put into a directory of their own inside ``.venv``. One that cannot be had on a machine is left out, by name.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.counting import RULES, Counted
from benchmarks.machine import ROOT

LOCK = Path(__file__).with_name("peers.lock")
PLACE = ROOT / ".venv" / "benchmark-peers"
Judge = Callable[[Counted], list[str]]
"""The rules that object."""


def available() -> Iterator[tuple[str, Judge]]:
    """Every engine this machine can have, ready to judge; the others are named on stderr."""
    _install()
    sys.path.append(str(PLACE))  # last: what collectdesk itself runs on stays as it is
    for name, prepare in ENGINES.items():
        try:
            yield name, prepare()
        except ImportError as missing:
            print(f"left out: {name} ({missing})", file=sys.stderr)


def _install() -> None:
    """Bring every locked package that can be brought, once a lock."""
    stamp = PLACE / "installed"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text("utf-8") == digest:
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    one = PLACE / "one.txt"
    for entry in re.split(r"\n(?=\w)", LOCK.read_text("utf-8").strip()):
        one.write_text(f"{entry}\n", "utf-8")
        print(f"installing {entry.split(' ')[0]} for the benchmark", file=sys.stderr)
        command = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--upgrade"]
        command += ["--disable-pip-version-check", "--target", str(PLACE), "--requirement", str(one)]
        subprocess.run([sys.executable, *command], check=False)
    stamp.write_text(digest, "utf-8")


def _zen() -> Judge:
    """One compiled expression that answers all rules at once: the fastest way found to ask it."""
    zen = importlib.import_module("zen")
    expression = zen.compile_expression("[" + ", ".join(f"({rule})" for rule in RULES.values()) + "]")
    names = tuple(RULES)

    def judge(counted: Counted) -> list[str]:
        return [name for name, objects in zip(names, expression.evaluate(counted), strict=True) if objects]

    return judge


def _durable() -> Judge:
    """One rule each over an asserted fact, withdrawn afterwards: a posted event would be told of one rule only."""
    lang, engine = importlib.import_module("durable.lang"), importlib.import_module("durable.engine")
    found: list[str] = []

    def objects(name: str) -> Callable[[object], None]:
        def action(_: object) -> None:
            found.append(name)

        return action

    with lang.ruleset("gate"):
        for name, rule in RULES.items():
            condition = eval(_python(rule), {"m": lang.m})  # noqa: S307 - the text above, as its language wants it
            lang.when_all(condition)(objects(name))

    def judge(counted: Counted) -> list[str]:
        found.clear()
        fact = {"id": 1, **counted}
        try:
            lang.assert_fact("gate", fact)
        except engine.MessageNotHandledException:
            return []  # no rule objects; the fact was not kept
        lang.retract_fact("gate", fact)
        return list(found)

    return judge


def _rule_engine() -> Judge:
    engine = importlib.import_module("rule_engine")
    rules = [(name, engine.Rule(rule)) for name, rule in RULES.items()]

    def judge(counted: Counted) -> list[str]:
        return [name for name, rule in rules if rule.matches(counted)]

    return judge


def _cedar() -> Judge:
    """A parsed set of one permit and a forbid for each rule."""
    cedar = importlib.import_module("cedarpy")
    head = "(principal, action, resource)"
    forbids = [
        f'@id("{name}") forbid{head} when {{ {_prefixed(rule, "context.", " || ")} }};' for name, rule in RULES.items()
    ]
    policies = cedar.PolicySet.from_str(f"permit{head};\n" + "\n".join(forbids))
    entities = cedar.Entities.from_json_str("[]")
    who = {"principal": 'Staff::"k1"', "action": 'Action::"call"', "resource": 'Person::"p1"'}

    def judge(counted: Counted) -> list[str]:
        answer = cedar.is_authorized({**who, "context": counted}, policies, entities)
        return [] if answer.allowed else list(answer.diagnostics.id_annotations_by_reason.values())

    return judge


def _rego() -> Judge:
    """A bundle compiled for one entry point."""
    regopy = importlib.import_module("regopy")
    lines = [
        f'objects contains "{name}" if {{ {_prefixed(part, "input.")} }}'
        for name, rule in RULES.items()
        for part in rule.split(" or ")
    ]
    interpreter = regopy.Interpreter()
    interpreter.add_module("gate", "package gate\n" + "\n".join(lines))
    bundle = interpreter.build(None, ["gate/objects"])

    def judge(counted: Counted) -> list[str]:
        interpreter.set_input(counted)
        answer = json.loads(str(interpreter.query_bundle_entrypoint(bundle, "gate/objects")))
        found: list[str] = answer["expressions"][0]
        return found

    return judge


def _prefixed(rule: str, prefix: str, either: str = " or ") -> str:
    return re.sub(r"\b(?!or\b)[a-z_]+", rf"{prefix}\g<0>", rule).replace(" or ", either)


def _python(rule: str) -> str:
    """As durable_rules overloads Python: parentheses, ``|``, and a comparison even for what is true or false."""
    parts = [f"m.{part}" if " " in part else f"m.{part} == True" for part in rule.split(" or ")]
    return " | ".join(f"({part})" for part in parts)


ENGINES: Mapping[str, Callable[[], Any]] = {
    "zen-engine": _zen,
    "durable_rules": _durable,
    "rule-engine": _rule_engine,
    "cedarpy": _cedar,
    "regopy": _rego,
}
