"""SHA-256 with its inner state laid open (FIPS 180-4): ``hashlib`` does not give it away.

With the state after a text's first whole blocks, and the text's end, anybody can finish the digest; what the first
blocks said stays unknown. So an entry of the journal can be shown to follow the one before it without being shown.
"""

from __future__ import annotations

import struct
from math import isqrt

BLOCK = 64
"""Bytes the state advances by."""
START = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
_MASK = 0xFFFFFFFF
_PRIMES = [n for n in range(2, 312) if all(n % p for p in range(2, isqrt(n) + 1))]


def _cube_root_bits(prime: int) -> int:
    """The first 32 bits of the fraction of ``prime``'s cube root."""
    wanted = prime << 96
    low, high = 0, 1 << 36
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= wanted else (low, middle - 1)
    return low & _MASK


_ROUNDS = tuple(_cube_root_bits(prime) for prime in _PRIMES)
State = tuple[int, ...]


def state_after(blocks: bytes, state: State = START) -> State:
    """The state once ``blocks`` were read.

    Raises:
        ValueError: they are not whole blocks.
    """
    if len(blocks) % BLOCK:
        raise ValueError("not whole blocks")
    for at in range(0, len(blocks), BLOCK):
        state = _compress(state, blocks[at : at + BLOCK])
    return state


def finished(state: State, blocks: int, rest: bytes) -> str:
    """The digest of a text whose first ``blocks`` blocks led to ``state`` and that ends with ``rest``."""
    length = blocks * BLOCK + len(rest)
    padded = rest + b"\x80" + b"\x00" * ((55 - len(rest)) % BLOCK) + struct.pack(">Q", length * 8)
    return spelled(state_after(padded, state))


def spelled(state: State) -> str:
    """A state as 64 hexadecimal digits."""
    return "".join(f"{word:08x}" for word in state)


def read(text: str) -> State:
    """A state from its 64 hexadecimal digits.

    Raises:
        ValueError: it is no such text.
    """
    return struct.unpack(">8L", bytes.fromhex(text)) if len(text) == BLOCK else _refuse()


def _refuse() -> State:
    raise ValueError("no state")


def _compress(state: State, block: bytes) -> State:
    words = list(struct.unpack(">16L", block))
    for at in range(16, 64):
        early, late = words[at - 15], words[at - 2]
        small = (early >> 7 | early << 25) ^ (early >> 18 | early << 14) ^ early >> 3
        great = (late >> 17 | late << 15) ^ (late >> 19 | late << 13) ^ late >> 10
        words.append((words[at - 16] + (small & _MASK) + words[at - 7] + (great & _MASK)) & _MASK)
    a, b, c, d, e, f, g, h = state
    for constant, word in zip(_ROUNDS, words, strict=True):
        turned = ((e >> 6 | e << 26) ^ (e >> 11 | e << 21) ^ (e >> 25 | e << 7)) & _MASK
        first = h + turned + (g ^ (e & (f ^ g))) + constant + word
        turned = ((a >> 2 | a << 30) ^ (a >> 13 | a << 19) ^ (a >> 22 | a << 10)) & _MASK
        second = turned + (a & b | c & (a | b))
        a, b, c, d, e, f, g, h = (first + second) & _MASK, a, b, c, (d + first) & _MASK, e, f, g
    return tuple((old + new) & _MASK for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))
