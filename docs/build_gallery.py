"""Makes the pictures of docs/gallery.md from the code in the page: `python docs/build_gallery.py`.

The blocks of code run in the order of the page; the figure in `figure` when a picture follows is that picture.
"""

from __future__ import annotations

import contextlib
import io
import os
import pathlib
import re
import sys
from collections.abc import Iterator
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "gallery.md"
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```$|^!\[[^]]*\]\((?P<picture>[^)]+)\)$", re.M | re.S)


def draw_figures() -> Iterator[tuple[pathlib.Path, Any]]:
    """The path of each picture of the page and the figure that the code before it makes."""
    names: dict[str, Any] = {}
    text = PAGE.read_text(encoding="utf-8")
    with contextlib.chdir(ROOT):
        for found in BLOCK.finditer(text):
            if found["code"]:
                line = text.count("\n", 0, found.start("code"))
                exec(compile("\n" * line + found["code"], str(PAGE), "exec"), names)
            else:
                yield PAGE.parent / found["picture"], names["figure"]


def write_picture(path: pathlib.Path, figure: Any) -> None:
    """A small PNG for the page: 150 dpi, at most 255 colours, the alternative text inside."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=150, metadata={"Software": None})
    words = PngInfo()
    words.add_itxt("Description", figure.alt_text)
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(drawn).convert("RGB").quantize(255, dither=Image.Dither.NONE)
    image.save(path, optimize=True, pnginfo=words)


if __name__ == "__main__":
    sys.path.insert(0, os.fspath(ROOT))
    for path, figure in draw_figures():
        write_picture(path, figure)
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1024:.0f} kB  {figure.alt_text.splitlines()[0]}")
