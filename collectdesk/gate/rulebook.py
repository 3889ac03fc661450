"""Rulebooks: a text's rules as data, compiled once."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import msgspec

from collectdesk.gate.applies import When
from collectdesk.gate.clock import clock_for
from collectdesk.gate.covered import Spans, covered
from collectdesk.gate.facts import Facts
from collectdesk.gate.kinds import AnyRule, InForce
from collectdesk.gate.kinds.base import ALWAYS_IN_FORCE, EVERYTHING

ZoneSource: TypeAlias = Literal["address", "mobile_code", "landline_code", "told", "creditor", "fixed"]


class Rulebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One source of rules: a law, a guideline, or the house's own.

    ``applies``: to which desks and debts the text speaks (asked only when the caller does not name the rulebooks).
    ``common``: conditions every rule shares. ``fixed_zone``: the zone the text itself counts in, judged besides the
    debtor's; ``one_zone_countries``: where that zone is the only one, so that a debtor without one is no question;
    ``same_zone``: names of zones kept there by custom only, in place of which the text's own is taken.
    ``zone_tiers``: which of the debtor's candidate zones count, best sources first: the first tier that names any is
    taken alone (a text that lets the number's code be presumed unless better is known); with none all of them count.
    ``calendar``: the region whose calendar its day kinds come from. ``settings``: what the house's own text sets
    besides rules, for the desk; the gate carries it and reads none of it.
    """

    schema: str = "collectdesk.rulebook/1"
    id: str
    version: str
    title: dict[str, str]
    source: dict[str, str]
    in_force: InForce = ALWAYS_IN_FORCE
    fixed_zone: str | None = None
    one_zone_countries: tuple[str, ...] = ()
    same_zone: tuple[str, ...] = ()
    zone_tiers: tuple[tuple[ZoneSource, ...], ...] = ()
    calendar: str | None = None
    preset: bool = False
    applies: When = EVERYTHING
    common: When = EVERYTHING
    rule: tuple[AnyRule, ...] = ()
    settings: dict[str, Any] = {}
    digest: str = ""

    def speaks(self, facts: Facts) -> Spans:
        """When the text speaks to this contact, from the instant asked about on; a preset only where it is named."""
        return () if self.preset else covered(self.applies, facts)

    def applies_to(self, facts: Facts) -> bool:
        """Whether the text speaks to this contact at the instant asked about."""
        spans = self.speaks(facts)
        return bool(spans) and spans[0][0] <= facts.at


class Malformed(ValueError):
    """A rulebook that cannot be compiled; ``where`` is the path to the offending entry."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


def compile_rulebook(mapping: Mapping[str, Any], digest: str | None = None) -> Rulebook:
    """Build a rulebook from a plain mapping, as TOML gives it.

    ``digest`` is that of the text it was read from, so that a verdict names the same digest as whoever keeps the
    text; without a text it is the content's.

    Raises:
        Malformed: a field is unknown, missing or of the wrong kind, or two rules share an id.
    """
    try:
        book = msgspec.convert(dict(mapping), Rulebook)
    except msgspec.ValidationError as error:
        problem, _, where = str(error).partition(" - at ")
        raise Malformed(where.replace("key` in `", "").strip("`") or "$", problem) from error
    if book.fixed_zone is not None:
        try:
            clock_for(book.fixed_zone)
        except LookupError:
            raise Malformed("$.fixed_zone", "no data for this time zone") from None
    ids = [rule.id for rule in book.rule]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    if twice is not None:
        raise Malformed("$.rule", f"two rules are called {twice}")
    return msgspec.structs.replace(book, digest=digest or digest_of(mapping))


def digest_of(mapping: Mapping[str, Any]) -> str:
    """SHA-256 over the rulebook's content, whatever its layout."""
    import hashlib  # a rulebook read back from its compiled form brings its digest along
    import json

    plain = json.dumps(mapping, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode()).hexdigest()
