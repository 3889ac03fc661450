"""Applicability: to which contacts a rulebook or a rule speaks. What is unknown is taken as covered."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.gate.dial import Debt, Place
from collectdesk.gate.facts import Facts, role_in
from collectdesk.gate.periods import DateRange
from collectdesk.gate.vocabulary import Amount, Channel, DebtType, OrgKind, Purpose, Role

NumberPlace: TypeAlias = Literal["home", "work", "other", "none"]
NumberClass: TypeAlias = Literal["mobile", "landline", "voip"]


class When(Struct, frozen=True, forbid_unknown_fields=True):
    """Conditions that must all hold; an empty list means any.

    ``above_days_past_due``: only debts more than so many days overdue (逾期天数) on the date asked about.
    ``least_amount`` and ``most_amount`` (both included) are compared in ``currency``; ``signed`` and ``due`` are the
    dates of the contract and of the due day; ``least_age_days`` and ``most_age_days`` count from the due day to the
    date asked about.
    ``creditor_kinds``: what sort of organisation the debt is owed to. All that is said of debts must hold of one and
    the same. ``number_places`` and ``number_classes``: of the number called; ``known_number``: there an unknown place
    or class is not covered, because the text asks what the caller knows.
    """

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    debt_types: tuple[DebtType, ...] = ()
    org_kinds: tuple[OrgKind, ...] = ()
    channels: tuple[Channel, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    not_purposes: tuple[Purpose, ...] = ()
    roles: tuple[Role, ...] = ()
    not_roles: tuple[Role, ...] = ()
    assigned: bool | None = None
    above_days_past_due: int | None = None
    licensed: bool | None = None
    automated: bool | None = None
    number_places: tuple[NumberPlace, ...] = ()
    number_classes: tuple[NumberClass, ...] = ()
    known_number: bool = False
    creditor_kinds: tuple[OrgKind, ...] = ()
    least_amount: Amount | None = None
    most_amount: Amount | None = None
    currency: str | None = None
    signed: DateRange | None = None
    due: DateRange | None = None
    least_age_days: int | None = None
    most_age_days: int | None = None

    def covers(self, facts: Facts, on: int | None = None) -> bool:
        """Whether the contact in ``facts`` falls under these conditions, ``on`` a local date or the one asked about."""
        return (
            self._covers_place(facts)
            and self._covers_org(facts)
            and self._covers_contact(facts)
            and self._covers_person(facts)
            and self._covers_number(facts)
            and self._covers_debts(facts, on)
        )

    @property
    def grows(self) -> bool:
        """Whether it may cover a contact on one date and not on another, because a debt has grown older."""
        return not (self.above_days_past_due is None and self.least_age_days is None and self.most_age_days is None)

    def turns(self, facts: Facts) -> set[int]:
        """The local dates before which a debt was not of the age spoken of, or from which it is no longer."""
        turns = set()
        for debt in facts.debts:
            if self.above_days_past_due is not None and debt.days_past_due is not None:
                turns.add(_dated(debt, facts) + self.above_days_past_due - debt.days_past_due + 1)
            if debt.due_on is not None:
                ages = (self.least_age_days, None if self.most_age_days is None else self.most_age_days + 1)
                turns.update(debt.due_on.toordinal() + age for age in ages if age is not None)
        return turns

    @property
    def _particular_debt(self) -> bool:
        return bool(self.creditor_kinds) or any(
            each is not None
            for each in (
                self.least_amount,
                self.most_amount,
                self.signed,
                self.due,
                self.least_age_days,
                self.most_age_days,
            )
        )

    def _covers_place(self, facts: Facts) -> bool:
        place = facts.dial.place
        return place is None or (
            (not self.countries or _any_of(country_of(place), self.countries))
            and (not self.regions or _any_of(_region_of(place), self.regions))
            and (not self.cities or _named(place.city, self.cities))
        )

    def _covers_org(self, facts: Facts) -> bool:
        own = facts.dial.own_org
        return own is None or (_any_of(own.kind, self.org_kinds) and _same(own.licensed, self.licensed))

    def _covers_contact(self, facts: Facts) -> bool:
        return (
            _any_of(facts.channel, self.channels)
            and _any_of(facts.purpose, self.purposes)
            and facts.purpose not in self.not_purposes
            and _same(facts.attempt.automated, self.automated)
        )

    def _covers_person(self, facts: Facts) -> bool:
        """Whoever is treated as debtor falls under what is said of debtors, and of their own role as well."""
        role = facts.person.role if facts.person else None
        named = _any_of(role, self.roles) or role_in(facts.person) in self.roles
        return named and (role is None or role not in self.not_roles)

    def _covers_number(self, facts: Facts) -> bool:
        """Rules on numbers do not apply where there is none."""
        if not self.number_places and not self.number_classes:
            return True
        if facts.channel not in ("voice", "voice_notice"):
            return False
        number = facts.number
        place = None if number is None else number.tied_to
        kind = None if number is None else number.class_
        return self._covers_what(place, self.number_places) and self._covers_what(kind, self.number_classes)

    def _covers_what(self, value: str | None, wanted: tuple[str, ...]) -> bool:
        if value in (None, "unknown"):
            return not wanted or not self.known_number
        return not wanted or value in wanted

    def _covers_debts(self, facts: Facts, on: int | None) -> bool:
        asked = self.debt_types or self.assigned is not None or self.above_days_past_due is not None
        if not asked and not self._particular_debt:
            return True
        return not facts.debts or any(self._covers_debt(debt, facts, on) for debt in facts.debts)

    def debts_spoken_of(self, facts: Facts) -> Sequence[Debt]:
        """The debts of a contact that are meant by what is said of debts, or will be on another date."""
        meant = [each for each in facts.debts if self.may_mean(each)]
        return meant if self.grows else [each for each in meant if self._covers_debt(each, facts, None)]

    def may_mean(self, debt: Debt) -> bool:
        """Whether the debt is of a type that is meant."""
        return _any_of(debt.type, self.debt_types)

    def _covers_debt(self, debt: Debt, facts: Facts, on: int | None) -> bool:
        return (
            _any_of(debt.type, self.debt_types)
            and (self.assigned is None or (debt.assigned_at is not None) == self.assigned)
            and self._covers_overdue(debt, facts, on)
            and (not self._particular_debt or self._covers_particulars(debt, facts, on))
        )

    def _covers_overdue(self, debt: Debt, facts: Facts, on: int | None) -> bool:
        """By the days stated and those since."""
        if self.above_days_past_due is None or debt.days_past_due is None:
            return True
        since = max(0, (facts.asked_on if on is None else on) - _dated(debt, facts))
        return debt.days_past_due + since > self.above_days_past_due

    def _covers_particulars(self, debt: Debt, facts: Facts, on: int | None) -> bool:
        return (
            _within(debt.signed_on, self.signed)
            and _within(debt.due_on, self.due)
            and self._covers_age(debt, facts, on)
            and self._covers_amount(debt)
            and (not self.creditor_kinds or _any_of(_kind_of(debt.creditor, facts), self.creditor_kinds))
        )

    def _covers_age(self, debt: Debt, facts: Facts, on: int | None) -> bool:
        if debt.due_on is None or (self.least_age_days is None and self.most_age_days is None):
            return True
        age = (facts.asked_on if on is None else on) - debt.due_on.toordinal()
        least = self.least_age_days is None or age >= self.least_age_days
        return least and (self.most_age_days is None or age <= self.most_age_days)

    def _covers_amount(self, debt: Debt) -> bool:
        """An amount in another currency than the rule's, or in none, cannot be compared."""
        if debt.amount is None or (self.least_amount is None and self.most_amount is None):
            return True
        if self.currency is not None and debt.currency != self.currency:
            return True
        from decimal import Decimal  # only where a rule asks about amounts

        amount = Decimal(debt.amount)
        least = self.least_amount is None or amount >= Decimal(self.least_amount)
        return least and (self.most_amount is None or amount <= Decimal(self.most_amount))


def _dated(debt: Debt, facts: Facts) -> int:
    """The local date of a debt's days past due; days of no date are those of the date asked about."""
    return facts.asked_on if debt.as_of is None else debt.as_of.toordinal()


def _any_of(value: str | None, wanted: Iterable[str]) -> bool:
    return not wanted or value is None or value in wanted


def country_of(place: Place) -> str | None:
    """The country in capitals, as ISO 3166 writes it in two places; what is not written so names none."""
    code = (place.country or "").strip().upper()
    return code if _is_code(code, 2, 2) else None


def _region_of(place: Place) -> str | None:
    """The suffix in capitals, also of a whole ISO 3166-2 code (``US-MA``); a name written out is none."""
    code = (place.region or "").strip().upper()
    country, _, suffix = code.rpartition("-")
    if not _is_code(suffix, 1, 3) or (country and not _is_code(country, 2, 2)):
        return None
    return suffix if country in ("", country_of(place) or country) else code


def _is_code(text: str, least: int, most: int) -> bool:
    return least <= len(text) <= most and text.isascii() and text.isalnum()


def _named(value: str | None, wanted: Iterable[str]) -> bool:
    """Whether it is one of the names, however capitalised or spaced; a blank one is unknown."""
    plain = _plain(value or "")
    return not plain or plain in map(_plain, wanted)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _same(value: bool | None, wanted: bool | None) -> bool:
    return wanted is None or value is None or value is wanted


def _within(day: date | None, dates: DateRange | None) -> bool:
    if day is None or dates is None:
        return True
    return (dates.start is None or day >= dates.start) and (dates.end is None or day <= dates.end)


def _kind_of(org: str | None, facts: Facts) -> str | None:
    """What sort of organisation ``org`` is: one of those named, or the one that collects."""
    known = [*(facts.dial.orgs or ()), *([facts.dial.own_org] if facts.dial.own_org else [])]
    return next((each.kind for each in known if each.id == org), None)
