"""Personal accounts (个人账户): where no debtor may ever be sent to pay (articles 9.5, 9.7).

Companies keep accounts with banks; mobile numbers, e-mail addresses and bank cards are what people's wallets go by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from collectdesk.desk.number_spotting import DETECTORS
from collectdesk.desk.phrases import fold_digits
from collectdesk.desk.whose import is_persons
from collectdesk.desk.wording import WordList, barred, check
from collectdesk.errors import N_, BadData

CARDS = "62"  # what the numbers of bank cards issued in China begin with
MOBILE = re.compile(r"^(\+?86|0086)?1[3-9]\d{9}$")


def refuse(account: str | None, labels: Sequence[str], lists: Sequence[WordList], company: str = "") -> None:
    """Go on only if neither the account nor what it is called is a person's; ``company`` is whom the debtor pays.

    Raises:
        BadData: one is.
    """
    if account and _persons(account):
        raise BadData(
            "personal_account",
            N_("This account looks like a person's: a mobile number, an e-mail address or a bank card."),
            hint=N_("Designate the creditor's own account, or leave --account out."),
        )
    if any(barred(check(label, lists)) or is_persons(label, company) for label in labels):
        raise BadData(
            "personal_channel",
            N_("This way to pay is called like a person's, or is a wallet without a word about whose."),
            hint=N_("Name the company's own: its bank, counter, app, official account or mini program."),
        )


def _persons(account: str) -> bool:
    plain = "".join(fold_digits(char) or char for char in account if char not in " -\u3000")
    card = plain.startswith(CARDS) and any(DETECTORS["card_number"](plain))
    return "@" in account or card or MOBILE.match(plain) is not None
