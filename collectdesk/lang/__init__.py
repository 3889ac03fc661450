"""The words of the desk in two languages of equal standing: Chinese (zh_CN) and English (en).

Message ids are the English sentences themselves; ``zh_CN/LC_MESSAGES/collectdesk.po`` holds the Chinese ones
and is compiled to ``.mo`` when the package is built (``scripts/lang compile`` in a checkout). The language is
chosen once, by the front door, before any command module is imported; the catalogue is read at the first
sentence, so that answers made of codes alone never load it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gettext

LANGUAGES = ("zh_CN", "en")
DOMAIN = "collectdesk"


class MissingCatalogueError(RuntimeError):
    """The compiled catalogue is not there: the checkout was never built."""


class _Choice:
    """The language of this process."""

    lang: str = "en"


def normalise(name: str | None) -> str | None:
    """The language meant by ``name``, or None when it is neither of ours.

    >>> normalise("zh-Hans_CN.UTF-8"), normalise("en_GB"), normalise("C")
    ('zh_CN', 'en', None)
    """
    word = (name or "").replace("-", "_").split(".")[0].split("_")[0].lower()
    return {"zh": "zh_CN", "en": "en"}.get(word)


def choose(flag: str | None, environ: Mapping[str, str], setting: str | None) -> str:
    """The language to speak.

    The flag, COLLECTDESK_LANG, the desk's own setting, then the locale, else English.
    """
    locale_names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in locale_names if name), None)
    wishes = (flag, environ.get("COLLECTDESK_LANG"), setting, locale)
    return next((lang for lang in map(normalise, wishes) if lang), "en")


def use(lang: str) -> None:
    """Speak ``lang`` from here on.

    Raises:
        ValueError: it is not one of ``LANGUAGES``.
    """
    if lang not in LANGUAGES:
        raise ValueError(lang)
    _Choice.lang = lang


def current() -> str:
    """The language spoken now."""
    return _Choice.lang


def translate(message: str, lang: str) -> str:
    """``message`` in ``lang``, whatever is spoken now; the message itself where there is no translation."""
    return _catalogue(lang).gettext(message) if message else ""


def _(message: str) -> str:
    """``message`` in the language spoken now."""
    return translate(message, _Choice.lang)


def worded(message: str | None) -> str:
    """A sentence marked elsewhere with ``N_``, in the language spoken now; nothing for nothing."""
    return translate(message or "", _Choice.lang)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form for ``n`` things, in the language spoken now; still with its placeholders."""
    return _catalogue(_Choice.lang).ngettext(singular, plural, n)


def pick(texts: Mapping[str, str], lang: str | None = None) -> str:
    """The one wanted of ``{"zh_CN": …, "en": …}``, as data files carry their wording."""
    return texts[lang or _Choice.lang]


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    import gettext  # answers made of codes alone have no use for it, nor for paths
    from pathlib import Path

    if lang == "en":
        return gettext.NullTranslations()
    try:
        return gettext.translation(DOMAIN, Path(__file__).parent, [lang])
    except FileNotFoundError:
        raise MissingCatalogueError(f"no compiled catalogue for {lang}: run scripts/lang compile") from None
