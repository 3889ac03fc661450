"""Whose a way to pay is, by what it is called: a label that names a person, or a wallet that names no company.

Companies are paid at their banks, counters and apps. What is called after somebody (张三的微信, Zhang San's account) is
that person's; a wallet's own name (微信, Alipay) is nobody's until a company's word stands beside it (articles 9.5,
9.7). Readings are rough: a label that is refused can be worded anew, a debtor's money sent astray does not come back.
"""

from __future__ import annotations

import re
import unicodedata

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔"
    "康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗"
    "凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来蔺祖"
)
COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|百里|宇文|长孙|南宫|独孤"
NAME = rf"(?:(?:{COMPOUND})|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
WORDS = (
    "常用|高级|方便|安全|金融|金卡|时时|成功|易付|万能|文明|任意|任何|任一|来电|单位|单笔|古城|关联|包含|向前|项目|"
    "解除|强制|解决|周[一二三四五六日天末]"
)
"""Words that begin like a surname and are none."""
TITLES = "经理|专员|主管|组长|老师|先生|女士|小姐|师傅|律师|总|姐|哥|阿姨|叔"
SOMEBODY = (
    rf"我|本人|个人|私人|自己|员工|催收员|业务员|坐席|朋友|同事|亲属|(?:{NAME})(?:{TITLES})?|"
    rf"[小老阿][{SURNAMES}]|[{SURNAMES}](?:{TITLES})"
)
WALLET = (
    "微信|支付宝|收款码|收钱码|二维码|付款码|红包|钱包|v信|vx|wx|wechat|weixin|alipay|zhifubao|paypal|venmo|qq|qr ?code"
)
ACCOUNT = "银行卡|储蓄卡|卡号|卡|账户|账号|帐户|帐号|户头"
COMPANY = (
    "银行|公司|集团|信托|保险|小贷|消费金融|信用社|合作社|农信|卡中心|机构|企业|对公|官方|公众号|小程序|生活号|服务窗|商户|客户端|应用|平台|"
    "本行|我行|贵行|本司|我司|法院|债权人|缴费|生活缴"
)
COMPANY_EN = (
    r"\b(?:bank|company|companies|corporate|corp|inc|ltd|llc|lender|creditor|issuer|official|merchant|business|"
    r"mini[ -]?program|app|application|portal|website|branch|court)\b"
)
_CN_OWNED = re.compile(rf"(?:^|[^\u4e00-\u9fff])(?:{SOMEBODY})的?(?:{WALLET}|{ACCOUNT})")
_CN_OF = re.compile(rf"(?:{SOMEBODY})的[^,，;；。]*(?:{WALLET}|{ACCOUNT})")
_CN_TO = re.compile(
    rf"(?:给|至|付到|转到|汇到|打到|转入|汇入|户名|收款人|收款方|联系人)[是为:：]?(?:{SOMEBODY})(?:$|[^\u4e00-\u9fff]|{WALLET}|{ACCOUNT})"
)
_CN_ASIDE = re.compile(rf"[(\[（【《\-—/:：,，、](?:{NAME})(?:{TITLES})?(?:[)\]）】》]|$)")
_CN_BARE = re.compile(rf"^(?:{NAME})(?:{TITLES})?$")
_CHINESE = (_CN_OWNED, _CN_OF, _CN_TO, _CN_ASIDE, _CN_BARE)
_EN_OWNED = re.compile(rf"([a-z][\w.]*)['’]s?\s+(?:(?!{COMPANY_EN})[\w-]+\s+)*?(?:{WALLET}|accounts?|cards?|wallet)\b")
_EN_OWN = re.compile(
    rf"\b(?:my|his|her|their|our (?:agent|collector)'s)\s+(?:own\s+|personal\s+)?(?:{WALLET}|accounts?|cards?|wallet)\b"
    r"|\b(?:mr|mrs|ms|miss|dr)\b\.?\s+[a-z]+"
)
_EN_OF = re.compile(
    r"\b(?:account|card|wallet|wechat|alipay|paid|pay|payable|transfer)\s+(?:of|to)\s+(?!the\b|our\b|a\b|an\b)(.+)"
)
_WALLET = re.compile(rf"(?:{WALLET})")
_COMPANY = re.compile(rf"(?:{COMPANY})|{COMPANY_EN}")


def is_persons(label: str, company: str = "") -> bool:
    """Whether ``label`` speaks of a person's way to be paid, or of a wallet without saying which company's.

    ``company`` is the creditor's own name: what is called after it is the creditor's, however much it looks like a
    person's.
    """
    plain = unicodedata.normalize("NFKC", label).casefold()
    own = unicodedata.normalize("NFKC", company).casefold().strip()
    shown = plain.replace(own, "公司") if own else plain
    chinese = "".join(char for char in shown if not char.isspace() and unicodedata.category(char) != "Cf")
    chinese = re.sub(WORDS, "", chinese)
    if any(pattern.search(chinese) for pattern in _CHINESE):
        return True
    return _english(shown) or bool(_WALLET.search(chinese) and not _COMPANY.search(shown))


def _english(shown: str) -> bool:
    owners = [*_EN_OWNED.findall(shown), *_EN_OF.findall(shown)]
    return _EN_OWN.search(shown) is not None or any(not _COMPANY.search(owner) for owner in owners)
