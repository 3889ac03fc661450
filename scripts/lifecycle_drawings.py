"""The lives of what the desk follows up, drawn as Mermaid state diagrams into both READMEs."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from collectdesk.desk.adopted_text import Lang  # noqa: E402 - the path is set just above
from collectdesk.desk.lifecycle import Lifecycle, lifecycle, names  # noqa: E402

READMES: dict[Lang, Path] = {"en": ROOT / "README.md", "zh_CN": ROOT / "README.zh-CN.md"}
START, END = "<!-- lifecycles -->\n", "<!-- /lifecycles -->"
ORDER = ("objection", "complaint", "promise", "plan", "emergency", "conduct", "hold", "number", "referral")


def drawings(lang: Lang) -> str:
    """Every life, each folded under its name."""
    known = [*ORDER, *(name for name in names() if name not in ORDER)]
    return "\n".join(folded(lifecycle(name), lang) for name in known)


def folded(life: Lifecycle, lang: Lang) -> str:
    """One life under its title and what it rests on."""
    opening = f"<details><summary>{life.title.in_(lang)} <sub>{life.cite.in_(lang)}</sub></summary>"
    return f"{opening}\n\n```mermaid\n{diagram(life, lang)}\n```\n\n</details>"


def diagram(life: Lifecycle, lang: Lang) -> str:
    """A life as Mermaid's state diagram; acts between the same two states share an arrow."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{plain(state.title.in_(lang))}" as {state.name}' for state in life.states]
    lines += [f"    [*] --> {start}" for start in life.start]
    lines += [f"    {source} --> {to}: {acts}" for (source, to), acts in arrows(life, lang).items()]
    return "\n".join([*lines, *(f"    {end} --> [*]" for end in life.ends)])


def arrows(life: Lifecycle, lang: Lang) -> dict[tuple[str, str], str]:
    """What leads from one state to another, in the order of the table."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for move in life.moves:
        for source in move.sources:
            found[(source, move.to)].append(plain(move.title.in_(lang)))
    return {ends: " / ".join(dict.fromkeys(acts)) for ends, acts in found.items()}


def plain(text: str) -> str:
    """A label without what Mermaid reads as its own."""
    for sign, instead in ((":", "："), (";", ","), ('"', "'"), ("#", ""), ("\n", " ")):
        text = text.replace(sign, instead)
    return text


def redrawn(text: str, lang: Lang) -> str:
    """A README with its drawings made anew.

    Raises:
        ValueError: it has no place for them.
    """
    head, found, rest = text.partition(START)
    _old, closed, tail = rest.partition(END)
    if not (found and closed):
        raise ValueError("no markers for the lifecycles")
    return f"{head}{START}{drawings(lang)}\n{END}{tail}"


def main(check: bool) -> int:
    """Write the drawings, or say which README draws something else."""
    stale = []
    for lang, path in READMES.items():
        text = path.read_text(encoding="utf-8")
        made = redrawn(text, lang)
        if made != text:
            stale.append(path.name)
            if not check:
                path.write_text(made, encoding="utf-8")
    if check and stale:
        sys.stderr.write(f"drawn otherwise than the data says: {', '.join(stale)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
