"""Articles 9.5 and 9.7: no debtor is ever sent to a person's account."""

from __future__ import annotations

import pytest

from collectdesk.desk import personal
from collectdesk.errors import BadData
from tests.desk.shipped_words import word_lists


@pytest.mark.parametrize(
    "account", ["13812345678", "+86 138 1234 5678", "１３８１２３４５６７８", "pay@example.com", "6222 0212 3456 7894"]
)
def test_what_peoples_wallets_go_by_is_refused(account: str) -> None:
    """Article 9.7."""
    with pytest.raises(BadData) as refused:
        personal.refuse(account, (), word_lists())
    assert refused.value.code == "personal_account"
    assert account not in str(refused.value.params)


@pytest.mark.parametrize("account", [None, "9900 0000 0000 0002", "1102 0201 0900 1234 567", "0300-5550000"])
def test_a_companys_account_passes(account: str | None) -> None:
    personal.refuse(account, ("示例银行手机银行", "the Example Bank app"), word_lists())


def test_a_label_that_speaks_of_a_private_account_is_refused() -> None:
    """Article 9.5."""
    with pytest.raises(BadData) as refused:
        personal.refuse(None, ("手机银行", "my personal account"), word_lists())
    assert refused.value.code == "personal_channel"
