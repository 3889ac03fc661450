"""The HTML a bundle's page is made of: both languages side by side, anybody's text escaped, nothing that acts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape

from collectdesk.lang import current, translate
from collectdesk.show import words
from collectdesk.show.evidencestyle import STYLE
from collectdesk.show.safe import safe


def frame(title: str, body: str) -> str:
    """The whole document around ``body``: nothing on it is fetched, run or sent."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    checked = {lang: " checked" if lang == current() else "" for lang in ("zh_CN", "en")}
    switch = (
        f'<input type="radio" name="lang" id="zh"{checked["zh_CN"]}><label for="zh">中文</label>'
        f'<input type="radio" name="lang" id="en"{checked["en"]}><label for="en">English</label>'
    )
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{switch}\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def section(title: str, body: str) -> str:
    """A part of the page under its title."""
    return f"<section><h2>{two(title)}</h2>{body or '<p>-</p>'}</section>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values."""
    return "<dl>" + "".join(f"<dt>{two(name)}</dt><dd>{value or '-'}</dd>" for name, value in pairs) + "</dl>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under their heads; nothing for no rows."""
    if not rows:
        return ""
    head = "".join(f"<th>{two(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<div class=wide><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def two(message: str, **params: str) -> str:
    """A sentence of ours in both languages; ``params`` are HTML already."""
    return _spoken(lambda lang: escape(translate(message, lang)).format(**params))


def both(texts: Mapping[str, object]) -> str:
    """A text that has both languages."""
    return _spoken(lambda lang: text(texts.get(lang)))


def coded(known: Mapping[str, str], code: object) -> str:
    """A code in the words of ``known``."""
    return _spoken(lambda lang: escape(words.word(known, safe(str(code)), lang)))


def _spoken(say: Callable[[str], str]) -> str:
    chinese, english = say("zh_CN"), say("en")
    if chinese == english:
        return chinese
    return f'<span lang="zh-CN">{chinese}</span><span lang="en">{english}</span>'


def text(value: object) -> str:
    """Anybody's text: harmless, its line breaks kept; nothing for nothing."""
    if value is None:
        return ""
    return "<br>".join(f"<bdi>{escape(safe(line))}</bdi>" for line in str(value).splitlines())


def moment(at: object) -> str:
    """A moment of the documents, or an entry's seconds, to the second with its offset."""
    if isinstance(at, int):
        at = datetime.fromtimestamp(at, UTC)
    read = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    shown = f"{read:%Y-%m-%d %H:%M:%S}{read.isoformat()[-6:]}"
    return f'<time datetime="{read.isoformat()}">{shown}</time>'


def shortened(digest: object) -> str:
    """The beginning of a digest; the whole of it where one points at it."""
    return f'<code title="{escape(str(digest))}">{text(str(digest)[:12])}</code>'
