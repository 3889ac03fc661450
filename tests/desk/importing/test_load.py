"""Case files written to a real desk, on both engines: all or nothing, repeatable, said line by line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update

from collectdesk.desk import rejects
from collectdesk.desk.importing.attesting import Attestation
from collectdesk.desk.importing.casefile import ImportedFile
from collectdesk.desk.importing.load import Order, Outcome, RowOutcome, load, rehearse
from collectdesk.errors import BadData, NotPermitted, UsageProblem
from collectdesk.store import audit
from collectdesk.store.engine import Store
from collectdesk.store.schema import METADATA
from tests.desk.importing.files import CALL, DEMO, GOOD, TODAY, csv_file, other, read, read_rows, xlsx_file

AT = 1_795_397_460  # 2026-11-23 09:31 in Beijing
T = METADATA.tables
Desk = Callable[..., Outcome]


@pytest.fixture
def desk(store: Store) -> Store:
    """A desk of an agency with one team, a lead and a creditor who has chosen two identity items."""
    with store.writer.begin() as connection:
        connection.execute(insert(T["team"]), {"name": "一组"})
        for number, role in (("2001", "lead"), ("8001", "collector")):
            staff = {"number": number, "name": "某", "role": role, "status": "active", "joined_at": AT}
            connection.execute(insert(T["staff"]), staff)
        connection.execute(insert(T["org"]), {"name": "远山", "kind": "agency", "own": True})
        bank = connection.execute(insert(T["org"]), {"name": "示例银行", "kind": "lender", "own": False})
        assert bank.inserted_primary_key is not None
        items = ["id_last4", "birth_date"]
        key = bank.inserted_primary_key[0]
        connection.execute(insert(T["creditor"]), {"org": key, "identity_items": items, "languages": []})
    return store


def order(**changes: Any) -> Order:
    given: dict[str, Any] = {"at": AT, "today": TODAY, "staff": 1, "number": "2001", "role": "lead"}
    return Order(**given | changes)


def count(store: Store, table: str) -> int:
    with store.reader.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(T[table])).scalar_one())


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.reader.connect() as connection:
        return {name: [tuple(row) for row in connection.execute(select(rows))] for name, rows in T.items()}


def one(store: Store, sql: str) -> tuple[Any, ...]:
    with store.reader.connect() as connection:
        (row,) = connection.execute(text(sql)).all()
        return tuple(row)


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    with store.reader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_a_case_arrives_whole(desk: Store, tmp_path: Path) -> None:
    more = {"联系人1姓名": "李四", "联系人1关系": "配偶", "联系人1电话": "16100000001", "联系人1预留": "是",
            "违约金条款": "第6条 按月收取5%", "明示表": "违约金",
            "适用后果": "征信", "催收员工号": "8001", "催收组": "一组"}  # fmt: skip
    outcome = load(desk, read_rows(tmp_path, GOOD | more), order())
    assert (outcome.written, outcome.cases, outcome.callable, dict(outcome.lacking)) == (True, 1, 1, {})
    case = "SELECT code, contract_no, type, status, signed_on, collector, team, import_batch FROM case_file"
    assert one(desk, case) == ("A-2001", "6299-0001", "credit_card", "open", None, 2, 1, outcome.batch)
    person = "SELECT name, id_kind, id_number, born_on, region FROM person WHERE id_number IS NOT NULL"
    assert one(desk, person) == ("王·小明", "resident", "11010519491231002X", "1949-12-31", "GD")
    amounts = "SELECT as_of, principal, interest, fees, total, currency, days_past_due FROM statement"
    assert one(desk, amounts) == ("2026-11-22", 1_190_000, 43_000, 15_000, 1_248_000, "CNY", 47)
    assert rows(desk, 'SELECT number, "class", place, source FROM number ORDER BY id') == [
        ("+8616000002001", "mobile", "none", "contract"),
        ("+8616100000001", "mobile", "none", "unknown"),
    ]
    assert rows(desk, "SELECT role, relation FROM case_party ORDER BY id") == [("debtor", None), ("spouse", "配偶")]
    assert one(desk, "SELECT code, clause, content, params FROM contract_term") == (
        "late_fee", "第6条", "按月收取5%", '{"in_cost_table":true}'
    )  # fmt: skip
    assert one(desk, "SELECT code FROM case_consequence") == ("credit_record",)
    assert one(desk, "SELECT kind, sent_at FROM notice") == ("outsourcing", 1_794_585_600)
    assert set(rows(desk, "SELECT zone FROM person_zone")) == {("Asia/Shanghai",)}


@pytest.mark.parametrize("name", ["cases.csv", "calls.csv"])
def test_importing_twice_changes_nothing(desk: Store, name: str) -> None:
    put_staff(desk)
    load(desk, read(DEMO / "cases.csv"), order(attestations=(Attestation("no_other_calls"),)))
    first = load(desk, read(DEMO / name), order(at=AT + 1))
    before = everything(desk)
    again = load(desk, read(DEMO / name), order(at=AT + 2))
    assert (first.written, again.written) == (name == "calls.csv", False)
    assert everything(desk) == before


def put_staff(desk: Store) -> None:
    """Every test desk has 8001 already; the practice desk's file names nobody else."""
    assert rows(desk, "SELECT number FROM staff ORDER BY id") == [("2001",), ("8001",)]


def test_the_same_content_in_another_file_changes_nothing(desk: Store, tmp_path: Path) -> None:
    load(desk, read_rows(tmp_path, GOOD, other(1)), order())
    before = everything(desk)
    outcome = load(desk, read(xlsx_file(tmp_path / "a.xlsx", [other(1), GOOD])), order(at=AT + 9))
    assert (outcome.written, outcome.counts) == (False, {"cases_same": 2})
    assert everything(desk) == before


def test_any_error_leaves_the_desk_untouched(desk: Store, tmp_path: Path) -> None:
    before = everything(desk)
    outcome = load(desk, read_rows(tmp_path, GOOD, other(1, 手机号="12")), order())
    assert (outcome.written, [(each.line, each.code) for each in outcome.errors]) == (False, [(3, "phone_form")])
    assert everything(desk) == before


def test_skip_bad_keeps_the_good_and_gives_back_the_rest(desk: Store, tmp_path: Path) -> None:
    bad = other(1, 手机号="12", 本金="-1", 姓名="=HYPERLINK(1)")
    file = read_rows(tmp_path, GOOD, bad, other(2), other(3, 催收员工号="9999"))
    outcome = load(desk, file, order(skip_bad=True))
    assert (outcome.written, outcome.counts["cases_new"], outcome.counts["refused"]) == (True, 2, 2)
    found = rejects.by_line(outcome.findings)
    assert {where: {each.code for each in why} for where, why in found.items()} == {
        ("cases", 3): {"phone_form", "negative_amount"},
        ("cases", 5): {"collector_unknown"},
    }
    heading, lines = rejects.refused(file, {("cases", 3): "why", ("calls", 5): "of another table"})
    assert lines == [[*(bad.get(name, "") for name in heading), "why"]]


def test_a_line_refused_for_what_it_holds_is_given_back_as_it_stood(desk: Store, tmp_path: Path) -> None:
    file = read_rows(tmp_path, GOOD, other(1, 姓名="a\x00b"), other(2, 产品="长" * 40_000))
    outcome = load(desk, file, order(skip_bad=True))
    _, lines = rejects.refused(file, dict.fromkeys(rejects.by_line(outcome.findings), "why"))
    assert ["a\x00b" in line for line in lines] == [True, False]
    assert ["长" * 40_000 in line for line in lines] == [False, True]


def test_rejects_of_a_changed_file_are_not_guessed(desk: Store, tmp_path: Path) -> None:
    file = read_rows(tmp_path, GOOD, other(1, 手机号="12"))
    outcome = load(desk, file, order(skip_bad=True))
    csv_file(tmp_path / "cases.csv", GOOD)
    with pytest.raises(BadData):
        rejects.refused(file, dict.fromkeys(rejects.by_line(outcome.findings), "why"))


def newer(tmp_path: Path, as_of: str, principal: str, name: str) -> ImportedFile:
    row = GOOD | {"账单日期": as_of, "本金": principal, "欠款总额": "", "逾期天数": ""}
    return read(csv_file(tmp_path / name, row))


def test_a_case_whose_number_is_taken_says_which_it_gets(desk: Store, tmp_path: Path) -> None:
    """Another case's number, or that of one erased since: the desk's own number is told, not left to be found."""
    load(desk, read(csv_file(tmp_path / "a.csv", GOOD)), order())
    again = read(csv_file(tmp_path / "b.csv", other(1, 案件编号="A-2001"), other(2)))
    told = load(desk, again, order(at=AT + 1))
    (note,) = told.findings
    assert (note.line, note.code, note.severity, note.column) == (2, "number_taken", "note", "案件编号")
    assert rows(desk, f"SELECT count(*) FROM case_file WHERE code = '{note.params['code']}'") == [(1,)]


def test_a_newer_statement_supersedes_and_an_older_is_left_out_and_said(desk: Store, tmp_path: Path) -> None:
    load(desk, newer(tmp_path, "2026-11-20", "100.00", "a.csv"), order())
    newest = load(desk, newer(tmp_path, "2026-11-22", "90.00", "b.csv"), order(at=AT + 1))
    older = load(desk, newer(tmp_path, "2026-11-19", "110.00", "c.csv"), order(at=AT + 2))
    assert (newest.written, newest.counts["statements"]) == (True, 1)
    assert (older.written, older.counts["statements_older"]) == (False, 1)
    assert [(each.line, each.code, each.severity) for each in older.findings] == [(2, "statement_older", "note")]
    found = rows(desk, "SELECT as_of, principal FROM statement ORDER BY as_of, imported_at, id")
    assert found == [("2026-11-20", 10_000), ("2026-11-22", 9_000)]


def test_a_correction_of_the_same_date_stands_although_the_first_file_comes_again(desk: Store, tmp_path: Path) -> None:
    first, corrected = newer(tmp_path, "2026-11-22", "100.00", "a.csv"), newer(tmp_path, "2026-11-22", "99.00", "b.csv")
    for step, file in enumerate((first, corrected, first)):
        load(desk, file, order(at=AT + step))
    latest = rows(desk, "SELECT principal FROM statement ORDER BY as_of, imported_at, id")
    assert latest == [(10_000,), (9_900,)]


def test_a_settled_case_is_settled_and_an_older_file_does_not_reopen_it(desk: Store, tmp_path: Path) -> None:
    load(desk, read_rows(tmp_path, GOOD | {"账单日期": "2026-11-20"}), order())
    settled = GOOD | {"案件状态": "已结清", "账单日期": "2026-11-22"}
    outcome = load(desk, read_rows(tmp_path, settled), order(at=AT + 1))
    assert (outcome.callable, outcome.closed, dict(outcome.lacking)) == (0, 1, {})
    load(desk, read_rows(tmp_path, GOOD | {"账单日期": "2026-11-19", "案件状态": "在催"}), order(at=AT + 2))
    assert one(desk, "SELECT status FROM case_file") == ("settled",)
    assert ("case.update",) in rows(desk, "SELECT action FROM journal")


def test_a_debtor_is_one_person_over_all_cases_also_with_an_old_card(desk: Store, tmp_path: Path) -> None:
    old = GOOD | {"案件编号": "A-7", "合同号": "7", "证件号码": "110105491231002", "手机号": "16000000007"}
    load(desk, read_rows(tmp_path, GOOD, GOOD | {"案件编号": "A-6", "合同号": "6"}), order())
    load(desk, read_rows(tmp_path, old), order(at=AT + 1))
    assert count(desk, "case_file") == 3
    assert one(desk, "SELECT count(*), min(id_number) FROM person") == (1, "11010519491231002X")
    assert count(desk, "number") == 2


def test_another_name_for_a_known_document_is_refused(desk: Store, tmp_path: Path) -> None:
    load(desk, read_rows(tmp_path, GOOD), order())
    outcome = load(desk, read_rows(tmp_path, GOOD | {"合同号": "7", "案件编号": "A-7", "姓名": "李四"}), order())
    assert not outcome.written
    assert [(each.line, each.column, each.code) for each in outcome.errors] == [(2, "证件号码", "document_taken")]


def test_numbers_and_people_are_added_and_never_taken_away(desk: Store, tmp_path: Path) -> None:
    contact = {"联系人1姓名": "李四", "联系人1关系": "配偶", "联系人1电话": "16100000001"}
    load(desk, read_rows(tmp_path, GOOD | contact | {"号码来源": ""}), order())
    outcome = load(desk, read_rows(tmp_path, GOOD | {"手机号2": "16000000009"}), order(at=AT + 1))
    assert outcome.counts == {"cases_changed": 1, "numbers": 1}
    found = rows(desk, "SELECT number, source FROM number ORDER BY id")
    assert found == [("+8616000002001", "contract"), ("+8616100000001", "unknown"), ("+8616000000009", "contract")]
    assert ("number.source",) in rows(desk, "SELECT action FROM journal")


def test_what_lacks_is_counted_and_named_line_by_line(desk: Store, tmp_path: Path) -> None:
    """Article 4: no call without the facts; which two identity items, each creditor sets."""
    heard: list[RowOutcome] = []
    file = read_rows(
        tmp_path, GOOD, other(1, 号码来源=""), other(2, 证件号码="", 证件类型=""), other(3, 账单日期="2026-11-19"),
        other(4, 本金="", 欠款总额=""), other(5, 委外告知日期=""), other(6, 债权人="新机构"), other(7, 手机号=""),
        other(8, 产品="未名"), other(9, 案件状态="已结清"), other(10, 账单日期="2026-11-20"),
    )  # fmt: skip
    outcome = rehearse(desk, file, order(on_row=heard.append))
    assert [row.lacks for row in heard] == [
        (), ("number_source",), ("identity_items",), ("statement_old",), ("statement",), ("outsourcing_notice",),
        ("creditor_items",), ("number",), ("debt_type",), ("closed",), (),
    ]  # fmt: skip
    assert [row.line for row in heard] == list(range(2, 13))
    assert (outcome.cases, outcome.callable) == (11, 2)
    assert count(desk, "case_file") == count(desk, "journal") == 0


def test_a_rehearsal_foretells_the_import(desk: Store) -> None:
    file = read(DEMO / "cases.csv")
    told, done = rehearse(desk, file, order()), load(desk, file, order())
    assert (told.counts, told.callable, told.lacking) == (done.counts, done.callable, done.lacking)
    assert (told.written, done.written) == (False, True)


def test_a_rehearsal_holds_no_lock(desk: Store, tmp_path: Path) -> None:
    entered = threading.Event()
    written: list[int] = []

    def look(_: RowOutcome) -> None:
        if not entered.is_set():
            entered.set()
            with desk.writer.begin() as connection:
                connection.execute(update(T["team"]).values(name="二组"))
            written.append(1)

    rehearse(desk, read_rows(tmp_path, GOOD), order(on_row=look))
    assert written == [1]


class TestAttestations:
    def test_they_answer_where_the_file_is_silent(self, desk: Store, tmp_path: Path) -> None:
        file = read_rows(tmp_path, GOOD | {"号码来源": "", "委外告知日期": ""}, other(1, 号码来源="本人提供"))
        words = (
            Attestation("number_source", source="application"),
            Attestation("outsourcing_notice", sent_at=AT - 86_400),
        )
        outcome = load(desk, file, order(attestations=words))
        assert outcome.callable == 2
        assert set(rows(desk, "SELECT source FROM number")) == {("application",), ("debtor",)}
        found = rows(desk, "SELECT kind, batch, case_id, by_staff FROM attestation ORDER BY id")
        assert found == [("number_source", 1, None, 1), ("outsourcing_notice", 1, None, 1)]
        assert rows(desk, "SELECT count(*) FROM journal WHERE action = 'attestation.add'") == [(2,)]

    def test_for_cases_of_an_earlier_file_they_are_recorded_case_by_case(self, desk: Store, tmp_path: Path) -> None:
        load(desk, read_rows(tmp_path, GOOD), order())
        words = (Attestation("no_other_calls"),)
        load(desk, read_rows(tmp_path, GOOD, other(1)), order(at=AT + 1, attestations=words))
        assert rows(desk, "SELECT batch, case_id FROM attestation ORDER BY id") == [(2, None), (None, 1)]

    def test_only_a_lead_may(self, desk: Store, tmp_path: Path) -> None:
        words = (Attestation("outsourcing_notice", sent_at=AT - 86_400),)
        with pytest.raises(NotPermitted):
            load(desk, read_rows(tmp_path, GOOD), order(role="collector", attestations=words))

    @pytest.mark.parametrize(
        "word",
        [
            Attestation("number_source"),
            Attestation("number_source", source="unknown"),
            Attestation("calls_complete"),
            Attestation("outsourcing_notice"),
            Attestation("outsourcing_notice", sent_at=AT + 1),
        ],
    )
    def test_they_must_be_complete(self, desk: Store, tmp_path: Path, word: Attestation) -> None:
        with pytest.raises(UsageProblem):
            rehearse(desk, read_rows(tmp_path, GOOD), order(attestations=(word,)))

    def test_complete_calls_of_an_organisation(self, desk: Store, tmp_path: Path) -> None:
        load(desk, read_rows(tmp_path, GOOD), order())
        load(desk, read_rows(tmp_path, CALL), order(attestations=(Attestation("calls_complete", through=AT),)))
        assert one(desk, "SELECT org, complete_through FROM history_cover") == (2, AT)


def test_earlier_calls_come_to_their_case_person_and_number(desk: Store, tmp_path: Path) -> None:
    contact = {"联系人1姓名": "李四", "联系人1关系": "配偶", "联系人1电话": "16100000001"}
    load(desk, read_rows(tmp_path, GOOD | contact), order())
    other_way = {
        "合同号": "6299-0001",
        "案件编号": "",
        "联系对象": "李四",
        "被叫号码": "16100000001",
        "拨打机构": "前程催收",
    }
    outcome = load(desk, read_rows(tmp_path, CALL | {"合同号": ""}, CALL | other_way), order())
    assert outcome.counts == {"calls_new": 2, "orgs_new": 1}
    found = rows(desk, "SELECT debtor, person, number, line, debts FROM contact_event ORDER BY id")
    assert found == [(1, 1, 1, "no_answer", "[1]"), (1, 2, 2, "no_answer", "[1]")]


def test_a_call_of_no_case_is_refused(desk: Store, tmp_path: Path) -> None:
    outcome = load(desk, read_rows(tmp_path, CALL), order())
    assert not outcome.written
    found = [(each.column, each.code, each.table) for each in outcome.errors]
    assert found == [("案件编号", "case_unknown", "calls")]


def test_a_workbook_of_cases_and_their_calls_is_one_import(desk: Store, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [GOOD], [CALL])
    told, done = rehearse(desk, read(path), order()), load(desk, read(path), order())
    assert told.counts == done.counts
    assert (done.counts["cases_new"], done.counts["calls_new"]) == (1, 1)


def test_a_practice_desk_replaces_every_number(desk: Store) -> None:
    def undialable(number: str) -> str:
        return "x" + number[::-1]

    load(desk, read(DEMO / "cases.csv"), order(number_for=undialable))
    load(desk, read(DEMO / "calls.csv"), order(number_for=undialable))
    assert all(number.startswith("x") for (number,) in rows(desk, "SELECT number FROM number"))
    assert rows(desk, "SELECT count(*) FROM contact_event WHERE number IS NULL") == [(0,)]


HOSTILE = [
    "\x1b[31mred\x1b[0m", "[bold]王[/bold]", "\u202eevil\u202c", "=cmd|'/c calc'!A1", "+1+1", "@SUM(1)", "-2+3",
    "a'; DROP TABLE person; --", "a\tb\nc", "'quoted", "\u200bzero\u200b", "李\u0301", "🧧" * 200, "长" * 5000,
]  # fmt: skip


def test_hostile_text_is_stored_exactly(desk: Store, tmp_path: Path) -> None:
    texts = [
        other(number, 姓名=name, 产品=name, 联系人1姓名=name, 单位名称=name) for number, name in enumerate(HOSTILE)
    ]
    load(desk, read_rows(tmp_path, *texts), order())
    assert [name for (name,) in rows(desk, "SELECT product FROM case_file ORDER BY id")] == HOSTILE
    people = rows(desk, "SELECT d.name, c.name, d.employer FROM case_file f JOIN person d ON d.id = f.debtor "
                        "JOIN case_party p ON p.case_id = f.id AND p.role = 'contact' JOIN person c ON c.id = p.person "
                        "ORDER BY f.id")  # fmt: skip
    assert people == [(name, name, name) for name in HOSTILE]


def test_a_case_number_taken_or_unfit_is_given_anew(desk: Store, tmp_path: Path) -> None:
    load(desk, read_rows(tmp_path, GOOD), order())
    load(
        desk,
        read_rows(tmp_path, other(1, 案件编号="A-2001"), other(2, 案件编号="甲/1"), other(3, 案件编号="")),
        order(),
    )
    assert rows(desk, "SELECT code FROM case_file ORDER BY id") == [("A-2001",), ("A-2002",), ("A-2003",), ("A-2004",)]


def test_many_batches_with_progress(desk: Store, tmp_path: Path) -> None:
    """More lines than a batch: debtors and contact persons of an earlier batch are known in the next."""
    lines = [
        other(number % 700, 合同号=f"N{number}", 案件编号=f"N-{number}", 联系人1姓名="李四") for number in range(1400)
    ]
    seen: list[tuple[int, int | None]] = []
    outcome = load(desk, read_rows(tmp_path, *lines), order(progress=lambda done, of: seen.append((done, of))))
    assert outcome.counts == {
        "cases_new": 1400,
        "debtors_new": 700,
        "numbers": 700,
        "contacts": 1400,
        "statements": 1400,
    }
    assert seen == [(500, 1400), (1000, 1400), (1400, 1400)]
    assert count(desk, "person") == 1400


def test_the_journal_holds_and_names_nobody(desk: Store, tmp_path: Path) -> None:
    load(desk, read_rows(tmp_path, GOOD), order())
    load(desk, read_rows(tmp_path, GOOD | {"手机号2": "16000000009", "产品": "新产品"}), order(at=AT + 1))
    with desk.reader.connect() as connection:
        assert audit.verify(connection).faults == ()
    found = rows(desk, "SELECT actor, action, subject FROM journal ORDER BY seq")
    assert found == [
        ("2001", "import.file", "import_batch:1"),
        ("2001", "import.file", "import_batch:2"),
        ("2001", "case.update", "case_file:1"),
    ]


def test_sequences_go_on_after_an_import(desk: Store, tmp_path: Path) -> None:
    load(desk, read_rows(tmp_path, GOOD, other(1)), order())
    with desk.writer.begin() as connection:
        made = connection.execute(insert(T["person"]), {"name": "后来的人"}).inserted_primary_key
        assert made is not None
        assert made[0] > 2


def test_a_file_of_many_encodings_is_the_same_case(desk: Store, tmp_path: Path) -> None:
    load(desk, read(csv_file(tmp_path / "a.csv", GOOD, encoding="gb18030")), order())
    outcome = load(desk, read(csv_file(tmp_path / "b.csv", GOOD, encoding="utf-16")), order())
    assert outcome.counts == {"cases_same": 1}
