"""Whether contact is lost, for people and for programs: since when, by which calls, what is missing, whom to ask."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from collectdesk.lang import _, ngettext
from collectdesk.show.dates import stamp
from collectdesk.show.masking import name_wire
from collectdesk.show.stepwords import at
from collectdesk.show.words import LINES, ROLES, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.lost.status import ContactStanding, Lost, NumberTrail
    from collectdesk.show.masking import Masks


def lost_wire(found: Lost, masks: Masks, zone: tzinfo) -> dict[str, object]:
    """How it stands."""
    return {
        "at": at(found.at, zone),
        "lost": found.lost,
        "since": at(found.since, zone),
        "reached_at": at(found.reached_at, zone),
        "debtor_gone": found.gone,
        "rule": found.rule or None,
        "terms": {
            "failed_calls": found.terms.failed_calls,
            "failed_days": found.terms.failed_days,
            "spacing_minutes": found.terms.spacing_minutes,
        },
        "missing_calls": None if found.since is not None or not found.numbers else found.missing,
        "numbers": [_number_wire(each, zone) for each in found.numbers],
        "contacts": [_contact_wire(each, masks, zone) for each in found.contacts],
    }


def lost_json(code: str, found: Lost, masks: Masks, zone: tzinfo) -> None:
    """One document, ``collectdesk.lost/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.lost/1", {"case": code, **lost_wire(found, masks, zone)})


def lost_text(found: Lost, masks: Masks, zone: tzinfo) -> None:
    """The answer, then number by number, then who may be asked."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    pairs = [(_("Lost contact"), _sentence(found, zone))]
    if found.reached_at is not None and (reached := at(found.reached_at, zone)) is not None:
        pairs.append((_("Last reached"), stamp(reached)))
    pairs += [(_("Number"), _number_words(each, zone)) for each in found.numbers]
    pairs += [(word(ROLES, each.role), _contact_words(each, masks, zone)) for each in found.contacts]
    console.print(facts(console, pairs))


def lost_facts(found: Lost, zone: tzinfo) -> list[tuple[str, str]]:
    """One line for the page of a case; none where nothing was tried in vain."""
    tried = found.since is not None or any(each.failures for each in found.numbers) or not found.numbers
    return [(_("Lost contact"), _sentence(found, zone))] if tried else []


def _sentence(found: Lost, zone: tzinfo) -> str:
    if found.gone:
        return _("the debtor is dead or without full capacity; a contact may be asked for who acts for them")
    if not found.numbers:
        return _("no; there is no mobile of the debtor's to try")
    since = at(found.since, zone)
    if found.lost:
        return _("yes, since {time}").format(time=stamp(since)) if since else _("yes")
    if since is not None:
        return _("not yet: from {time}").format(time=stamp(since))
    return ngettext("no; {count} more failed call", "no; {count} more failed calls", found.missing).format(
        count=found.missing
    )


def _number_words(trail: NumberTrail, zone: tzinfo) -> str:
    failed = [f"{stamp(when)} {word(LINES, each.line)}" for each in trail.failures if (when := at(each.at, zone))]
    words = [f"n{trail.number}", *([_("invalid")] if trail.status == "invalid" else [])]
    since = at(trail.lost_since, zone)
    if since is not None:
        words.append(_("not to be reached from {time}").format(time=stamp(since)))
    elif trail.missing:
        words.append(
            ngettext("{count} more failed call", "{count} more failed calls", trail.missing).format(count=trail.missing)
        )
    return "  ".join([*words, listed(failed)]).strip()


def _contact_words(each: ContactStanding, masks: Masks, zone: tzinfo) -> str:
    opens = at(each.decision.next_allowed_at, zone)
    if each.refused_at is not None and (when := at(each.refused_at, zone)) is not None:
        answer = _("refused on {time}: never again").format(time=stamp(when))
    elif each.decision.allowed:
        answer = _("may be asked now")
    elif each.reserved is not True:
        answer = _("was not reserved by the debtor: may not be asked")
    elif opens is not None:
        answer = _("may be asked from {time}").format(time=stamp(opens))
    else:
        answer = _("may not be asked")
    return f"p{each.person}  {masks.name(each.name)}  {answer}"


def _number_wire(trail: NumberTrail, zone: tzinfo) -> dict[str, object]:
    return {
        "id": f"n{trail.number}",
        "status": trail.status,
        "status_at": at(trail.status_at, zone),
        "failures": [
            {"event": f"e{each.event}", "at": at(each.at, zone), "line": each.line} for each in trail.failures
        ],
        "lost_since": at(trail.lost_since, zone) if trail.lost_since is not None and trail.lost_since > 0 else None,
        "missing_calls": trail.missing,
    }


def _contact_wire(each: ContactStanding, masks: Masks, zone: tzinfo) -> dict[str, object]:
    decision = each.decision
    return {
        "id": f"p{each.person}",
        "role": each.role,
        "name": name_wire(each.name, masks.name),
        "reserved": each.reserved,
        "refused_at": at(each.refused_at, zone),
        "allowed": decision.allowed,
        "next_allowed_at": at(decision.next_allowed_at, zone),
        "blocks": [{"rule": block.rule, "code": block.code} for block in decision.blocks],
    }
