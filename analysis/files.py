"""Files that are written whole or not at all, and CSV that has the same bytes at every run.

What the tables hold is the affair of the modules that make them; where the project keeps its data is said here.
"""

import contextlib
import os
import pathlib
import tempfile
from collections.abc import Iterator

import pandas

Path = str | os.PathLike[str]
DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
REFERENCE = DATA / "reference"


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[pathlib.Path]:
    """Give a temporary path beside `path`; when the block ends well it takes the place of `path`, else it vanishes.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = pathlib.Path(folder, "new", "a.txt")
    ...     with replacing(target) as temporary:
    ...         _ = temporary.write_text("whole")
    ...     target.read_text(), len(list(target.parent.iterdir()))
    ('whole', 1)
    """
    target = pathlib.Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = tempfile.mkdtemp(prefix=".writing-", dir=target.parent)
    temporary = pathlib.Path(folder, target.name)
    try:
        yield temporary
        os.replace(temporary, target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
        with contextlib.suppress(OSError):
            os.rmdir(folder)


def write_text(text: str, path: Path) -> pathlib.Path:
    """Write UTF-8 text with plain line ends."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    return pathlib.Path(path)


def format_float(value: float) -> str:
    """The shortest digits that read back as the same number, without an exponent and without ".0".

    >>> format_float(9.0), format_float(0.85), format_float(126.516), format_float(1e-7)
    ('9', '0.85', '126.516', '0.0000001')
    """
    import numpy

    return numpy.format_float_positional(value, trim="-")


def write_csv(table: pandas.DataFrame, path: Path) -> pathlib.Path:
    """Write a table as UTF-8 CSV: rows and columns as they stand, missing values empty, numbers at full precision."""
    with replacing(path) as temporary:
        table.to_csv(temporary, index=False, encoding="utf-8", lineterminator="\n", float_format=format_float)
    return pathlib.Path(path)


def read_csv(path: Path, *, numbers: tuple[str, ...] = ()) -> pandas.DataFrame:
    """Read a CSV of `write_csv`: every column is text ("" where empty) except those named in `numbers`."""
    table = pandas.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    for column in numbers:
        if column in table:
            table[column] = pandas.to_numeric(table[column].replace("", None))
    return table
