"""How a server is reached: over a local socket as it is, over a network only under TLS."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from collectdesk.errors import N_, UsageProblem

LOCAL = ("", "localhost", "127.0.0.1", "::1")
ENCRYPTED = ("require", "verify-ca", "verify-full")
OPTIONS = "-c lock_timeout=10s -c timezone=UTC -c client_encoding=UTF8"
CONNECT_SECONDS = 10


def secured(url: str) -> str:
    """The address with TLS asked for where it leads off this machine: by default against the system's authorities.

    Raises:
        UsageProblem: the address forbids or only prefers TLS to another machine.
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query, keep_blank_values=True)
    hosts = query.get("host", [parts.hostname or ""])
    if all(_is_local(host) for value in hosts for host in value.split(",")):
        return url
    mode = query.get("sslmode", [None])[-1]
    if mode in ENCRYPTED:
        return url
    if mode is not None:
        raise UsageProblem(
            "server_tls",
            N_("A database on another machine is reached over TLS only."),
            hint=N_("Leave sslmode out of the address, or set it to verify-full, verify-ca or require."),
        )
    added = "sslmode=verify-full" + ("" if "sslrootcert" in query else "&sslrootcert=system")
    return f"{url}{'&' if parts.query else '?'}{added}"


def _is_local(host: str) -> bool:
    return host in LOCAL or host.startswith("/")
