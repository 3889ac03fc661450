"""Calendars by region, each read when a rulebook first asks for it: most questions need one, few desks need all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from collectdesk.gate import Calendar


class ByRegion(Mapping[str, Calendar]):
    """Regions and how to read one; what was read is kept, a region without a calendar is remembered as such."""

    def __init__(self, regions: Callable[[], Iterable[str]], read: Callable[[str], Calendar | None]) -> None:
        """``regions`` names all there are, ``read`` gives one, or none where there is none."""
        self._regions = regions
        self._read = read
        self._known: dict[str, Calendar | None] = {}

    def __getitem__(self, region: str) -> Calendar:
        if region not in self._known:
            self._known[region] = self._read(region)
        found = self._known[region]
        if found is None:
            raise KeyError(region)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(self._regions()))

    def __len__(self) -> int:
        return len(dict.fromkeys(self._regions()))
