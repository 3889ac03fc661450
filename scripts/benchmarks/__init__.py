"""Benchmarks of collectdesk; ``scripts/bench`` runs them.

A benchmark is a module here with a ``TITLE``, a number of ``ROUNDS`` and a function ``contenders(setting)``.
The first contender is the yardstick; every other one is told as a multiple of it and may have a limit. All of
them take turns within one run, so that a slow minute of the machine slows all alike: the ratios count.
"""
