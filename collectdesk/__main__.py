"""``collectdesk`` and ``python -m collectdesk``: the fast way in where it can answer, else the front door."""

from __future__ import annotations

import gc
import os
import sys

from collectdesk import zones


def main() -> None:
    """The program.

    Garbage is looked for while the front door is open only: the fast way in is over before it makes any, and what
    there is at the end goes with the process.
    """
    gc.disable()
    _open_streams()
    zones.choose()
    code = _run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def _open_streams() -> None:
    """A stream that was closed leads nowhere: nobody reads or writes there, and no file of ours gets its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _run(words: list[str]) -> int:
    from collectdesk.commands.quick import quick

    try:
        code = quick(words)
    except (KeyboardInterrupt, OSError) as stopped:
        from collectdesk.commands.failure import end
        from collectdesk.commands.session import Session
        from collectdesk.store.home import find

        return end(stopped, Session(find().root, json=True))
    if code is not None:
        return code
    gc.enable()
    from collectdesk.cli import run

    return run(words)


if __name__ == "__main__":
    main()
