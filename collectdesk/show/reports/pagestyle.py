"""How the page of a report looks: calm as a morning paper, light and dark by the reader's wish, light on paper."""

from __future__ import annotations

LIGHT = {
    "paper": "#fbf9f4", "card": "#f3efe6", "ink": "#211f1b", "dim": "#5e594f", "rule": "#d9d2c4",
    "accent": "#1f4e6b", "second": "#a3621c", "third": "#53692f", "fourth": "#74476f", "before": "#938b7b",
    "good": "#2a5f37", "bad": "#98301f",
}  # fmt: skip
DARK = {
    "paper": "#16181a", "card": "#1f2225", "ink": "#e8e3d8", "dim": "#aaa598", "rule": "#393b3d",
    "accent": "#8fbcd8", "second": "#dfa566", "third": "#a6c07f", "fourth": "#cda0c8", "before": "#7d7a72",
    "good": "#8fc79a", "bad": "#f0988c",
}  # fmt: skip
PRINTED = {**LIGHT, "paper": "#ffffff", "card": "#ffffff", "ink": "#000000", "dim": "#444038", "rule": "#b9b3a6"}
TEXT = ("ink", "dim", "accent", "good", "bad")
"""Colours letters have: 4.5 to 1 on paper and card (WCAG 2.2, 1.4.3)."""
DRAWN = ("accent", "second", "third", "fourth", "before")
"""Colours of shapes that say something: 3 to 1 (WCAG 2.2, 1.4.11)."""

_SERIF = '"Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", "Noto Serif", '
_SONG = '"Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", STSong, SimSun, serif'
_SANS = 'system-ui, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'


def style(running: str) -> str:
    """The whole style; ``running`` stands at the foot of every printed page."""
    return (
        f":root {{ color-scheme: light dark; {_variables(LIGHT)} --serif: {_SERIF}{_SONG}; --sans: {_SANS}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_variables(DARK)} }} }}\n"
        f"{_PAGE}{_TABLES}{_CHARTS}"
        "@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }\n"
        f"@media print {{ :root {{ color-scheme: light; {_variables(PRINTED)} }} {_PRINT} }}\n"
        "@page { size: A4; margin: 16mm 15mm 18mm; "
        f"@bottom-left {{ content: {_quoted(running)}; font: 8pt var(--sans); }} "
        '@bottom-right { content: counter(page) " / " counter(pages); font: 8pt var(--sans); } }\n'
    )


def _variables(palette: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in palette.items())


def _quoted(text: str) -> str:
    """A text as a string of CSS in which nothing ends the string or the style."""
    kept = "".join(char if char.isalnum() or char in " .,:-/()·" else f"\\{ord(char):x} " for char in text)
    return f'"{kept}"'


_PAGE = """
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans);
  font-variant-numeric: tabular-nums lining-nums; text-size-adjust: 100%; }
.sheet { max-width: 60rem; margin: 0 auto; padding: 1.25rem 1.5rem 4rem; }
h1, h2, .value, .standfirst { font-family: var(--serif); }
.masthead { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; padding-bottom: .45rem;
  border-bottom: 3px double var(--ink); font-size: .8125rem; color: var(--dim); }
.masthead b { color: var(--ink); letter-spacing: .06em; }
h1 { margin: 1.4rem 0 .1rem; font-size: 2.5rem; line-height: 1.15; font-weight: 600; text-wrap: balance; }
.standfirst { margin: 0; font-size: 1.125rem; color: var(--dim); text-wrap: pretty; }
:lang(en) .standfirst { font-style: italic; }
.dateline { margin: .8rem 0 0; font-size: .875rem; }
.dateline, .heed, caption, figcaption, footer li { overflow-wrap: anywhere; }
.dateline span + span::before { content: " · "; color: var(--dim); }
.practice { margin: 0 0 1rem; padding: .3rem .75rem; border: 1px solid var(--bad); color: var(--bad);
  font-size: .875rem; font-weight: 600; text-align: center; }
.heed { margin: 1.25rem 0 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--bad); list-style: none; }
.heed li { margin: .2rem 0; }
.heed b { color: var(--bad); font-weight: 600; }
section { margin-top: 2.5rem; }
h2 { margin: 0 0 .9rem; padding-top: .5rem; border-top: 1px solid var(--ink); font-size: 1.3125rem; line-height: 1.3;
  font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(11.5rem, 100%), 1fr)); gap: .6rem;
  margin: 0 0 1.75rem; }
.figure { padding: .55rem .9rem .65rem; background: var(--card); border-left: 2px solid var(--rule); }
.figure.broad { grid-column: span 2; } .amount { white-space: nowrap; }
.figure.alarm { border-left-color: var(--bad); border-left-width: 4px; }
.figure dt { font-size: .8125rem; line-height: 1.35; color: var(--dim); }
.figure dd { margin: 0; overflow-wrap: anywhere; }
.figure .value { font-size: 1.75rem; line-height: 1.3; font-weight: 600; }
.figure .value.long { font-size: 1.25rem; line-height: 1.4; padding: .15em 0; }
.figure .change, .figure .call { font-size: .8125rem; line-height: 1.4; color: var(--dim); }
.figure .call { color: var(--bad); font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); } .good, .bad { white-space: nowrap; }
a { color: var(--accent); text-underline-offset: .15em; }
a.term { color: inherit; text-decoration: underline dotted 1px; text-decoration-color: var(--before); }
a.term:hover { text-decoration-style: solid; }
sup { font-size: .68em; line-height: 0; padding-left: .15em; font-weight: 400; font-family: var(--sans); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
footer { margin-top: 3rem; border-top: 3px double var(--ink); font-size: .8125rem; line-height: 1.5; }
footer h2 { border: 0; margin: 1rem 0 .4rem; padding: 0; font-size: 1rem; }
footer ol, footer ul { margin: 0; padding-left: 1.6rem; } footer li { margin: .15rem 0; }
footer li:target { background: var(--card); outline: 6px solid var(--card); }
.definitions { columns: 2; column-gap: 2.5rem; } .definitions li { break-inside: avoid; }
footer .made { color: var(--dim); margin-top: 1.25rem; }
code { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: .92em; color: var(--dim);
  overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
"""
_TABLES = """
.scroll { overflow-x: auto; position: relative; }
.block { margin: 0 0 2rem; }
summary { width: max-content; max-width: 100%; padding: .2rem 0; cursor: pointer;
  font-size: .875rem; font-weight: 600; }
summary::marker { color: var(--accent); }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.4; }
caption { padding: .25rem 0 .4rem; text-align: left; font-weight: 600; }
th, td { padding: .32rem .55rem; border-bottom: 1px solid var(--rule); text-align: right; vertical-align: baseline;
  white-space: nowrap; }
tr > :first-child { padding-left: 0; } tr > :last-child { padding-right: 0; }
thead th { border-bottom: 1px solid var(--ink); font-weight: 500; color: var(--dim); vertical-align: bottom; }
tbody th { font-weight: 400; }
th:first-child, .words, .moment, .day { text-align: left; }
.words, tbody th { white-space: normal; overflow-wrap: break-word; } tbody th, td.words { min-width: 7em; }
tfoot th, tfoot td { border-top: 1px solid var(--ink); border-bottom: 0; font-weight: 600; }
.cell { display: inline-flex; flex-direction: row-reverse; gap: .75em; align-items: baseline; }
.money .cell { flex-direction: column; gap: 0; align-items: flex-end; }
td small { color: var(--dim); font-weight: 400; }
details caption, caption.same { position: absolute; clip-path: inset(50%); }
.folded { color: var(--dim); font-style: italic; } :lang(zh-CN) .folded { font-style: normal; }
.nothing { color: var(--dim); }
"""
_CHARTS = """
figure { margin: 0 0 .5rem; }
figcaption { margin-bottom: .35rem; font-size: .875rem; font-weight: 600; }
figcaption small { font-weight: 400; color: var(--dim); font-size: .8125rem; }
.chart svg { display: block; width: 100%; height: auto; font-family: var(--sans); }
.chart .narrow { display: none; }
.chart text { font-size: 12px; fill: var(--dim); }
.chart text.value { fill: var(--ink); font-family: var(--sans); }
.chart text.nothing { font: 15px var(--serif); text-anchor: middle; fill: var(--dim); }
:lang(en) .chart text.nothing { font-style: italic; }
.axis.x text { text-anchor: middle; } .axis.y text { text-anchor: end; }
.horizontal .axis.y text { fill: var(--ink); } .horizontal text.value { text-anchor: start; }
.horizontal .axis path { display: none; } .vertical .axis.x path { display: none; }
.axis path { fill: none; stroke: var(--rule); stroke-width: 1; } .axis path.major { stroke: var(--ink); }
.rect, .dot { fill: var(--tone); } .line { fill: none; stroke: var(--tone); stroke-width: 2; }
.series { --tone: var(--accent); } .serie-1 { --tone: var(--second); } .serie-2 { --tone: var(--third); }
.serie-3 { --tone: var(--fourth); } .serie-4 { --tone: var(--dim); } .compared .serie-1 { --tone: var(--before); }
.serie-1 .line { stroke-dasharray: 6 3; } .serie-2 .line { stroke-dasharray: 2 3; }
.serie-3 .line { stroke-dasharray: 9 3 2 3; }
.stackedbar-graph .rect { stroke: var(--paper); }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; margin: .3rem 0 0; padding: 0; list-style: none;
  font-size: .8125rem; color: var(--dim); }
.chart .key { display: inline-block; width: 14px; height: 10px; margin-right: .4rem; }
@media screen and (max-width: 34rem) {
  .sheet { padding: .9rem 1rem 3rem; } h1 { font-size: 2rem; } .definitions { columns: 1; }
  .chart .wide { display: none; } .chart .narrow { display: block; }
  .figures { grid-template-columns: 1fr 1fr; } .figure { padding: .45rem .65rem .5rem; }
  .figure .value { font-size: 1.5rem; } .figure .value.long { font-size: 1.0625rem; }
}
@media (forced-colors: active) { .rect, .dot { fill: CanvasText; } .line { stroke: CanvasText; } }
"""
_PRINT = """
body { font-size: 9.5pt; } .sheet { max-width: none; padding: 0; } section { margin-top: 7mm; }
h1 { margin-top: 5mm; font-size: 24pt; } summary { display: none; }
details caption { position: static; clip-path: none; } .scroll { overflow: visible; }
details::details-content { content-visibility: visible; display: block; height: auto; }
h2, figcaption, caption { break-after: avoid; } .figure, figure, tr, li, .short { break-inside: avoid; }
thead { display: table-header-group; } tfoot { display: table-row-group; }
tbody tr:nth-child(-n+2) { break-after: avoid; } tfoot tr { break-before: avoid; }
.figures { grid-template-columns: repeat(4, 1fr); } a { color: inherit; } a.term { text-decoration: none; }
.figure { border: 0; border-left: 2px solid var(--rule); padding: 0 3mm; } .figure .value { font-size: 17pt; }
.figure .value.long { font-size: 12pt; }
thead th { white-space: normal; } th, td { padding: 1mm 2mm; } table { font-size: 8.5pt; }
* { print-color-adjust: exact; }
"""
