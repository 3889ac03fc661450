"""Objections (异议, policy article 10.1): recorded with a promised date, checked, answered, the debtor told.

While one is open no call presses for payment; a call to answer it may be made.

**When the hold is lifted.** Not by the answer, but once the debtor has been told it. If the check found the debtor
right, wholly or in part, also that does not lift it: what was right must be put right first, and somebody who does not
collect says that it was (``correct``). A hold of another objection or chapter stays as it is.
"""
