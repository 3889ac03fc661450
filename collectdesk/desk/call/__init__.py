"""The guided call (引导通话): steps in a fixed order, side doors at each, every answer committed at once.

``steps`` is the table of steps, one module each; ``engine`` walks them for whichever driver asks: terminal, JSON or
rehearsal. Nothing here knows a screen or a language: questions carry codes, and what is to be said comes rendered from
the adopted call script, behind the disclosure lock (``lock``).
"""
