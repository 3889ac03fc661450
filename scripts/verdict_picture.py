"""The verdict of the READMEs: one question asked of the shipped rules, drawn as the terminal shows it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from rich.console import Console

from collectdesk import lang
from collectdesk.desk.shipped_rules import shipped_gate
from collectdesk.gate import Decision, convert_dial
from collectdesk.show.verdict import Subject, print_verdict

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / ".pictures"
QUESTION = ROOT / ".pictures" / "verdict.question.json"
SUBJECT = Subject("A-1007", "王小明", "13812345678", "示例银行", "信用卡", 47)

# Drawn without the web fonts of the library's own template: a picture asks no network.
TEMPLATE = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}"
  height="{terminal_height}" /></clipPath>{lines}</defs>
{chrome}<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">
{matrix}
</g></g></svg>
"""


def decide(language: str) -> Decision:
    """The kept question, asked in ``language`` of the shipped rules."""
    question = json.loads(QUESTION.read_text(encoding="utf-8")) | {"lang": language}
    return shipped_gate().decide(convert_dial(question))


def draw(language: str) -> str:
    """The verdict as SVG."""
    lang.use(language)
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    print_verdict(console, decide(language), SUBJECT)
    return console.export_svg(title="collectdesk check A-1007", code_format=TEMPLATE, unique_id="verdict")


def main(arguments: list[str]) -> int:
    """Write the pictures, or with ``--check`` compare them."""
    stale = []
    for language in lang.LANGUAGES:
        path = PICTURES / f"verdict.{language}.svg"
        picture = draw(language)
        if "--check" not in arguments:
            path.parent.mkdir(exist_ok=True)
            path.write_text(picture, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != picture:
            stale.append(path.name)
    if stale:
        print(f"Not what the program draws now: {', '.join(stale)}. Run scripts/pictures.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
