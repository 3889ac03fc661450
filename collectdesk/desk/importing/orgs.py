"""Organisations named in files: found on the desk by name, or added."""

from __future__ import annotations

from sqlalchemy import Connection, select

from collectdesk.desk.importing.inserting import Inserts, Keys
from collectdesk.desk.importing.vocabulary import normal
from collectdesk.store.schema import METADATA

ORG_ROW = ("id", "name", "kind", "own")
NOT_OURS = False
CREDITOR_ROW = ("org", "identity_items", "languages")


class Orgs:
    """Keys of organisations and creditors by name; unknown ones become rows."""

    def __init__(self, connection: Connection, keys: Keys, inserts: Inserts) -> None:
        self._keys, self._inserts = keys, inserts
        org, creditor = METADATA.tables["org"], METADATA.tables["creditor"]
        rows = list(connection.execute(select(org)))
        self._ids = {normal(row.name): row.id for row in rows}
        self.own_kind = next((row.kind for row in rows if row.own), None)
        found = connection.execute(select(creditor.c.org, creditor.c.identity_items))
        self.asked: dict[int, tuple[str, ...]] = {row.org: tuple(row.identity_items) for row in found}
        self.new = 0

    @property
    def creditors(self) -> dict[str, int]:
        """Creditors by name."""
        return {name: key for name, key in self._ids.items() if key in self.asked}

    def find(self, name: str) -> int | None:
        """The organisation of that name."""
        return self._ids.get(normal(name))

    def take(self, name: str, kind: str | None) -> int:
        """The organisation of that name, added if need be."""
        found = self.find(name)
        if found is None:
            found = self._keys.take("org")
            self._inserts.add("org", ORG_ROW, found, name, kind, NOT_OURS)
            self._ids[normal(name)] = found
            self.new += 1
        return found

    def creditor(self, name: str, kind: str | None) -> int:
        """The creditor of that name, added if need be: its identity items are then still to be chosen."""
        found = self.take(name, kind or "lender")
        if found not in self.asked:
            self._inserts.add("creditor", CREDITOR_ROW, found, "[]", "[]")
            self.asked[found] = ()
        return found
