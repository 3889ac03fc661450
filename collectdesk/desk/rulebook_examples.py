"""The worked examples beside a rulebook, examined: readable, coming out as written, and exercising every rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from collectdesk.desk.rulebook_places import Path
from collectdesk.desk.rulebook_schema import Remark, faults_of
from collectdesk.gate import Calendar, Gate, Rulebook, UnknownRulebook, Unreadable
from collectdesk.gate.examples import Examples, Outcome, run_examples

DIVIDER = "; "
"""Between the fields in which an example comes out otherwise."""
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


def examples_remarks(
    document: Mapping[str, Any], book: Rulebook, calendars: Mapping[str, Calendar], file: str
) -> list[Remark]:
    """What there is to say of the examples ``document`` in ``file`` and of what they leave out of ``book``."""
    faults = [Remark(each.level, each.code, each.path, each.params, each.key, file) for each in _shape(document, book)]
    if faults:
        return faults
    gate, outcomes, remarks = Gate([book], calendars), [], []
    for index, example in enumerate(document["example"]):
        answer = _asked(document, example, gate)
        if isinstance(answer, Outcome):
            outcomes.append(answer)
            if told := DIVIDER.join(answer.differences):
                place: Path = ("example", index, "name")
                remarks.append(Remark("error", "example_differs", place, {"difference": told}, file=file))
        else:
            problem, path = answer
            place = _place(document, index, path)
            remark = Remark("error", "example_unreadable", place, {"problem": problem}, file=file)
            if remark not in remarks:  # a fault of the base is every example's
                remarks.append(remark)
    return [*remarks, *_unexercised(book, outcomes)]


def _shape(document: Mapping[str, Any], book: Rulebook) -> Iterator[Remark]:
    yield from faults_of(document, Examples)
    named = document.get("rulebook")
    if isinstance(named, str) and named != book.id:
        yield Remark("error", "examples_of_another", ("rulebook",), {"named": named, "id": book.id})


def _asked(document: Mapping[str, Any], example: object, gate: Gate) -> Outcome | tuple[str, Path]:
    """How one example came out; or what is wrong with its question, and where in the question."""
    try:
        return run_examples({**document, "example": [example]}, gate)[0]
    except Unreadable as error:
        return error.message, _path_of(error.where)
    except UnknownRulebook:
        return "Expected rulebooks at hand", ("rulebooks",)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:  # numbers no calendar reaches, say
        return f"The program failed on this line ({type(error).__name__})", ()


def _path_of(where: str) -> Path:
    return tuple(name or int(index) for name, index in _STEP.findall(where.removeprefix("$")))


def _place(document: Mapping[str, Any], index: int, path: Path) -> Path:
    """Where in the file a part of a question stands: in the example itself, else in the base it was laid over."""
    parts: tuple[tuple[Path, object], ...] = (
        (("example", index, "given"), document["example"][index].get("given", {})),
        (("base",), document["base"]),
    )
    for length in (len(path), 1) if path else ():  # what is missing stands nowhere: then the table it is missing from
        for place, part in parts:
            if _stands(part, path[:length]):
                return (*place, *path)
    return ("example", index, "name")


def _stands(part: Any, path: Path) -> bool:  # noqa: ANN401 - any TOML value
    for each in path:
        try:
            part = part[each]
        except (LookupError, TypeError):
            return False
    return True


def _unexercised(book: Rulebook, outcomes: Sequence[Outcome]) -> Iterator[Remark]:
    """Rules that no example makes object, and rules that none lets pass."""
    objected = {name for each in outcomes for name in (*each.blocked, *each.warned)}
    passed = {name for each in outcomes for name in each.passed}
    for index, rule in enumerate(book.rule):
        name = f"{book.id}/{rule.id}"
        if name not in objected:
            yield Remark("warning", "never_objects", ("rule", index, "id"), {"rule": rule.id})
        if name not in passed:
            yield Remark("warning", "never_passes", ("rule", index, "id"), {"rule": rule.id})
