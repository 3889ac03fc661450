"""Words that give the debt away: none may stand in a line that anyone may hear (policy article 5.2).

They live in the code and not in an adopted file, so that no file can loosen the rule it is checked by.
"""

from __future__ import annotations

from functools import lru_cache

from collectdesk.desk.adopted_text import LANGS, Lang
from collectdesk.desk.phrases import PhraseIndex, fold, parse

DEBT_WORDS: dict[Lang, tuple[str, ...]] = {
    "zh_CN": (
        "欠款", "欠钱", "欠费", "欠债", "拖欠", "欠了", "欠着", "逾期", "还款", "还钱", "还清", "偿还", "归还", "未还",
        "应还", "待还", "债务", "债权", "负债", "催收", "催款", "催缴", "贷款", "借款", "借贷", "借钱", "借据", "账单",
        "金额", "款项", "本金", "利息", "罚息", "滞纳金", "违约", "征信", "失信", "信用卡", "信用记录", "分期", "延期",
        "减免", "结清", "代偿", "扣款", "划扣", "缴款", "付款", "支付", "转账", "额度", "担保", "抵押", "起诉", "诉讼",
        "仲裁", "欠付", "坏账", "老赖",
    ),
    "en": (
        "debt(|s|or|ors)", "owe(|s|d)", "owing", "overdue", "past due", "(default|defaulted|defaults|defaulting)",
        "arrears", "delinquen(t|cy)", "(repay|repays|repaid|repaying|repayment|repayments)",
        "(pay|pays|paid|paying|payment|payments|payable)", "amount(|s)", "(balance|balances)", "loan(|s)",
        "(lend|lends|lent|lending|lender|lenders)", "(borrow|borrowed|borrower|borrowing)", "credit card",
        "credit (report|record|bureau|score|history|file)",
        "(collect|collects|collected|collecting|collection|collections|collector)",
        "interest rate", "interest charge(|s)", "late (fee|fees|charge|charges)", "(penalty|penalties)",
        "(instalment|instalments|installment|installments)", "outstanding",
        "(bill|bills|billing|invoice)", "principal",
        "(settle|settled|settlement)", "(guarantor|guarantee)", "(mortgage|overdraft)", "(lawsuit|litigation|sue|sued)",
    ),
}  # fmt: skip
"""By language; the syntax is that of ``collectdesk.desk.phrases``."""


@lru_cache(maxsize=len(LANGS))
def _index(lang: Lang) -> PhraseIndex:
    return PhraseIndex(((at, parse(word, lang)) for at, word in enumerate(DEBT_WORDS[lang])), lang)


def debt_words_in(text: str) -> tuple[str, ...]:
    """The words of ``text`` that give a debt away, as the text spells them, in order."""
    spans = {
        (folded.spans[found.start][0], folded.spans[found.end - 1][1])
        for lang in LANGS
        for folded in fold(text, lang)
        for found in _index(lang).find(folded)
    }
    return tuple(text[start:end] for start, end in sorted(spans))
