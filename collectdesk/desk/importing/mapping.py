"""A mapping file (TOML) for files with odd headings or words of their own.

.. code-block:: toml

    [file]                      # all optional
    encoding = "gb18030"
    delimiter = "\\t"
    sheet = "11月"
    heading_line = 3
    zone = "Asia/Shanghai"      # of dates and times without an offset

    [columns]                   # heading as the file spells it = field, or "ignore"
    "客户大名" = "debtor.name"
    "备用联系" = "contact.phone.2"

    [constants]                 # a field that no column holds, the same for every line
    "case.creditor" = "示例银行"

    [values.number_source]      # a word of the file = a code
    "进件表" = "application"
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from collectdesk.desk.importing.vocabulary import shipped
from collectdesk.errors import N_, BadData, NotFound

IGNORE = "ignore"


class FileShape(Struct, frozen=True, forbid_unknown_fields=True):
    """How the file is laid out, where that cannot be told from the file."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    heading_line: int | None = None
    zone: str = "Asia/Shanghai"


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """What a mapping file says; the empty one for files that need none."""

    file: FileShape = FileShape()
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The zone of dates and times without an offset."""
        return ZoneInfo(self.file.zone)


def read_mapping(path: Path) -> Mapping:
    """Read and check a mapping file.

    Raises:
        NotFound: no such file.
        BadData: not TOML, an unknown key, field, list of words, code or time zone.
    """
    try:
        mapping = msgspec.toml.decode(path.read_bytes(), type=Mapping)
    except FileNotFoundError as error:
        raise NotFound("mapping_missing", N_("There is no such mapping file."), hint=_CHECK) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadData(
            "mapping_unreadable", N_("The mapping file cannot be read: {why}"), hint=_SHAPE, why=str(error)
        ) from error
    _check(mapping)
    return mapping


def _check(mapping: Mapping) -> None:
    for name in (*mapping.columns.values(), *mapping.constants):
        if name != IGNORE and not is_field(name):
            raise BadData(
                "mapping_field", N_("The mapping file names an unknown field: {name}"), hint=_SHAPE, name=name
            )
    for group, meanings in mapping.values.items():
        _check_words(group, meanings.values())
    try:
        _ = mapping.zone
    except (LookupError, ValueError, OSError) as error:
        raise BadData("mapping_zone", N_("The mapping file names an unknown time zone."), hint=_SHAPE) from error


def _check_words(group: str, codes: Iterable[str]) -> None:
    lists = shipped("vocabulary.toml")
    if group not in lists:
        raise BadData(
            "mapping_list", N_("The mapping file names an unknown list of words: {name}"), hint=_ONE_OF,
            name=group, known=", ".join(lists),
        )  # fmt: skip
    for code in codes:
        if code not in lists[group]:
            raise BadData(
                "mapping_value", N_("The mapping file names an unknown code: {name}"), hint=_ONE_OF,
                name=f"{group}.{code}", known=", ".join(lists[group]),
            )  # fmt: skip


def is_field(name: str) -> bool:
    """Whether ``group.field`` or ``group.field.n`` is a field of a case file or of a file of calls."""
    group, _, rest = name.partition(".")
    field, _, number = rest.partition(".")
    fields = shipped("headings.toml").get(group, {})
    if number and not (number in "123456789" and any("{n}" in word for word in fields.get(field, []))):
        return False
    return field in fields


_CHECK = N_("Check the path.")
_SHAPE = N_("`collectdesk help mapping` explains its parts; the same command lists the fields with --fields.")
_ONE_OF = N_("Use one of: {known}.")
