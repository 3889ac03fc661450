"""Cases that are away (已转出): referred by a way that takes them out of the ordinary queue."""

from __future__ import annotations

from collectdesk.store.case_rows import Ask, Scope

AWAY = (
    "SELECT r.case_id FROM referral r JOIN case_file c ON c.id = r.case_id "
    "WHERE r.status <> 'ended' AND r.leaves_queue AND {scope}"
)


def away(ask: Ask, scope: Scope) -> frozenset[int]:
    """The keys of those cases of ``scope``."""
    return frozenset(int(key) for (key,) in ask(AWAY.format(scope=scope.condition), scope.params))
