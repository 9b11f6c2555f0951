"""Writes the reports of `layouts` with the programs that offices use: text, web pages, Word, Excel, and through
LibreOffice and Chromium the old formats and PDF. Run it with a folder: python -m tests.material.make_documents FOLDER
"""

from __future__ import annotations

import html
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from shutil import which

from tests.material.layouts import Grid, Source, show, sources


def words(value: object) -> str:
    """A cell as a person types it."""
    return value if isinstance(value, str) else show(float(value))


def covered(grid: Grid) -> set[tuple[int, int]]:
    """Positions that a merged cell covers beside its own."""
    return {
        (r + i, c + k)
        for (r, c), (high, wide) in grid.spans.items()
        for i in range(high)
        for k in range(wide)
        if i or k
    }


def write_text(source: Source, path: Path, aligned: bool = False) -> None:
    """A .txt: paragraphs, tables by tabs or by columns of spaces."""
    parts = []
    for block in source.blocks:
        if isinstance(block, str):
            parts.append(block)
            continue
        if block.caption:
            parts.append(block.caption)
        rows = [[words(cell) for cell in row] for row in block.rows]
        for (r, c), (_, wide) in block.spans.items():  # typed tables repeat the word over each column it is for
            for k in range(1, wide):
                rows[r][c + k] = rows[r][c]
        if aligned:
            wide = [max(len(row[c]) for row in rows) + 3 for c in range(len(rows[0]))]
            parts.append(
                "\n".join(
                    "".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in rows
                )
            )
        else:
            parts.append("\n".join("\t".join(row) for row in rows))
    path.write_text("\n".join(parts) + "\n", encoding="utf-8", newline="")


def table_html(grid: Grid) -> str:
    """A table with merged cells."""
    hidden = covered(grid)
    lines = ["<table>"]
    if grid.head:
        lines.append("<thead>")
    for r, row in enumerate(grid.rows):
        if r == grid.head:
            lines.append("</thead><tbody>")
        cells = []
        for c, cell in enumerate(row):
            if (r, c) in hidden:
                continue
            high, wide = grid.spans.get((r, c), (1, 1))
            span = (f' rowspan="{high}"' if high > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
            tag = "th" if r < grid.head else "td"
            cells.append(f"<{tag}{span}>{html.escape(words(cell))}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</tbody></table>")
    return "\n".join(lines)


def body_html(source: Source) -> str:
    """The report itself."""
    parts = []
    for block in source.blocks:
        if isinstance(block, Grid):
            parts += ([f"<p>{html.escape(block.caption)}</p>"] if block.caption else []) + [table_html(block)]
        else:
            parts.append(f"<p>{html.escape(block)}</p>")
    return "\n".join(parts)


def write_page(source: Source, path: Path) -> None:
    """A page of a district's portal: menus, counters, related links with figures of other places around the report."""
    day = "/".join(reversed(source.published.split("-")))
    page = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{html.escape(source.title)}</title>
<meta property="article:published_time" content="{source.published}T08:00:00+07:00">
<meta property="og:site_name" content="{html.escape(source.publisher)}"></head><body>
<header><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/t">Tin tức</a></li>
<li><a href="/v">Văn bản</a></li></ul></nav></header>
<div id="main"><article><h1>{html.escape(source.title)}</h1><div class="date">Ngày đăng: {day}</div>
<div class="content">{body_html(source)}</div></article></div>
<aside class="sidebar"><div class="related"><h3>Tin liên quan</h3><ul>
<li><a href="/1">Huyện Đức Trọng: tỷ lệ hộ nghèo còn 1,1%, thu ngân sách 812 tỷ đồng</a></li>
<li><a href="/2">Huyện Di Linh giải quyết việc làm cho 2.999 lao động</a></li></ul></div>
<div class="counter">Đang online: 35 - Tổng truy cập: 5054346</div></aside>
<footer>Cơ quan chủ quản: {html.escape(source.publisher)}. Điện thoại: 0203 3888 888</footer></body></html>"""
    path.write_text(page, encoding="utf-8")


def write_print(source: Source, path: Path, ruled: bool = True, landscape: bool = False) -> None:
    """A page made only for printing to PDF."""
    rules = "border: 0.6pt solid black;" if ruled else "border: 0;"
    size = "A4 landscape" if landscape else "A4"
    page = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><style>
@page {{ size: {size}; margin: 20mm 15mm; }} body {{ font: 12pt "Liberation Serif", serif; }}
table {{ border-collapse: collapse; width: 100%; font-size: 10pt; }}
th, td {{ {rules} padding: 2pt {4 if ruled else 9}pt; }}
td:nth-child(n+3) {{ text-align: right; }} th {{ text-align: center; }} tr {{ break-inside: avoid; }}
</style></head><body>{body_html(source)}</body></html>"""
    path.write_text(page, encoding="utf-8")


def write_docx(source: Source, path: Path) -> None:
    """A Word document by python-docx."""
    import docx

    document = docx.Document()
    for block in source.blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        if block.caption:
            document.add_paragraph(block.caption)
        table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
        hidden = covered(block)
        for r, row in enumerate(block.rows):
            for c, cell in enumerate(row):
                if (r, c) not in hidden:
                    table.cell(r, c).text = words(cell)
        for (r, c), (high, wide) in block.spans.items():
            if high > 1 or wide > 1:
                table.cell(r, c).merge(table.cell(r + high - 1, c + wide - 1))
    document.save(path)


def write_xlsx(source: Source, path: Path, percent: bool = False) -> None:
    """An Excel annex by openpyxl: letter head, title, table with merged heads, numbers as numbers, signatures below."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    row = 1
    sheet.cell(row, 1, source.publisher.upper())
    row += 2
    for block in source.blocks:
        if isinstance(block, str):
            sheet.cell(row, 1, block)
            row += 1
            continue
        if block.caption:
            sheet.cell(row, 1, block.caption)
            row += 1
        hidden = covered(block)
        for r, cells in enumerate(block.rows):
            for c, cell in enumerate(cells):
                if (r, c) in hidden or cell == "":
                    continue
                made = sheet.cell(row + r, c + 1, cell)
                header = " ".join(str(block.rows[k][c]) for k in range(block.head))
                if isinstance(cell, float | int):
                    made.number_format = block.numbers if cell >= 1000 else "General"
                    if percent and "%" in header and "KH" in header:
                        made.value, made.number_format = cell / 100, "0.0%"
        for (r, c), (high, wide) in block.spans.items():
            if high > 1 or wide > 1:
                sheet.merge_cells(
                    start_row=row + r, start_column=c + 1, end_row=row + r + high - 1, end_column=c + wide
                )
        row += len(block.rows) + 1
    sheet.cell(row + 1, 2, "Người lập biểu")
    sheet.cell(row + 1, 5, "Thủ trưởng đơn vị")
    book.save(path)


def convert(paths: Iterable[Path], suffix: str, folder: Path) -> None:
    """Let LibreOffice convert files in one run."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                "--headless",
                "--norestore",
                f"-env:UserInstallation=file://{profile}",
                "--convert-to",
                suffix,
                "--outdir",
                str(folder),
                *map(str, paths),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )


def print_pdf(page: Path, path: Path) -> None:
    """Let Chromium print a page to PDF."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                f"--user-data-dir={profile}",
                "--no-pdf-header-footer",
                f"--print-to-pdf={path}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


def make(folder: Path, whole: bool = True) -> dict[Path, Source]:
    """Write the set below `folder`, one folder a format, and give each file's source.

    Without `whole` the formats that need slow programs get one or two files each.
    """
    made: dict[Path, Source] = {}
    every = sources()

    def place(kind: str, source: Source, suffix: str) -> Path:
        path = folder / kind / f"{source.id}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        made[path] = source
        return path

    def through_office(kind: str, suffix: str, source_kind: str, source_suffix: str, chosen: list[Source]) -> None:
        for source in chosen:
            place(kind, source, suffix)
        inputs = [folder / source_kind / f"{source.id}.{source_suffix}" for source in chosen]
        convert(inputs, suffix, folder / kind)

    tables = [source for source in every if any(isinstance(block, Grid) for block in source.blocks)]
    for source in every:
        write_text(source, place("text", source, "txt"))
        write_page(source, place("web", source, "html"))
        write_docx(source, place("word", source, "docx"))
    for source in tables:
        write_xlsx(source, place("excel", source, "xlsx"))
    for source in every[:6]:
        write_text(source, place("aligned", source, "txt"), aligned=True)
    for source in (every[0], every[2]):
        write_xlsx(source, place("percent", source, "xlsx"), percent=True)
    if which("soffice"):
        through_office("office-pdf", "pdf", "word", "docx", every)
        through_office("odt", "odt", "word", "docx", every[3:6] if whole else every[3:4])
        through_office("rtf", "rtf", "word", "docx", every[6:8] if whole else every[6:7])
        # LibreOffice loses the tables of python-docx on the direct way to .doc
        through_office("doc", "doc", "odt", "odt", every[3:6] if whole else every[3:4])
        through_office("xls", "xls", "excel", "xlsx", every[:2] if whole else every[:1])
        through_office("ods", "ods", "excel", "xlsx", every[4:6] if whole else every[4:5])
    if which("chromium"):
        for kind, ruled, landscape, chosen in (
            ("print", True, False, every[:8]),
            ("unruled", False, True, [every[0], every[2], every[6], every[8], every[11]]),
        ):
            for source in chosen if whole else chosen[:2]:
                page = folder / f"{kind}.html"
                write_print(source, page, ruled, landscape)
                print_pdf(page, place(kind, source, "pdf"))
                page.unlink()
    for kind in {path.parent for path in made}:
        lines = ["report,title,publisher,published,url"]
        for path, source in sorted(made.items()):
            if path.parent == kind:
                lines.append(f'{source.id},"{source.title}","{source.publisher}",{source.published},')
        (kind / "reports.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


if __name__ == "__main__":
    print(len(make(Path(sys.argv[1]))), "files")
