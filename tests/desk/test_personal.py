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


@pytest.mark.parametrize(
    "label",
    [
        *(
            "张三的微信",
            "张三微信",
            "王小明支付宝",
            "欧阳锋的账户",
            "李经理的支付宝",
            "小张微信",
            "老王的收款码",
            "催收员微信",
        ),
        *(
            "微 信 转 账",
            "支付宝（张三）",
            "微信:李四",
            "转给张三",
            "户名：王小明",
            "张三的微信(官方)",
            "王 小 明 的账户",
        ),
        *(
            "转到张三的微信(官方)",
            "汇款至王小明账户",
            "打到李四银行卡",
            "王小明",
            "微信",
            "Ｖ信",
            "收款码",
            "个人银行卡",
        ),
        *("Zhang San's WeChat", "zhang san’s account", "my account", "Alipay", "WeChat of Zhang San", "QR code"),
        *("pay to John Smith", "Mr Zhang's Alipay", "account of Li Si", "Zhang San WeChat"),
    ],
)
def test_a_label_that_names_a_person_or_nobody_is_refused(label: str) -> None:
    """Articles 9.5, 9.7: called after somebody, or a wallet that does not say which company's it is."""
    with pytest.raises(BadData) as refused:
        personal.refuse(None, (label,), word_lists(), company="示例银行")
    assert refused.value.code == "personal_channel"
    assert label not in str(refused.value.params)


@pytest.mark.parametrize(
    "label",
    [
        *("手机银行", "示例银行任一网点柜台", "晨光应用内还款", "晨光对公还款账户", "银行手机应用", "微信公众号还款"),
        *(
            "支付宝生活号",
            "官方微信小程序",
            "对公账户",
            "信用卡还款账户",
            "还款专用账户",
            "常用账户",
            "金融账户",
            "平安银行信用卡",
        ),
        *(
            "您的绑定银行卡",
            "柜台(周一至周五)",
            "温州的网点柜台",
            "高新支行的柜台",
            "转入示例银行账户",
            "汇给公司",
            "张三丰小贷的账户",
        ),
        *(
            "mobile bank",
            "the Example Bank app",
            "Chenguang's company account",
            "the bank's app",
            "WeChat mini program",
        ),
        *("Example Bank's official WeChat account", "the company's account", "pay to the bank's account"),
    ],
)
def test_a_companys_own_label_passes(label: str) -> None:
    """A creditor named like a person is paid under its own name."""
    personal.refuse(None, (label,), word_lists(), company="张三丰小贷")


def test_a_label_that_speaks_of_a_private_account_is_refused() -> None:
    """Article 9.5."""
    with pytest.raises(BadData) as refused:
        personal.refuse(None, ("手机银行", "my personal account"), word_lists())
    assert refused.value.code == "personal_channel"
