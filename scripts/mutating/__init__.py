"""Mutation testing of ``collectdesk.gate``: Cosmic Ray's faults, put in one at a time, tried in forks of one process.

Cosmic Ray rather than mutmut: mutmut puts its faults into functions without a decorator only, and forks after the
tests have run once, so that whatever a test or the gate remembers hides the fault. Here the process that is forked
knows the libraries and the files, but has imported nothing of ``collectdesk``: every fault is there from the import on.
"""
