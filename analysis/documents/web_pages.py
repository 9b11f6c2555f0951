"""Saved web pages (.html, .mhtml): the main text without menus and related links, and the tables in their places.

The main text is found by trafilatura; tables are read apart, for it flattens them.
"""

from __future__ import annotations

import re
from pathlib import Path

from analysis.documents.document import Composer, Document, ReportError
from analysis.documents.encodings import EncodingError, decode, from_font
from analysis.tables import Cell, is_data, tidy

PAGE_LIMIT = 60_000_000  # bytes of a saved page, pictures and scripts included
WORDS_LIMIT = 3_000_000  # bytes of a page without pictures, scripts and styles
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_WEIGHT = re.compile(
    rb"<(script|style|svg|noscript|template)\b[^>]*>.*?</\1\s*>|<!--.*?-->|data:[\w/+.;-]+,[A-Za-z0-9+/=%]{200,}",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE = re.compile(
    r"\b(?:related|sidebar|menu|nav|footer|banner|lien-?quan|tin-?khac|widget|comment|counter)", re.IGNORECASE
)
_PLACEHOLDER = "Bảng số liệu thứ {} của trang được đặt ở chỗ này, với các dòng và các cột của nó."
_MARK = re.compile(r"Bảng số liệu thứ (\d+) của trang được đặt ở chỗ này, với các dòng và các cột của nó\.")


def read_web_page(path: Path) -> Document:
    """Read a saved web page."""
    size = path.stat().st_size
    if size > PAGE_LIMIT:
        raise ReportError(
            f"{path}: the page holds {size / 1e6:,.0f} MB, more than a report can hold; it is left aside."
        )
    return _read(path.read_bytes(), path)


def read_web_archive(path: Path) -> Document:
    """Read a page that the browser saved as one file (.mhtml): its first part that is HTML."""
    import email
    import email.policy

    if path.stat().st_size > PAGE_LIMIT:
        raise ReportError(f"{path}: the page is larger than a report can be; it is left aside.")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True) or b""
            return _read(data, path, declared=part.get_content_charset() or "")
    raise ReportError(f"{path}: the web archive holds no page; save it again from the browser.")


def _read(data: bytes, path: Path, declared: str = "") -> Document:
    import lxml.html
    from lxml import etree

    found = _CHARSET.search(data[:4000])
    light = _WEIGHT.sub(b"", data) if b"\0" not in data[:200] else data
    if len(light) > WORDS_LIMIT:
        raise ReportError(
            f"{path}: the page holds {len(light) / 1e6:.1f} MB of words, more than a report can hold; split it."
        )
    try:
        decoded = decode(light, declared or (found[1].decode("ascii", "replace") if found else ""))
    except EncodingError as error:
        raise ReportError(f"{path}: {error}.") from error
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded.text)
    if not source.strip():
        raise ReportError(f"{path}: the page holds no text; save it again from the browser.")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReportError(f"{path}: the page can not be read ({error}); save it again from the browser.") from error
    if decoded.encoding not in ("tcvn3", "vni"):
        for element in tree.iter("font", "span", "p", "td"):
            _mend_fonts(element)
    shown = _shown_date(tree)
    tables = _take_tables(tree)
    return _compose(tree, tables, decoded, shown)


_SHOWN_DATE = re.compile(
    r"(?:đăng|cập nhật|xuất bản|phát hành|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|ngày *:)[^\d\n]{0,14}"
    r"(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)|(?<!\d)(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)[ ,|-]{1,4}\d{1,2}"
    r":\d\d",
    re.IGNORECASE,
)


def _shown_date(tree) -> str:
    """The date of publication that a page shows near its title ("Ngày đăng: 28/12/2020"), as ISO text or ""."""
    body = tree.find("body")
    words = " ".join((body if body is not None else tree).itertext()) if tree is not None else ""
    title = next((tidy(element.text_content()) for element in tree.iter("h1") if element.text_content().strip()), "")
    words = tidy(words)
    start = max(words.find(title), 0) if title else 0
    found = _SHOWN_DATE.search(words, max(start - 200, 0), start + len(title) + 400)
    if not found:
        return ""
    day, month, year = (int(part) for part in found.groups() if part)
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _stated_in_head(tree) -> str:
    """The date of publication in the head of a page, as ISO text or ""."""
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if name in (
            "article:published_time",
            "datepublished",
            "pubdate",
            "dc.date.issued",
            "dc.date",
            "og:article:published_time",
        ):
            found = re.match(r"\d{4}-\d\d-\d\d", element.get("content") or "")
            if found:
                return found[0]
    return ""


def _mend_fonts(element) -> None:
    """Characters of an old font (.VnTime, VNI) become Unicode."""
    style = element.get("face") or (element.get("style") or "")
    found = re.search(r"(\.Vn\w+|VNI-\w+)", style)
    if found:
        for inner in element.iter():
            if isinstance(inner.tag, str) and inner.text:
                inner.text = from_font(inner.text, found[1])
            if inner is not element and inner.tail:
                inner.tail = from_font(inner.tail, found[1])


def _take_tables(tree) -> list[list[Cell]]:
    """Replace each table of figures by a sentence that keeps its place, and give their cells."""
    from lxml import etree

    taken: list[list[Cell]] = []
    for table in list(tree.iter("table")):
        if next(table.iterdescendants("table"), None) is not None:
            continue
        cells = _table_cells(table, len(taken) + 1)
        if not cells or not is_data(cells):
            continue
        aside = any(
            parent.tag in ("nav", "aside", "footer", "header")
            or _ASIDE.search(f"{parent.get('class') or ''} {parent.get('id') or ''}")
            for parent in [table, *table.iterancestors()]
            if isinstance(parent.tag, str) and parent.tag not in ("body", "html")
        )
        mark = etree.Element("p")
        if not aside:
            taken.append(cells)
            mark.text = _PLACEHOLDER.format(len(taken))
        mark.tail = table.tail
        caption = table.find("caption")
        if caption is not None and not aside:
            head = etree.Element("p")
            head.text = tidy(caption.text_content())
            table.addprevious(head)
        table.getparent().replace(table, mark)
    return taken


def _table_cells(table, number: int) -> list[Cell]:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for r, row in enumerate(rows[:3000]):
        c = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while (r, c) in taken:
                c += 1
            high, wide = _span(element, "rowspan", len(rows) - r), _span(element, "colspan", 200)
            if c + wide > 300:
                break
            taken |= {(r + i, c + k) for i in range(high) for k in range(wide)}
            where = f"bảng {number}, dòng {r + 1}, cột {c + 1}"
            cells.append(Cell(_words(element), r, c, high, wide, where=where))
            c += wide
    return cells


def _words(element) -> str:
    for line in element.iter("br", "p", "div"):
        line.tail = " " + (line.tail or "")
    return tidy(element.text_content())


def _span(element, name: str, most: int) -> int:
    found = re.match(r"\s*(\d{1,4})", element.get(name) or "")
    return max(1, min(int(found[1]), most)) if found else 1


def _compose(tree, tables: list[list[Cell]], decoded, shown: str) -> Document:
    import logging

    import trafilatura
    from lxml import etree

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page = trafilatura.bare_extraction(
        etree.tostring(tree, encoding="unicode", method="html"),
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=True,
        include_formatting=False,
        date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"},
    )
    text = (page.text or "") if page is not None else ""
    if len(text.split()) < 25:
        text = _all_words(tree)
    composer, placed = Composer(), set()
    for line in text.split("\n"):
        position = 0
        for mark in _MARK.finditer(line):
            if line[position : mark.start()].strip(" |"):
                composer.paragraph(line[position : mark.start()].strip(" |"))
            number = int(mark[1])
            if 0 < number <= len(tables) and number not in placed:
                placed.add(number)
                composer.table(tables[number - 1], f"bảng {number}")
            position = mark.end()
        if line[position:].strip(" |") or not line:
            composer.paragraph(line[position:].strip() if position else line)
    for number, cells in enumerate(tables, 1):
        if number not in placed:
            composer.table(cells, f"bảng {number}", caption="")
    published = (getattr(page, "date", "") or "") if page is not None else ""
    published = _stated_in_head(tree) or shown or published
    title = (getattr(page, "title", "") or "") if page is not None else ""
    publisher = (getattr(page, "sitename", "") or "") if page is not None else ""
    return composer.document(
        title=tidy(title),
        publisher=tidy(publisher),
        published=published,
        notes=decoded.notes,
        encoding=decoded.encoding,
    )


def _all_words(tree) -> str:
    """Every line of the page's body, for pages too short for a main text to be told from the rest."""
    for element in list(tree.iter("script", "style", "nav", "footer", "head", "noscript")):
        element.drop_tree()
    for element in tree.iter("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"):
        element.tail = "\n" + (element.tail or "")
    lines = (tidy(line) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
