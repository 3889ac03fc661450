"""The page in a real browser, without script or network: what it shows, how it is reached, how it looks and prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from collectdesk import lang
from collectdesk.desk.reports.figure import Report, Row
from collectdesk.show.reports.document import document
from collectdesk.show.reports.page import page
from collectdesk.show.reports.pagestyle import DARK, LIGHT
from collectdesk.show.reports.wording import worded
from collectdesk.show.safe import safe
from tests.desk.reports.sample import empty, sample
from tests.show.reports.hostile_report import TEXTS, hostile

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1100, "height": 900}


class Shown(NamedTuple):
    """A page a reader has open, and what it asked for or complained of."""

    tab: Page
    heard: list[str]

    def ask(self, script: str) -> Any:
        """What the page answers to an expression."""
        return self.tab.evaluate(script)

    @property
    def overflows(self) -> bool:
        """Whether the page as a whole has to be moved sideways."""
        return bool(self.ask("document.documentElement.scrollWidth > innerWidth"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as files, in both languages."""
    place = tmp_path_factory.mktemp("pages")
    before = lang.current()
    for spoken in ("en", "zh_CN"):
        lang.use(spoken)
        for made in (sample, empty, hostile, long):
            (place / f"{made.__name__}-{spoken}.html").write_text(page(made()), encoding="utf-8")
    lang.use(before)
    return place


def long() -> Report:
    """A list of more rows than a printed page has."""
    report = sample()
    (table,) = report.sections[-1].tables
    rows = tuple(Row(key=f"e{number}", label=f"e{number}", values=table.rows[0].values) for number in range(120))
    return replace(report, sections=(replace(report.sections[-1], tables=(replace(table, rows=rows),)),))


def show(browser: Browser, file: Path, size: dict[str, int], scheme: str = "light") -> Shown:
    """Open a page as a reader with script switched off."""
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=False,
    )
    context.set_default_timeout(120_000)
    tab, heard = context.new_page(), []
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("request", lambda request: heard.append(request.url) if request.url != file.as_uri() else None)
    tab.goto(file.as_uri())
    return Shown(tab, heard)


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    before = lang.current()
    lang.use(request.param)
    yield request.param
    lang.use(before)


@pytest.fixture(scope="module")
def desktop(browser: Browser, folder: Path, spoken: str) -> Iterator[Shown]:
    """The sample on a wide screen by day."""
    shown = show(browser, folder / f"sample-{spoken}.html", DESKTOP)
    yield shown
    shown.tab.context.close()


FIGURES = """[...document.querySelectorAll('[data-figure]')].map(card => [card.dataset.figure,
  ...['dd.value', '.before'].map(part => card.querySelector(part))
    .flatMap(part => [part?.innerText.trim(), part?.querySelector('data')?.value])])"""
ROWS = """[...document.querySelectorAll('table')].map(table => [...table.querySelectorAll('tr[data-row]')].map(row =>
  [row.dataset.row, ...[...row.querySelectorAll('td')].map(cell =>
    [cell.querySelector('data')?.value ?? cell.querySelector('time')?.dateTime, cell.innerText.trim()])]))"""


def machine(exact: Any) -> str | None:
    """A value of the document as the page's program-readable form."""
    if isinstance(exact, list):
        return " + ".join(f"{each['amount']} {each['currency']}" for each in exact)
    if isinstance(exact, dict):
        exact = exact.get("percent", exact.get("mean"))
    return None if exact is None else str(exact)


def test_every_figure_is_the_documents(desktop: Shown) -> None:
    told: Any = document(sample())
    wanted = [figure for section in told["sections"] for figure in section["figures"]]
    found = desktop.ask(FIGURES)
    assert [each[0] for each in found] == [figure["key"] for figure in wanted]
    for (_key, words, value, _earlier, before), figure, held in zip(found, wanted, sample().figures, strict=True):
        assert value == machine(figure["value"])
        assert before == machine(figure["before"])
        assert words == worded(held.value)


def test_every_row_is_the_documents(desktop: Shown) -> None:
    told: Any = document(sample())
    tables = [table for section in told["sections"] for table in section["tables"]]
    for table, rows in zip(tables, desktop.ask(ROWS), strict=True):
        wanted = [*table["rows"], *([table["total"]] if table["total"] else [])]
        assert [row[0] for row in rows] == [row["key"] for row in wanted]
        for (_key, *cells), row in zip(rows, wanted, strict=True):
            for (value, words), column in zip(cells, table["columns"], strict=True):
                exact = row["values"][column["key"]]
                if column["kind"] == "words":
                    assert words
                elif column["kind"] == "moment":
                    assert value.replace(" ", "T") == exact.isoformat()
                else:
                    assert (value or None) == (machine(exact) or None), (table["key"], column["key"])


def test_it_asks_for_nothing_and_complains_of_nothing(desktop: Shown) -> None:
    assert desktop.heard == []


def test_tab_reaches_every_table_and_what_folds(desktop: Shown) -> None:
    count = desktop.ask("document.querySelectorAll('a, summary, .scroll').length")
    reached = set()
    for _press in range(count):
        desktop.tab.keyboard.press("Tab")
        reached.add(
            desktop.ask("document.activeElement.getAttribute('aria-labelledby') ?? document.activeElement.tagName")
        )
    tables = desktop.ask("[...document.querySelectorAll('.scroll')].map(each => each.getAttribute('aria-labelledby'))")
    assert reached == {*tables, "A", "SUMMARY"}


def test_dark_is_dark_and_print_is_light(browser: Browser, folder: Path, spoken: str) -> None:
    shown = show(browser, folder / f"sample-{spoken}.html", DESKTOP, "dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    bar = "getComputedStyle(document.querySelector('.serie-0 .rect')).fill"
    assert (shown.ask(ground), shown.ask(bar)) == (rgb(DARK["paper"]), rgb(DARK["accent"]))
    shown.tab.emulate_media(color_scheme="light")
    assert (shown.ask(ground), shown.ask(bar)) == (rgb(LIGHT["paper"]), rgb(LIGHT["accent"]))
    shown.tab.emulate_media(color_scheme="dark", media="print")
    assert shown.ask(ground) == "rgb(255, 255, 255)"
    assert shown.heard == []
    shown.tab.context.close()


def rgb(colour: str) -> str:
    """A colour as a browser computes it."""
    return f"rgb({', '.join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))})"


@pytest.mark.parametrize("name", ["sample", "empty", "hostile"])
def test_a_telephone_scrolls_down_only(browser: Browser, folder: Path, spoken: str, name: str) -> None:
    shown = show(browser, folder / f"{name}-{spoken}.html", PHONE)
    assert not shown.overflows
    assert shown.ask(
        "[...document.querySelectorAll('svg.narrow')].every(each => each.getBoundingClientRect().width > 300)"
    )
    assert shown.ask(
        "[...document.querySelectorAll('svg.wide')].every(each => each.getBoundingClientRect().width == 0)"
    )
    heights = "[...document.querySelectorAll('svg.narrow text')].map(each => each.getBoundingClientRect().height)"
    assert min(shown.ask(heights)) > 9, "letters that can be read"
    assert shown.heard == []
    shown.tab.context.close()


def test_hostile_text_is_only_text(browser: Browser, folder: Path, spoken: str) -> None:
    shown = show(browser, folder / f"hostile-{spoken}.html", DESKTOP)
    assert "owned" not in shown.tab.title()
    assert shown.ask("document.querySelectorAll('script, img, iframe, [onload], [onerror]').length") == 0
    labels = shown.ask("[...document.querySelectorAll('[data-table=list] tbody th')].map(each => each.textContent)")
    assert labels == [safe(text) for text in TEXTS]
    assert shown.heard == []
    shown.tab.context.close()


def test_letters_of_a_chart_stay_on_it(desktop: Shown) -> None:
    outside = """[...document.querySelectorAll('svg.wide')].flatMap(svg =>
    [...svg.querySelectorAll('text')].filter(text => {
      const one = text.getBoundingClientRect(), all = svg.getBoundingClientRect();
      return one.left < all.left - 1 || one.right > all.right + 1 || one.bottom > all.bottom + 1 }))
      .map(text => text.textContent)"""
    assert desktop.ask(outside) == []


def test_it_prints_on_pages_with_heads_on_each(browser: Browser, folder: Path, spoken: str) -> None:
    shown = show(browser, folder / f"long-{spoken}.html", DESKTOP)
    printed = shown.tab.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 3
    shown.tab.emulate_media(media="print")
    assert shown.ask("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert shown.ask("getComputedStyle(document.querySelector('tbody tr')).breakInside") == "avoid"
    shown.tab.context.close()


def test_what_is_folded_on_the_screen_is_printed(browser: Browser, folder: Path, spoken: str) -> None:
    shown = show(browser, folder / f"sample-{spoken}.html", DESKTOP)
    shown.tab.locator("summary").first.click()
    table = shown.tab.locator("details table").first
    expect(table).to_be_hidden()
    shown.tab.emulate_media(media="print")
    expect(table).to_be_visible()
    shown.tab.context.close()


def test_nothing_moves_for_who_wants_nothing_to_move(desktop: Shown) -> None:
    smooth = "getComputedStyle(document.documentElement).scrollBehavior"
    desktop.tab.emulate_media(reduced_motion="reduce")
    assert desktop.ask(smooth) == "auto"
    desktop.tab.emulate_media(reduced_motion="no-preference")
    assert desktop.ask(smooth) == "smooth"
    moving = "[...document.querySelectorAll('*')].some(each => getComputedStyle(each).animationName != 'none')"
    assert not desktop.ask(moving)


def test_an_empty_period_is_an_empty_chart(browser: Browser, folder: Path, spoken: str) -> None:
    shown = show(browser, folder / f"empty-{spoken}.html", DESKTOP)
    told = shown.tab.locator("svg.wide text.nothing")
    assert told.count() == 2
    assert set(told.all_text_contents()) == {{"en": "Nothing in this period.", "zh_CN": "这段时间没有记录。"}[spoken]}
    assert shown.ask("document.querySelectorAll('svg.wide .rect').length") == 0
    shown.tab.context.close()


def test_chinese_is_drawn_in_signs_not_in_boxes(browser: Browser) -> None:
    """Without a font for it every sign is the same box; ``scripts/browser`` says so."""
    tab = browser.new_page()
    drawn = set()
    for sign in "催收电话":
        tab.set_content(f"<p lang=zh-CN style='font: 40px sans-serif'>{sign}</p>")
        drawn.add(tab.locator("p").screenshot())
    tab.close()
    assert len(drawn) == len("催收电话")
