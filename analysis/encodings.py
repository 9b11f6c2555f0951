"""Bytes to text: which encoding a Vietnamese report was typed in, and its characters.

Reading the formats around the text is left to `documents`.
"""

from __future__ import annotations

from dataclasses import dataclass


class EncodingError(ValueError):
    """Bytes that are no text in any encoding known here."""


@dataclass(frozen=True)
class Decoded:
    """The characters of a file, the encoding they were in, and (code, sentence) pairs about it."""

    text: str
    encoding: str
    notes: tuple[tuple[str, str], ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode a file's bytes, a byte-order mark left out, newlines untouched."""
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError as error:
        raise EncodingError(f"the bytes are no UTF-8 (byte {error.start})") from error
