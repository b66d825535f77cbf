"""Reads what a shared library needs of the system it is loaded on.

Source: System V ABI, "Dynamic Section", and Linux Standard Base, "Symbol Versioning" (.gnu.version_r).
"""

import re
import struct
from functools import cached_property
from pathlib import Path

_AARCH64 = 183
_DYNAMIC = 6  # section type SHT_DYNAMIC
_NEEDED = 1  # tag DT_NEEDED
_VERSIONS_NEEDED = 0x6FFFFFFE  # section type SHT_GNU_verneed


class Library:
    """A 64-bit little-endian ELF file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._data = path.read_bytes()
        if self._data[:6] != b"\x7fELF\x02\x01":
            raise ValueError(f"{path} is no 64-bit little-endian ELF file")
        self.machine: int = struct.unpack_from("<H", self._data, 18)[0]

    @property
    def is_arm64(self) -> bool:
        return self.machine == _AARCH64

    @cached_property
    def needs(self) -> set[str]:
        """Names of the libraries it is linked with."""
        found: set[str] = set()
        for offset, size, strings in self._sections(_DYNAMIC):
            for at in range(offset, offset + size, 16):
                tag, value = struct.unpack_from("<qQ", self._data, at)
                if tag == _NEEDED:
                    found.add(self._string(strings + value))
        return found

    @cached_property
    def newest_glibc(self) -> tuple[int, ...]:
        """The newest version of the C library that any of its symbols asks for; (0,) when none does."""
        versions: list[tuple[int, ...]] = [(0,)]
        for offset, _, strings in self._sections(_VERSIONS_NEEDED):
            entry = offset
            while True:
                _, count, _, first, following = struct.unpack_from("<HHIII", self._data, entry)
                at = entry + first
                for _ in range(count):
                    _, _, _, name, step = struct.unpack_from("<IHHII", self._data, at)
                    if match := re.fullmatch(r"GLIBC_([\d.]+)", self._string(strings + name)):
                        versions.append(tuple(map(int, match[1].split("."))))
                    at += step
                if not following:
                    break
                entry += following
        return max(versions)

    def _sections(self, kind: int) -> list[tuple[int, int, int]]:
        """Return offset, size and the offset of the strings of every section of a type."""
        table = struct.unpack_from("<Q", self._data, 40)[0]
        entry_size, count = struct.unpack_from("<HH", self._data, 58)
        found: list[tuple[int, int, int]] = []
        for index in range(count):
            _, type_, _, _, offset, size, link = struct.unpack_from("<IIQQQQI", self._data, table + index * entry_size)
            if type_ == kind:
                strings = struct.unpack_from("<Q", self._data, table + link * entry_size + 24)[0]
                found.append((offset, size, strings))
        return found

    def _string(self, offset: int) -> str:
        return self._data[offset : self._data.index(b"\0", offset)].decode()
