"""How hard the gate's properties are tried: the same examples each time, more of them on request."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile("gate", max_examples=18, derandomize=True, deadline=None, suppress_health_check=quiet)
settings.register_profile("gate-search", max_examples=500, deadline=None, suppress_health_check=quiet)
settings.load_profile("gate-search" if os.environ.get("COLLECTDESK_TEST_SEARCH") else "gate")
