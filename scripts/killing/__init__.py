"""The parts of ``scripts/kill``: the desk, the process that is killed, and the judge."""
