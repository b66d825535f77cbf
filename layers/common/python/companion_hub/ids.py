"""Identifiers: UUIDv7, so that keys sort by time and index pages fill in order.

Source: RFC 9562 §5.7 (48-bit Unix milliseconds, version, 74 random bits).
"""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a fresh UUIDv7 made from this machine's clock; order within one millisecond is random."""
    milliseconds = time.time_ns() // 1_000_000
    random_bits = secrets.randbits(74)
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random_bits >> 62) << 64  # version 7, then 12 random bits
    value |= 0b10 << 62 | random_bits & ((1 << 62) - 1)  # RFC variant, then 62 random bits
    return UUID(int=value)
