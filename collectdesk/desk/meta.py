"""Keys of the ``meta`` table that say what time it is on a desk."""

PRACTICE = "practice"
"""Present on a practice desk (练习台) and on no other."""
CLOCK_SHIFT = "clock_shift"
"""Seconds a practice desk's clock is ahead of the wall clock."""
