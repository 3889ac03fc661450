"""Ctrl-C is never lost: pressed while the interpreter clears away objects, it comes again a moment later.

What is raised inside a weak reference's callback or a finaliser goes no further than ``sys.unraisablehook``, and the
database library has thousands of such callbacks: without this, the key would do nothing and leave debris on the page.
"""

from __future__ import annotations

import sys

_MOMENT = 0.02  # seconds; raised again from within the hook it would be lost there


def keep_interrupts() -> None:
    """Have an interrupt that could not be raised where it arrived raised again soon after."""
    usual = sys.unraisablehook

    def hook(unraisable: sys.UnraisableHookArgs) -> None:
        if issubclass(unraisable.exc_type, KeyboardInterrupt):
            _again()
        else:
            usual(unraisable)

    sys.unraisablehook = hook


def _again() -> None:
    import _thread
    from threading import Timer  # the database library, whose callbacks these are, has loaded it

    later = Timer(_MOMENT, _thread.interrupt_main)
    later.daemon = True
    later.start()
