"""A line of a case file as a typed record: debtor, numbers, contacts, amounts, terms, notices."""

from __future__ import annotations

import re

from msgspec.structs import replace

from collectdesk.desk.destructions.gone import GONE
from collectdesk.desk.importing.cells import Cell, exact, tidy
from collectdesk.desk.importing.finding import Refusal
from collectdesk.desk.importing.identity import IdDocument, read_document, rounded_perhaps
from collectdesk.desk.importing.line import Line
from collectdesk.desk.importing.phones import read_phone
from collectdesk.desk.importing.records import CaseRecord, Contact, Debtor, StatedNumber, Term
from collectdesk.desk.importing.statement import read_statement
from collectdesk.desk.importing.vocabulary import shipped
from collectdesk.desk.importing.zones import read_zone
from collectdesk.errors import N_

OWN_NUMBERS = {"mobile": None, "home_phone": "home", "work_phone": "work", "other_phone": None}
NOTICES = ("collection_start", "debt", "outsourcing", "assignment", "adverse_credit")
_BETWEEN = " \t:：,，;；.。、()（）"
_LIST = re.compile(r"[;；、,，|\n]+")
_TERM = re.compile(r"\s*([^:：=]+?)\s*[:：=]\s*(.+?)\s*", re.DOTALL)
_CLAUSE = re.compile(
    r"第?\s{0,4}([0-9]{1,4}(?:\.[0-9]{1,4}){0,4}|[一二三四五六七八九十百]{1,8})\s{0,4}条"
    r"|(?:clause|article|section)\s{0,4}([0-9.]{0,12}[0-9])",
    re.IGNORECASE,
)  # every part bounded: a cell of 30,000 digits takes no longer than another


def read_case(line: Line) -> CaseRecord | None:
    """The record, or none when the line has an error (then ``line.findings`` says which)."""
    creditor, contract, name = line.text("case.creditor"), line.mark("case.contract_no"), line.text("debtor.name")
    line.require("case.creditor", creditor)
    line.require("case.contract_no", contract)
    line.require("debtor.name", name)
    if name == GONE:
        line.refuse("debtor.name", "no_name", N_("is no name."), _WHOLE_NAME)
    _refuse_scientific_contract(line, contract)
    product = line.text("case.product")
    due_on = line.date("case.due_on")
    record = CaseRecord(
        line.number, line.mark("case.ref"), creditor or "", line.code("case.placed_by_kind", "org_kind"),
        contract or "", product, _debt_type(line, product), line.mark("case.debt_group"),
        line.day("case.signed_on", past=True), due_on.isoformat() if due_on else None,
        line.code("case.status", "status") or "open", line.instant("case.placed_at"),
        line.instant("case.assigned_at"), line.text("case.team"), line.mark("case.collector"),
        _debtor(line, name or ""), _contacts(line), read_statement(line, due_on), _terms(line),
        _codes(line, "consequences.consequences", "consequence"),
        _notices(line),
    )  # fmt: skip
    return None if line.broken else record


def _debtor(line: Line, name: str) -> Debtor:
    document = _document(line)
    born = line.date("debtor.born_on", past=True)
    carried = document.born_on if document else None
    if born and carried and born != carried:
        line.refuse("debtor.born_on", "birth_mismatch", N_("differs from the birth date in the number."), _COMPARE)
    born = born or carried
    return Debtor(
        name, document.kind if document else None, document.number if document else None,
        born.isoformat() if born else None, line.day("debtor.died_on", past=True),
        line.code("debtor.capacity", "capacity"), line.code("debtor.language", "language"),
        line.code("debtor.country", "country"), _region(line), line.text("debtor.city"),
        line.text("debtor.address"), line.text("debtor.employer"), line.read("debtor.zone", read_zone),
        _own_numbers(line),
    )  # fmt: skip


def _document(line: Line) -> IdDocument | None:
    kind = line.code("debtor.id_kind", "id_kind")
    found = line.read("debtor.id_number", lambda cell: read_document(cell, kind, line.table.today))
    if found and rounded_perhaps(found):
        line.note(
            "debtor.id_number", "ends_in_zeros", N_("ends in 000, as after rounding; its check digit fits."), _COMPARE
        )
    return found


def _region(line: Line) -> str | None:
    """The ISO 3166-2 suffix where the province is known, else the text as it stands."""
    found = line.text("debtor.region")
    return (line.table.vocabulary.find("region", found) or found) if found else None


def _own_numbers(line: Line) -> tuple[StatedNumber, ...]:
    general = line.code("numbers.number_source", "number_source")
    found: dict[str, StatedNumber] = {}
    for field, place in OWN_NUMBERS.items():
        for number in line.table.numbered(f"numbers.{field}"):
            if phone := line.read(f"numbers.{field}.{number}", read_phone):
                source = line.code(f"numbers.{field}_source.{number}", "number_source") or general or "unknown"
                own = number if field == "mobile" else ""
                kind = line.code(f"numbers.mobile_class.{own}", "number_class") if own else None
                where = line.code(f"numbers.mobile_place.{own}", "number_place") if own else None
                where = where or place or ("none" if phone.kind == "mobile" else "unknown")
                found.setdefault(phone.number, StatedNumber(phone.number, kind or phone.kind, where, source))
    return tuple(found.values())


def _contacts(line: Line) -> tuple[Contact, ...]:
    table = line.table
    filled = (
        number
        for number in dict.fromkeys(table.numbered("contact.name") + table.numbered("contact.phone"))
        if line.cell(f"contact.name.{number}") is not None or line.cell(f"contact.phone.{number}") is not None
    )
    return tuple(contact for number in filled if (contact := _contact(line, number)))


def _contact(line: Line, number: str) -> Contact | None:
    name = line.text(f"contact.name.{number}")
    if not name or name == GONE:
        label = f"contact.name.{number}" if line.table.has(f"contact.name.{number}") else f"contact.phone.{number}"
        line.refuse(label, "contact_unnamed", N_("a number of a contact person without a name."), _NAME)
        return None
    relation = line.text(f"contact.relation.{number}")
    role = line.code(f"contact.role.{number}", "role")
    if role is None and relation:
        role = line.table.vocabulary.find("role", relation)
        if role is None:
            line.note(
                f"contact.relation.{number}",
                "relation_unknown",
                N_("a relation the desk has no word for; it counts as contact person."),
            )
    phone = line.read(f"contact.phone.{number}", read_phone)
    source = line.code(f"contact.source.{number}", "number_source") or "unknown"
    numbers: tuple[StatedNumber, ...] = ()
    if phone:
        place = "none" if phone.kind == "mobile" else "unknown"
        numbers = (StatedNumber(phone.number, phone.kind, place, source),)
    reserved, agreed = line.flag(f"contact.reserved.{number}"), line.flag(f"contact.agreed.{number}")
    return Contact(name, role or "contact", relation, reserved, agreed, numbers)


def _debt_type(line: Line, product: str | None) -> str | None:
    stated = line.code("case.debt_type", "debt_type")
    if stated or not product:
        return stated
    found = line.table.vocabulary.find("debt_type", product) or _kind_inside(tidy(product))
    if found is None:
        line.note("case.product", "product_unknown", N_("a product whose kind of debt is not known."), _ADD_TYPE)
    return found


def _kind_inside(product: str) -> str | None:
    """The kind whose longest word stands inside the product's name: 示例信用卡金卡 is a credit card."""
    words = [
        (len(word), kind)
        for kind, listed in shipped("vocabulary.toml")["debt_type"].items()
        for word in listed
        if kind != "other" and word in product.lower()
    ]
    return max(words)[1] if words else None


def _terms(line: Line) -> tuple[Term, ...]:
    found: dict[str, Term] = {}
    for code in shipped("vocabulary.toml")["term"]:
        if text := line.text(f"terms.{code}"):
            found[code] = _term(code, text)
    for term in line.read("terms.terms", lambda cell: _listed_terms(line, cell)) or []:
        found.setdefault(term.code, term)
    tabled = _codes(line, "terms.cost_table", "term")
    return tuple(replace(term, in_cost_table=True) if term.code in tabled else term for term in found.values())


def _listed_terms(line: Line, cell: Cell) -> list[Term]:
    """``违约金:第6条;提前到期:第9条``.

    Raises:
        Refusal: a part is not ``term: clause``, or its term has no code.
    """
    found = []
    for part in re.split(r"[;；\n]+", exact(cell)):
        if not part.strip():
            continue
        named = _TERM.fullmatch(part)
        if not named:
            raise Refusal("term_form", N_("not a list of terms with their clauses."), _LIST_TERMS)
        found.append(_term(line.table.vocabulary.code("term", named.group(1)), named.group(2)))
    return found


def _term(code: str, text: str) -> Term:
    """``第6条 逾期按未还部分的5%收取`` → the clause as cited, and the words without it."""
    clause = _CLAUSE.search(text)
    if not clause:
        return Term(code, None, text)
    content = (text[: clause.start()] + text[clause.end() :]).strip(_BETWEEN)
    return Term(code, clause.group().strip(), content or None)


def _codes(line: Line, name: str, group: str) -> tuple[str, ...]:
    """A list of words in one cell, as codes without repetition."""

    def several(cell: Cell) -> list[str]:
        words = [word for word in _LIST.split(exact(cell)) if word.strip()]
        return [line.table.vocabulary.code(group, word) for word in words]

    return tuple(dict.fromkeys(line.read(name, several) or ()))


def _notices(line: Line) -> tuple[tuple[str, int], ...]:
    sent = ((kind, line.instant(f"notices.{kind}")) for kind in NOTICES if line.table.has(f"notices.{kind}"))
    return tuple((kind, at) for kind, at in sent if at is not None)


def _refuse_scientific_contract(line: Line, contract: str | None) -> None:
    cell = line.cell("case.contract_no")
    damaged = contract and re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", contract)
    if damaged or (isinstance(cell, float) and abs(cell) >= 10**15):
        line.refuse(
            "case.contract_no", "scientific_notation", N_("turned into scientific notation by a spreadsheet."), _AS_TEXT
        )


_COMPARE = N_("Compare it with the source.")
_WHOLE_NAME = N_("Write the name as it stands in the contract.")
_NAME = N_("Give the person's name, or leave the number out.")
_ADD_TYPE = N_("Add a column for the type of debt, or give the word its meaning in a mapping file.")
_LIST_TERMS = N_("Write it like: late_fee: clause 6; acceleration: clause 9.")
_AS_TEXT = N_("Format the column as text in the source, then export it again.")
