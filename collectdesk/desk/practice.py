"""The practice desk (练习台): everything on it is made up, and nothing on it can reach anybody.

Its clock is shifted to a working morning. Every number that comes in is replaced by one no operator has given out, and
a file that names people of a real desk is refused: invented resident cards begin with 99, an area no place has.
"""

from __future__ import annotations

import hashlib
import re

from collectdesk.desk.importing.casefile import ImportedFile
from collectdesk.errors import N_, BadData

UNDIALABLE = re.compile(r"\+86(1600\d{7}|300\d{7,8}|1990000\d{4})(;ext=\d+)?")
"""Mobile numbers beginning 1600, landlines of the area code 0300, and 199 0000: nobody has them."""
INVENTED_AREA = "99"


def undialable(number: str) -> str:
    """The number that stands for ``number`` on a practice desk: the same one each time, and nobody's.

    >>> undialable("+8616000001001"), undialable("+8613800138000")
    ('+8616000001001', '+8616008983006')
    """
    if UNDIALABLE.fullmatch(number):
        return number
    digits = f"{int.from_bytes(hashlib.sha256(number.encode()).digest()[:8]) % 10**7:07}"
    return f"+861600{digits}" if re.match(r"\+861[3-9]", number) else f"+86300{digits}"


def refuse_real_people(file: ImportedFile) -> None:
    """Refuse a file that names debtors with documents of a real place.

    Raises:
        BadData: it does.
    """
    for batch in file.cases.batches():
        for record in batch:
            kind, number = record.debtor.id_kind, record.debtor.id_number
            if kind in ("resident", "resident_15") and number and not number.startswith(INVENTED_AREA):
                raise BadData(
                    "practice_real_people",
                    N_("Line {line} names a real person; a practice desk takes invented ones only."),
                    hint=N_("Open a real desk with `collectdesk init`, in another directory."),
                    line=record.line,
                )
