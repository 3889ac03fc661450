"""A server elsewhere is reached over TLS, whatever its address says or leaves out."""

from __future__ import annotations

import pytest

from collectdesk.errors import Problem
from collectdesk.store.engine import open_engine
from collectdesk.store.reader import open_url
from collectdesk.store.server import secured

VERIFIED = "?sslmode=verify-full&sslrootcert=system"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@localhost/d",
        "postgresql://u:p@127.0.0.1:5433/d?sslmode=disable",
        "postgresql://u@/d?host=/run/postgresql",
        "postgresql:///d",
    ],
)
def test_this_machine_is_reached_as_it_is(url: str) -> None:
    assert secured(url) == url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p%40@db.example/d", f"postgresql://u:p%40@db.example/d{VERIFIED}"),
        (
            "postgresql://u@/d?host=db.example",
            "postgresql://u@/d?host=db.example&sslmode=verify-full&sslrootcert=system",
        ),
        ("postgresql://h/d?sslmode=require", "postgresql://h/d?sslmode=require"),
        ("postgresql://h/d?sslrootcert=/ca.pem", "postgresql://h/d?sslrootcert=/ca.pem&sslmode=verify-full"),
    ],
)
def test_another_machine_is_reached_over_tls(url: str, expected: str) -> None:
    assert secured(url) == expected


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "", "nonsense"])
def test_an_address_without_tls_is_refused(mode: str) -> None:
    url = f"postgresql://u@db.example/d?sslmode={mode}"
    for reach in (secured, open_engine, lambda url: open_url(url, None)):
        with pytest.raises(Problem) as refused:
            reach(url)
        assert refused.value.code == "server_tls"


def test_one_of_several_hosts_elsewhere_is_enough() -> None:
    assert "verify-full" in secured("postgresql://u@/d?host=localhost,db.example")
