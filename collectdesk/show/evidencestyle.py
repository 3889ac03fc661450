"""How the page of a bundle looks: light and dark by the reader's wish, and on paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1c1f23; --dim: #5b6470; --line: #d5dae0; --page: #ffffff; --soft: #f4f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --dim: #9aa4b0; --line: #3a414a; --page: #15181c; --soft: #1e2329; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem; background: var(--page); color: var(--ink); line-height: 1.5;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 62rem; margin: 0 auto; }
h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.15rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .25rem; font-weight: 500; }
section { margin: 2rem 0; }
article { margin: 1rem 0; padding: .75rem 1rem; background: var(--soft); border-left: 3px solid var(--line); }
p { margin: .25rem 0; } small, .dim { color: var(--dim); }
code, pre { font-family: ui-monospace, Consolas, "Noto Sans Mono CJK SC", monospace; font-size: .85em; }
code { overflow-wrap: anywhere; } pre { padding: .5rem; background: var(--soft); white-space: pre-wrap; }
blockquote { margin: .5rem 0; padding-left: .75rem; border-left: 2px solid var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: var(--dim); } dd { margin: 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid var(--line); }
th { color: var(--dim); font-weight: 500; } td time { white-space: nowrap; } ul { margin: 0; padding-left: 1.1rem; }
.warn { font-weight: 600; }
input[name=lang] { position: absolute; opacity: 0; }
label { float: right; margin-left: .75rem; color: var(--dim); cursor: pointer; }
input:checked + label { color: var(--ink); text-decoration: underline; }
input:focus-visible + label { outline: 2px solid var(--dim); }
#zh:checked ~ main [lang=en], #en:checked ~ main [lang=zh-CN] { display: none; }
@media print {
  :root { --ink: #000; --dim: #444; --line: #999; --page: #fff; --soft: #fff; }
  body { padding: 0; font-size: 9.5pt; } label { display: none; } tr, article { break-inside: avoid; }
  h2 { break-after: avoid; } .wide { overflow: visible; } @page { margin: 16mm 14mm; }
}
"""
