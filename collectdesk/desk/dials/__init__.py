"""Against the phone (话单核对, policy article 8.1): records of the exchange or carrier beside the desk's permits.

A dial without a permit counts in the gate from the moment it is known, is reported, and is explained by somebody.
"""
