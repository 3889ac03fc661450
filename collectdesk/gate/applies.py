"""Applicability: to which contacts a rulebook or a rule speaks. What is unknown is taken as covered."""

from collections.abc import Iterable

from msgspec import Struct

from collectdesk.gate.dial import Channel, Debt, DebtType, OrgKind, Purpose, Role
from collectdesk.gate.facts import Facts


class When(Struct, frozen=True, forbid_unknown_fields=True):
    """Conditions that must all hold; an empty list means any.

    ``above_days_past_due``: only debts more than so many days overdue (逾期天数).
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

    def covers(self, facts: Facts) -> bool:
        """Whether the contact in ``facts`` falls under these conditions."""
        return (
            self._covers_place(facts)
            and self._covers_org(facts)
            and self._covers_contact(facts)
            and self._covers_person(facts)
            and self._covers_debts(facts)
        )

    def _covers_place(self, facts: Facts) -> bool:
        place = facts.dial.place
        return place is None or (
            _any_of(place.country, self.countries)
            and _any_of(place.region, self.regions)
            and _any_of(place.city, self.cities)
        )

    def _covers_org(self, facts: Facts) -> bool:
        return facts.dial.own_org is None or _any_of(facts.dial.own_org.kind, self.org_kinds)

    def _covers_contact(self, facts: Facts) -> bool:
        return (
            _any_of(facts.channel, self.channels)
            and _any_of(facts.purpose, self.purposes)
            and facts.purpose not in self.not_purposes
        )

    def _covers_person(self, facts: Facts) -> bool:
        role = facts.person.role if facts.person else None
        return _any_of(role, self.roles) and (role is None or role not in self.not_roles)

    def _covers_debts(self, facts: Facts) -> bool:
        if not (self.debt_types or self.assigned is not None or self.above_days_past_due is not None):
            return True
        return not facts.debts or any(self._covers_debt(debt) for debt in facts.debts)

    def _covers_debt(self, debt: Debt) -> bool:
        overdue = self.above_days_past_due is None or debt.days_past_due is None
        return (
            _any_of(debt.type, self.debt_types)
            and (self.assigned is None or (debt.assigned_at is not None) == self.assigned)
            and (overdue or (debt.days_past_due or 0) > (self.above_days_past_due or 0))
        )


def _any_of(value: str | None, wanted: Iterable[str]) -> bool:
    return not wanted or value is None or value in wanted
