"""What the wording check met (用语提示), by the instant it did; words told as the debtor's own are counted apart."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="wordings",
    source="conduct_warning w LEFT JOIN case_file c ON c.id = w.case_id",
    at="w.at",
    id="w.id",
    letter="w",
    collector="w.staff",
    case="w.case_id",
    debtor="c.debtor",
    cased=True,
    shown=(Shown("entry", "w.entry"), Shown("place", "w.place")),
    measures={
        "hits": Measure(where="NOT w.debtors_words"),
        "blocked": Measure(where="w.blocked AND NOT w.debtors_words"),
        "quoted": Measure(where="w.debtors_words"),
    },
)
