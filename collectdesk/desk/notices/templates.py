"""Templates of notices (函件模板): what a letter must hold by its kind, and what it may not (policy article 9.3).

A template is adopted like every text. It names all that the rule behind its kind asks for, its envelope gives no debt
away, and an agency writes in its own name on the creditor's behalf. A letter whose variable is missing is not made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from collectdesk.desk.adopted_text import (
    LANGS,
    Both,
    Headed,
    Lang,
    Name,
    malformed,
    read_as,
    refuse_doubles,
    refuse_unknown_cites,
)
from collectdesk.desk.debt_words import debt_words_in
from collectdesk.desk.script_rules import NEUTRAL, OF_THE_DEBT, ON_BEHALF
from collectdesk.desk.scripts import PLACEHOLDER, Employer, placeholders
from collectdesk.desk.wording import Hit, WordList, barred, check

NoticeKind = Literal[
    "collection_start", "validation", "debt", "outsourcing", "assignment", "adverse_credit", "dispute_and_sue"
]
"""The contract's ``notices[].kind``."""
FACTS = frozenset((
    "company", "creditor", "sought", "addressee", "hotline", "staff_number", "obligor_role", "product", "contract",
    "as_of", "total", "principal", "interest", "fees", "since", "days", "channel",
))  # fmt: skip
"""What the desk knows of a case and may stand in a letter."""
OF_LETTERS: Mapping[str, str] = {
    "number": "the letter's number",
    "date": "the date it was made",
    "address": "where it goes",
}
ON_ENVELOPE = frozenset(("addressee", "address", "number"))
"""All that may stand outside: neither company nor creditor, whose names may give the debt away."""
HOLDS: Mapping[str, tuple[str, ...]] = {
    "collection_start": ("who", "owed", "rights", "pay", "contact"),
    "validation": ("who", "owed", "check", "object", "contact"),
    "debt": ("who", "owed", "reason", "rights", "check", "pay", "object", "contact"),
    "outsourcing": ("who", "agency", "rights", "pay", "contact"),
    "assignment": ("who", "assigned", "effect", "pay", "contact"),
    "adverse_credit": ("who", "owed", "report", "avert", "object", "contact"),
    "dispute_and_sue": ("who", "owed", "dispute", "sue", "contact"),
}
"""The parts each kind needs: the card measures' article 69 for the debt; what Civil Code article 546, the consumer
protection measures and the credit reporting regulation's article 15 have the debtor told."""


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One part of a letter, by what it is for; ``agency`` is said instead by an agency or law firm."""

    id: Name
    text: Both
    agency: Both | None = None
    cite: tuple[str, ...]

    def said(self, lang: Lang, employer: Employer) -> str:
        """Its text as this employer writes it."""
        other = self.agency if employer in ("agency", "law_firm") else None
        return (other or self.text).in_(lang)

    def texts(self, lang: Lang) -> tuple[str, ...]:
        """Every text of it in one language."""
        return tuple(each.in_(lang) for each in (self.text, self.agency) if each is not None)


class Asked(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the desk does not know and whoever makes the letter must say."""

    name: Name
    kind: Literal["text", "date"] = "text"
    title: Both


class TemplateFile(Headed, frozen=True, kw_only=True):
    """A template as its file holds it. ``senders``: the kinds of company whose letter it is."""

    schema: Literal["collectdesk.template/1"]
    id: Name
    kind: NoticeKind
    senders: Annotated[tuple[Employer, ...], Meta(min_length=1)]
    subject: Both
    envelope: Both
    asked: tuple[Asked, ...] = ()
    part: Annotated[tuple[Part, ...], Meta(min_length=1)]
    closing: Both


class Template(Headed, frozen=True, kw_only=True):
    """A compiled template: plain data, to be stored and read back as JSON (msgspec)."""

    id: str
    kind: NoticeKind
    senders: tuple[Employer, ...]
    subject: Both
    envelope: Both
    asked: tuple[Asked, ...]
    parts: tuple[Part, ...]
    closing: Both

    def texts(self, lang: Lang) -> Iterator[tuple[str, str]]:
        """Every text of one language with its place."""
        yield from (("subject", self.subject.in_(lang)), ("envelope", self.envelope.in_(lang)))
        for part in self.parts:
            yield from ((f"part.{part.id}", text) for text in part.texts(lang))
        yield "closing", self.closing.in_(lang)


def compile_template(mapping: Mapping[str, object]) -> Template:
    """Build a template from a plain mapping, as TOML gives it.

    Raises:
        BadData: a field is wrong, a part is missing, a variable unknown, the envelope tells of a debt, or an agency
            would write as if it were the creditor; says where.
    """
    file = read_as(TemplateFile, mapping, "template")
    refuse_doubles("template", "$.part", (part.id for part in file.part))
    refuse_unknown_cites("template", file.cites, ((f"$.part.{part.id}", part.cite) for part in file.part))
    made = Template(
        version=file.version, title=file.title, cites=file.cites, id=file.id, kind=file.kind, senders=file.senders,
        subject=file.subject, envelope=file.envelope, asked=file.asked, parts=file.part, closing=file.closing,
    )  # fmt: skip
    for part in made.parts:
        if not part.cite:
            raise malformed("template", f"$.part.{part.id}", "a part needs a source")
    missing = [name for name in HOLDS[made.kind] if name not in {part.id for part in made.parts}]
    if missing:
        raise malformed("template", "$.part", f"a notice of the kind '{made.kind}' needs the part '{missing[0]}'")
    for lang in LANGS:
        _refuse_variables(made, lang)
        _refuse_telling(made, lang)
        _refuse_posing(made, lang)
    return made


def forbidden(template: Template, lists: list[WordList]) -> tuple[tuple[str, Hit], ...]:
    """Where a template says what the wording lists bar; such a one makes no letter."""
    return tuple(
        (place, hit)
        for lang in LANGS
        for place, text in template.texts(lang)
        for hit in barred(check(PLACEHOLDER.sub(" ", text), lists))
    )


def _refuse_variables(template: Template, lang: Lang) -> None:
    own = {each.name for each in template.asked}
    known = (FACTS & (NEUTRAL.keys() | OF_THE_DEBT.keys())) | OF_LETTERS.keys() | own
    for place, text in template.texts(lang):
        where = f"$.{place}.{lang}"
        unknown = [name for name in placeholders(text) if name not in known]
        if unknown:
            raise malformed("template", where, f"no variable is called '{unknown[0]}'")
        if any(mark in PLACEHOLDER.sub("", text) for mark in "{}"):
            raise malformed("template", where, "a brace stands alone")
    said = {name for _place, text in template.texts(lang) for name in placeholders(text)}
    unsaid = sorted(own - said)
    if unsaid:
        raise malformed("template", "$.asked", f"'{unsaid[0]}' is asked for and said nowhere")


def _refuse_telling(template: Template, lang: Lang) -> None:
    """Whoever sees the envelope learns nothing (policy article 5.2)."""
    text, where = template.envelope.in_(lang), f"$.envelope.{lang}"
    inside = [name for name in placeholders(text) if name not in ON_ENVELOPE]
    words = debt_words_in(PLACEHOLDER.sub(" ", text))
    if inside or words:
        raise malformed("template", where, f"'{(inside or words)[0]}' may not stand on an envelope")
    if not {"addressee", "address"} <= set(placeholders(text)):
        raise malformed("template", where, "an envelope names the addressee and the address")


def _refuse_posing(template: Template, lang: Lang) -> None:
    """An agency writes in its own name and says on whose behalf."""
    if not {"agency", "law_firm"} & set(template.senders):
        return
    said = " ".join(part.said(lang, "agency") for part in template.parts if part.id == "who")
    if not {"company", "creditor"} <= set(placeholders(said)) or not any(w in said.lower() for w in ON_BEHALF[lang]):
        raise malformed(
            "template", f"$.part.who.{lang}", "an agency must name itself and say on whose behalf it writes"
        )
