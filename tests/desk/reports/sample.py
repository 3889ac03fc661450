"""A report made by hand, with every kind of value, chart, row and note a form has to show; everything is invented."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports.figure import (
    Amount,
    Better,
    Chart,
    Column,
    Count,
    Day,
    Definition,
    Duration,
    Figure,
    Kind,
    Moment,
    Money,
    Note,
    Period,
    Report,
    Row,
    Scope,
    Score,
    Section,
    Share,
    Table,
    Value,
    Words,
)

EVENING = 1_795_433_400  # Monday 2026-11-23, 19:30 in Beijing


def sample() -> Report:
    """The report, compared with the Monday before."""
    return Report(
        name="sample",
        title=Both("样例", "Sample"),
        about=Both("每种数值各一。", "One of every kind of value."),
        period=Period(span="day", first="2026-11-23", last="2026-11-23"),
        compared=Period(span="day", first="2026-11-16", last="2026-11-16"),
        scope=Scope(whose="team", team="信用卡一组", people=8),
        made_at=EVENING,
        made_by="8001",
        practice=True,
        sections=(_figures(), _hours(), _products(), _listing()),
        notes=(
            Note(code="half_day", text=Both("当日尚未结束。", "The day is not over yet.")),
            Note(code="import_cut", text=Both("一批导入中断。", "An import was cut short."), caution=True),
        ),
        definitions=DEFINITIONS,
    )


def empty() -> Report:
    """The same of a period in which nothing happened."""
    full = sample()
    nothing = tuple(
        replace(
            section,
            figures=tuple(replace(each, value=_none(each.value), before=None, alarm=False) for each in section.figures),
            tables=tuple(replace(each, rows=(), total=None) for each in section.tables),
        )
        for section in full.sections
    )
    note = Note(code="empty", text=Both("这段时间没有任何记录。", "Nothing is on record for this period."))
    return replace(full, sections=nothing, notes=(note,), compared=None)


def _none(value: Value) -> Value:
    nothing: tuple[Value, ...] = (Count(0), Share(0, 0), Money(), Duration(0, 0), Score(0, 0))
    return next((each for each in nothing if type(each) is type(value)), None)


def _definition(
    key: str,
    kind: Kind,
    zh: str,
    en: str,
    better: Better = "neither",
    part: str | None = None,
    whole: str | None = None,
) -> Definition:
    return Definition(
        key=key,
        kind=kind,
        title=Both(zh, en),
        short=Both(zh, en),
        meaning=Both(f"{zh}的定义。", f"What {en.lower()} means."),
        better=better,
        part=part,
        whole=whole,
    )


DEFINITIONS = (
    _definition("calls.dialled", "count", "拨打", "Dialled"),
    _definition("calls.answered", "count", "接通", "Answered", "more"),
    _definition(
        "calls.answer_rate", "share", "接通率", "Answer rate", "more", part="calls.answered", whole="calls.dialled"
    ),
    _definition("promises.amount", "money", "承诺金额", "Amount promised", "more"),
    _definition("calls.talk", "duration", "平均通话时长", "Mean talk"),
    _definition("reviews.score", "score", "质检得分", "Quality score", "more"),
    _definition("complaints.overdue", "count", "逾期投诉", "Complaints overdue", "less"),
)


def _figures() -> Section:
    return Section(
        key="figures",
        title=Both("要点", "Figures"),
        figures=(
            Figure(key="calls.dialled", value=Count(412), before=Count(398)),
            Figure(key="calls.answered", value=Count(155), before=Count(141)),
            Figure(key="calls.answer_rate", value=Share(155, 412), before=Share(141, 398)),
            Figure(
                key="promises.amount",
                value=Money((Amount(18_640_050, "CNY"), Amount(120_000, "USD"))),
                before=Money((Amount(20_000_000, "CNY"),)),
            ),
            Figure(key="calls.talk", value=Duration(13_020, 155), before=Duration(0, 0)),
            Figure(key="reviews.score", value=Score(1_834, 20), before=Score(1_790, 20)),
            Figure(key="complaints.overdue", value=Count(1), before=Count(0), alarm=True),
        ),
    )


def _column(key: str, zh: str, en: str, kind: Kind) -> Column:
    return Column(key=key, title=Both(zh, en), kind=kind, figure=key)


def _hours() -> Section:
    columns = (
        _column("calls.dialled", "拨打", "Dialled", "count"),
        _column("calls.answered", "接通", "Answered", "count"),
        _column("calls.answer_rate", "接通率", "Answer rate", "share"),
    )
    dialled, answered = (18, 42, 60, 55, 0, 12, 48, 70, 61, 30, 16), (6, 17, 25, 20, 0, 3, 19, 28, 23, 10, 4)
    rows = tuple(
        Row(
            key=f"{hour:02}",
            label=f"{hour:02}",
            values=(Count(all_), Count(some), Share(some, all_)),
            before=(Count(all_ - 1 if all_ else 0), Count(some), Share(some, all_)),
        )
        for hour, all_, some in zip(range(9, 20), dialled, answered, strict=True)
    )
    return Section(
        key="hours",
        title=Both("按小时", "By hour"),
        tables=(
            Table(
                key="hours",
                title=Both("各小时的拨打", "Calls by hour"),
                by="hour",
                dimension=Both("时段", "Hour"),
                columns=columns,
                rows=rows,
                total=Row(key="total", label=Both("合计", "Total"), values=(Count(412), Count(155), Share(155, 412))),
                chart=Chart(shape="spark", columns=("calls.dialled", "calls.answered")),
            ),
        ),
    )


def _products() -> Section:
    columns = (
        _column("calls.answered", "接通", "Answered", "count"),
        _column("promises.amount", "承诺金额", "Amount promised", "money"),
    )
    return Section(
        key="products",
        title=Both("按产品", "By product"),
        tables=(
            Table(
                key="products",
                title=Both("各产品的承诺", "Promises by product"),
                by="product",
                dimension=Both("产品", "Product"),
                columns=columns,
                rows=(
                    Row(
                        key="credit_card",
                        label=Both("信用卡", "Credit card"),
                        values=(Count(120), Money((Amount(15_000_000, "CNY"),))),
                    ),
                    Row(
                        key="=1+1",  # what a product is called is the creditor's to say
                        label="=1+1",
                        values=(Count(30), Money((Amount(3_640_050, "CNY"), Amount(120_000, "USD")))),
                    ),
                    Row(
                        key="others",
                        label=Both("其他（人数过少，合并）", "Others (too few people, folded)"),
                        values=(Count(5), Money()),
                        folded=2,
                    ),
                ),
                chart=Chart(shape="bars", columns=("calls.answered",)),
            ),
        ),
    )


def _listing() -> Section:
    columns = (
        Column(key="at", title=Both("时间", "Time"), kind="moment"),
        Column(key="case", title=Both("案件", "Case"), kind="words"),
        Column(key="line", title=Both("线路", "Line"), kind="words"),
        Column(key="talk", title=Both("时长", "Talk"), kind="duration"),
        Column(key="due_on", title=Both("到期日", "Due on"), kind="day"),
    )
    return Section(
        key="list",
        title=Both("明细", "Rows"),
        tables=(
            Table(
                key="list",
                title=Both("明细", "Rows"),
                by="id",
                dimension=Both("编号", "Id"),
                columns=columns,
                rows=(
                    Row(
                        key="e17",
                        label="e17",
                        values=(
                            Moment(EVENING - 3600),
                            Words("A-1007"),
                            Words("answered", Both("接听", "answered")),
                            Duration(134),
                            Day("2026-11-27"),
                        ),
                    ),
                    Row(
                        key="e18",
                        label="e18",
                        values=(Moment(EVENING - 60), Words("A-1008"), Words("no_answer"), None, None),
                    ),
                ),
            ),
        ),
    )
