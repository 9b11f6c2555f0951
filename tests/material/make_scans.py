"""Makes scans of PDF files: pages drawn by pdftoppm, turned a little, stamped in red and spotted.

Run it with a PDF and the path of the scan: python -m tests.material.make_scans IN.pdf OUT.pdf
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path


def scan(pdf: Path, path: Path, dots: int = 200, angle: float = 0.7, stamp: bool = True, noise: float = 0.002) -> None:
    """Write a PDF of pictures that looks like a page from an office scanner."""
    import numpy
    from PIL import Image, ImageDraw, ImageFilter

    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["pdftoppm", "-r", str(dots), "-png", str(pdf), f"{folder}/page"],
            check=True,
            capture_output=True,
            timeout=120,
        )
        pages = []
        for name in sorted(Path(folder).glob("page*.png")):
            page = Image.open(name).convert("RGB").rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor="white")
            if stamp:
                draw = ImageDraw.Draw(page)
                x, y = int(page.width * 0.62), int(page.height * 0.25)
                for ring in range(4):
                    draw.ellipse(
                        (x - 130 + ring, y - 130 + ring, x + 130 - ring, y + 130 - ring), outline=(225, 40, 50), width=3
                    )
                draw.text((x - 60, y - 8), "ỦY BAN NHÂN DÂN", fill=(225, 40, 50))
            page = page.filter(ImageFilter.GaussianBlur(0.5))
            data = numpy.asarray(page).copy()
            spots = numpy.random.default_rng(chance.randint(0, 99)).random(data.shape[:2])
            data[spots < noise] = 90
            pages.append(Image.fromarray(data))
        pages[0].save(path, save_all=True, append_images=pages[1:], resolution=dots, quality=70)


if __name__ == "__main__":
    scan(Path(sys.argv[1]), Path(sys.argv[2]))
