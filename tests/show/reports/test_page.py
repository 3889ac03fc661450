"""The page as text: nothing acts, everything is linked and named, and its colours can be read."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest

from collectdesk import lang
from collectdesk.desk.reports.figure import Count, Duration, Money, Report, Row, Share, Value
from collectdesk.show.reports.page import page
from collectdesk.show.reports.pagestyle import DARK, DRAWN, LIGHT, PRINTED, TEXT, style
from collectdesk.show.reports.plots import Plot, Series, marks, plots
from tests.desk.reports.sample import empty, sample
from tests.show.hostile import active
from tests.show.reports.hostile_report import hostile

Made = Callable[[], Report]
EACH = pytest.mark.parametrize("made", [sample, empty, hostile], ids=lambda made: made.__name__)
TAGS = frozenset(
    re.findall(
        r"\w+",
        "html head meta title style body div header main section footer h1 h2 p span b bdi ul ol li dl dt dd figure "
        "figcaption details summary table caption thead tbody tfoot tr th td small sup a code data time "
        "svg g path rect circle text",
    )
)


class Found(HTMLParser):
    """Elements and attributes as a browser would meet them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def of(self, attribute: str) -> list[str]:
        return [str(attributes[attribute]) for _tag, attributes in self.elements if attribute in attributes]


@pytest.fixture(params=["en", "zh_CN"], autouse=True)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    before = lang.current()
    lang.use(request.param)
    yield request.param
    lang.use(before)


@EACH
def test_only_known_elements_are_there_and_none_acts(made: Made) -> None:
    found = Found(page(made()))
    assert {tag for tag, _attributes in found.elements} <= TAGS
    names = {name for _tag, attributes in found.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")} | names & {"src", "style", "xlink:href", "srcset"}
    assert all(re.fullmatch(r"#d\d+", link) for link in found.of("href"))


@EACH
def test_nothing_in_it_acts_on_a_screen(made: Made) -> None:
    assert active(page(made()), allowed="\n") == []


@EACH
def test_only_its_own_style_may_run(made: Made) -> None:
    text = page(made())
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    (looks,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(looks.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"@import|url\(|@font-face", looks)
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "") or made is hostile


@EACH
def test_ids_are_one_each_and_links_lead_somewhere(made: Made) -> None:
    found = Found(page(made()))
    assert max(Counter(found.of("id")).values()) == 1
    assert {link[1:] for link in found.of("href")} <= set(found.of("id"))
    assert set(found.of("aria-labelledby")) <= set(found.of("id"))


def test_every_figure_leads_to_what_it_means() -> None:
    report = sample()
    found = Found(page(report))
    numbers = {int(link[2:]) for link in found.of("href")}
    assert numbers == set(range(1, len(report.definitions) + 1))
    assert len([each for each in found.of("id") if re.fullmatch(r"d\d+", each)]) == len(report.definitions)


def test_heads_say_what_they_head(spoken: str) -> None:
    found = Found(page(sample()))
    report = sample()
    scopes = Counter(found.of("scope"))
    assert scopes["row"] == sum(len(table.rows) + bool(table.total) for table in report.tables)
    assert scopes["col"] == sum(len(table.columns) + 1 for table in report.tables)
    assert ("html", {"lang": spoken.replace("_", "-")}) in found.elements
    assert sum(tag == "caption" for tag, _attributes in found.elements) == len(list(report.tables))
    pictures = [attributes for tag, attributes in found.elements if tag == "svg" and "role" in attributes]
    assert all(each["aria-label"] for each in pictures)


def test_notes_and_practice_are_said() -> None:
    found = Found(page(sample()))
    assert set(found.of("data-note")) == {"half_day", "import_cut"}
    assert "practice" in found.of("class")
    assert "heed" in found.of("class")


def test_the_chinese_page_speaks_chinese() -> None:
    lang.use("zh_CN")
    text = re.sub(r"<style>.*?</style>|<code>.*?</code>|<[^>]+>", " ", page(sample()), flags=re.DOTALL)
    assert set(re.findall(r"[A-Za-z]{3,}", text)) <= {"collectdesk", "USD", "answer", "answered"}


@EACH
def test_the_same_report_gives_the_same_page(made: Made) -> None:
    assert page(made()) == page(made())


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINTED], ids=["light", "dark", "printed"])
def test_letters_and_shapes_can_be_told_from_what_they_stand_on(palette: dict[str, str]) -> None:
    for ground in ("paper", "card"):
        for name in TEXT:
            assert contrast(palette[name], palette[ground]) >= 4.5, (name, ground)
    for name in DRAWN:
        assert contrast(palette[name], palette["paper"]) >= 3, name


def test_colours_come_from_the_palette_alone() -> None:
    allowed = {*LIGHT.values(), *DARK.values(), *PRINTED.values()}
    assert set(re.findall(r"#[0-9a-f]{6}\b", style("x"))) <= allowed


def test_what_runs_at_the_foot_cannot_end_the_style() -> None:
    looks = style('a"; } </style><script>b\\')
    assert "<" not in looks
    assert looks.count('content: "') == 2


def test_an_empty_chart_says_so_and_has_no_mark_but_nothing() -> None:
    report = empty()
    for table in report.tables:
        for plot in plots(report, table):
            assert marks(plot) == [0]
    text = page(report)
    assert text.count('class="nothing" x=') == 2 * sum(table.chart is not None for table in report.tables)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ((Count(7),), [0, 2, 4, 6, 8]),
        ((Count(70), Count(3)), [0, 20, 40, 60, 80]),
        ((Share(1, 3),), [0, 100, 200, 300, 400]),
        ((Duration(700, 1),), [0, 300, 600, 900]),
        ((Duration(7_200_000, 1),), [0, 1_800_000, 3_600_000, 5_400_000, 7_200_000]),
        ((Count(0), None), [0]),
    ],
)
def test_an_axis_is_marked_in_round_numbers(values: tuple[Value, ...], wanted: list[int]) -> None:
    assert marks(Plot("", "lines", ("x",) * len(values), (Series("", values),))) == wanted


def test_two_currencies_share_no_axis() -> None:
    report = sample()
    products = list(report.tables)[1]
    both = type(products.chart)(shape="bars", columns=("calls.answered", "promises.amount"))  # type: ignore[misc]
    table = type(products)(**{name: getattr(products, name) for name in products.__struct_fields__} | {"chart": both})
    drawn = list(plots(report, table))
    assert [plot.title[-5:] for plot in drawn[1:]] == ["(CNY)", "(USD)"]
    for plot, currency in zip(drawn[1:], ("CNY", "USD"), strict=True):
        for value in plot.series[0].values:
            assert isinstance(value, Money)
            assert {each.currency for each in value.amounts} == {currency}


def test_of_very_many_bars_the_largest_are_drawn_and_the_rest_is_counted() -> None:
    report = sample()
    products = list(report.tables)[1]
    rows = tuple(Row(key=str(size), label=str(size), values=(Count(size), Money())) for size in range(100))
    fields = {name: getattr(products, name) for name in products.__struct_fields__}
    (plot,) = plots(report, type(products)(**fields | {"rows": rows}))
    assert plot.labels == tuple(map(str, range(70, 100)))
    assert plot.left_out == 70
