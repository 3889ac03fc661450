"""What completion offers for each kind of word: numbers from the desk, codes it adopted, words of the contract.

Everything is imported where it is asked, so that a command's own parameters cost nothing to name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from collectdesk.commands.session import Session, session_of

Offer = Callable[[Any, str], list[str]]
"""What typer's ``autocompletion`` takes: the context and the word begun, to what may stand there."""
Listing = Literal[
    "CASES", "STAFF", "CHANNELS", "CREDITORS", "RULEBOOKS", "OBJECTIONS", "COMPLAINTS", "REQUESTS", "OFFICERS",
    "PROMISES", "PAYMENTS", "EMERGENCIES", "VIOLATIONS", "DESTRUCTIONS", "COURSES", "TEAMS", "REVIEWS",
]  # fmt: skip

CODED = {
    "line.line": "line", "line.reason": "not_dialled", "party.party": "party", "party.relation": "relation",
    "party.basis": "basis", "identity.refusal": "party_refusal", "discussion.cause": "cause",
    "discussion.ability": "ability", "discussion.attitude": "attitude", "result.outcome": "result",
    "wrapup.next_action": "next_action", "emergency.kind": "emergency", "complaint.category": "complaint",
    "objection.category": "objection", "stop_contact.scope": "stop_contact", "end.why": "end_reason",
}  # fmt: skip
"""A call's fields that take a code, and the field of the adopted codes that holds it."""
FIXED: dict[str, tuple[str, ...]] = {
    "complaint.about": ("about_me", "about_other_staff", "about_company", "about_creditor"),
    "emergency.safe": (
        "help_there",
        "superior_took_over",
        "somebody_with_them",
        "calmed_down",
        "they_hung_up",
        "line_lost",
    ),
    "welfare.found": (
        "is_safe",
        "help_is_there",
        "somebody_is_with_them",
        "help_is_needed",
        "would_not_say",
        "not_reached",
    ),
    "end.times": ("times_not_said", "times_barred", "times_only"),
    "objection.answered": ("now", "owed"),
    "objection_answer.finding": ("founded", "partly", "unfounded", "owed"),
    "objection_answer.ready": ("now", "owed"),
    "objection_answer.settled": ("yes", "no"),
    "party.message": (
        "message_promised",
        "details_given",
        "wont_pass_on",
        "refused",
        "offers_to_pay",
        "cannot_help",
        "died",
        "incapable",
        "minor",
        "other",
    ),
    "wrong_number.sure": ("yes", "no"),
    "wrapup.ended_by": ("us", "them", "line"),
    "wrapup.note_words": ("debtors_words", "our_words", "rewrite"),
    "wrapup.recording": ("have_reference", "owed"),
}
"""Fields that take a word of the program's own."""
FREE = (
    "plan.own", "identity.id_last4", "identity.birth_date", "identity.mobile_last4", "identity.name",
    "identity.contract_last4", "result.number",
    "result.amount", "result.pay_on", "result.callback_at", "wrapup.next_at",
    "wrapup.reference", "wrapup.note", "emergency.content", "complaint.content", "complaint.whom", "objection.content",
    "objection.evidence", "objection_answer.answer", "objection_answer.content",
    "objection.answer", "stop_contact.content", "end.when", "party.person", "plan.goal", "plan.points",
    "plan.reactions", "result.channel",
)  # fmt: skip
"""Fields whose answer is typed, or chosen from what only the call itself knows."""
DONE = "done"
"""The answer to all other fields: read, or said."""
SIDE_DOORS = ("emergency", "complaint", "objection", "stop_contact", "wrong_number", "end")


def among(source: Callable[[Session], Iterable[str]]) -> Offer:
    """From the words ``source`` gives: ``autocompletion=among(purposes)``."""

    def matching(ctx: Any, incomplete: str) -> list[str]:  # noqa: ANN401 - typer's own context class is private
        return [code for code in source(session_of(ctx)) if code.startswith(incomplete)]

    return matching


def words(*known: str) -> Offer:
    """From words that are always the same."""
    return among(lambda _session: known)


def listed(what: Listing) -> Offer:
    """Numbers or names of texts on the desk that begin with what was typed; none without a session."""

    def matching(ctx: Any, incomplete: str) -> list[str]:  # noqa: ANN401 - typer's own context class is private
        from collectdesk.desk import completions

        session = session_of(ctx)
        return completions.beginning(session.home, getattr(completions, what), incomplete, _now(session))

    return matching


cases = listed("CASES")
staff = listed("STAFF")
channels = listed("CHANNELS")
creditors = listed("CREDITORS")
rulebooks = listed("RULEBOOKS")
objections = listed("OBJECTIONS")
promises = listed("PROMISES")
payments = listed("PAYMENTS")
complaints = listed("COMPLAINTS")
requests = listed("REQUESTS")
officers = listed("OFFICERS")


def codes(field: str) -> Offer:
    """The adopted codes of a field."""
    return among(lambda session: _codes(session, field))


def calls(session: Session) -> Iterable[str]:
    """The collector's open call."""
    from collectdesk.desk.completions import open_call

    found = open_call(session.home, _now(session))
    return () if found is None else (f"c{found[0]}",)


def fields(session: Session) -> Sequence[str]:
    """The fields of the step the open call is at, side doors' too; every field where none is known for it."""
    from collectdesk.desk.completions import open_call
    from collectdesk.show.callwords import FIELDS

    found = open_call(session.home, _now(session))
    names = [name for name in FIELDS if "." in name]
    steps = (found[1], *SIDE_DOORS) if found else ()
    return [name for name in names if name.partition(".")[0] in steps] or names


def answers(ctx: Any, incomplete: str) -> list[str]:  # noqa: ANN401 - typer's own context class is private
    """What answers the field named by ``--field``."""
    field = ctx.params.get("field") or ""
    session = session_of(ctx)
    if field in CODED:
        known: Iterable[str] = _codes(session, CODED[field])
    else:
        known = FIXED.get(field, (DONE,) if field and field not in FREE else ())
    return [word for word in known if word.startswith(incomplete)]


def purposes(_session: Session) -> Iterable[str]:
    """What a call may be for."""
    from collectdesk.store.words import PURPOSES

    return PURPOSES


def complaint_channels(_session: Session) -> Iterable[str]:
    """By which way a complaint may come."""
    from collectdesk.store.words import COMPLAINT_CHANNELS

    return COMPLAINT_CHANNELS


def roles(_session: Session) -> Iterable[str]:
    """The part somebody has in a case."""
    from collectdesk.store.words import ROLES

    return ROLES


def sources(_session: Session) -> Iterable[str]:
    """Where a number may come from."""
    from collectdesk.store.words import NUMBER_SOURCES

    return NUMBER_SOURCES


def items(_session: Session) -> Iterable[str]:
    """What may prove identity."""
    from collectdesk.show.creditors import ITEMS

    return ITEMS


def licences(_session: Session) -> Iterable[str]:
    """What a creditor may be licensed as."""
    from collectdesk.store.words import LICENCES

    return LICENCES


def plans(session: Session) -> Iterable[str]:
    """Plans that are not over, the newest first."""
    from collectdesk.desk.completions import open_plans

    return [f"f{key}" for key in open_plans(session.home, _now(session))]


def plan_states(_session: Session) -> Iterable[str]:
    """The states of a plan."""
    from collectdesk.store.words import PLAN_STATES

    return PLAN_STATES


def plan_evidence(_session: Session) -> Iterable[str]:
    """What proves a difficulty, by kind."""
    from collectdesk.store.words import EVIDENCE

    return EVIDENCE


def difficulties(_session: Session) -> Iterable[str]:
    """Kinds of difficulty."""
    from collectdesk.store.words import DIFFICULTIES

    return DIFFICULTIES


def promise_states(_session: Session) -> Iterable[str]:
    """The states of a promise."""
    from collectdesk.store.words import PROMISE_STATES

    return PROMISE_STATES


def vetting(session: Session) -> Iterable[str]:
    """What is checked before somebody is admitted, with today's date."""
    from collectdesk.show.staffrecord import ITEMS

    return [f"{item}={session.now().date().isoformat()}" for item in ITEMS]


def sections(_session: Session) -> Iterable[str]:
    """The sections of a course."""
    from collectdesk.desk.training.courses import SECTIONS

    return SECTIONS


def shipped_rulebooks(_session: Session) -> Iterable[str]:
    """Rulebooks that ship with the program."""
    from collectdesk.desk.shipped import listed as shipped

    return [path.rpartition("/")[2].removesuffix(".toml") for path in shipped("rulebooks/*.toml")]


def lines(session: Session) -> Iterable[str]:
    """Lines of the call script that may be said besides the steps' own."""
    from collectdesk.desk.completions import lines_at_hand

    return lines_at_hand(session.home, _now(session))


def regions(_session: Session) -> Iterable[str]:
    """Regions whose calendars ship with the program."""
    return dict.fromkeys(name.rpartition("-")[0] for name in _calendars())


def years(_session: Session) -> Iterable[str]:
    """Years whose calendars ship with the program."""
    return sorted({name.rpartition("-")[2] for name in _calendars()})


def _calendars() -> list[str]:
    from collectdesk.desk.shipped import listed as shipped

    return [path.rpartition("/")[2].removesuffix(".json") for path in shipped("calendars/*.json")]


def _codes(session: Session, field: str) -> list[str]:
    from collectdesk.desk.completions import codes as adopted

    return adopted(session.home, field, _now(session))


def _now(session: Session) -> int:
    return int(session.now().timestamp())
