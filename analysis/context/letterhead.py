"""What the head of an official document tells: its title, and the place whose office wrote it.

Letterheads name the superior first and the writer below it; the dateline names the writer's seat. The portal of a
place names it in the footer.
"""

from __future__ import annotations

import re

from analysis.context.mentions import type_of
from analysis.places import Gazetteer, Place, place_key
from analysis.text import CAPITAL

_HEAD = 1500  # characters within which letterhead, dateline and title stand
_KIND = (
    r"(?:BÁO CÁO(?: CHÍNH TRỊ| TÓM TẮT| CHUYÊN ĐỀ)?|KẾ HOẠCH|NGHỊ QUYẾT|THÔNG BÁO|QUYẾT ĐỊNH|TỜ TRÌNH|CHƯƠNG TRÌNH"
    r"|ĐỀ ÁN|ĐỀ CƯƠNG|BÀI PHÁT BIỂU)"
)
_TITLE = re.compile(rf"^[ \t]*(?P<kind>{_KIND})[ \t]*\n\s*(?P<about>[^\n]{{10,240}})", re.M)
_OFFICIAL = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|^[ \t]*Số\s*:", re.M)
_PROPER = rf"(?<!\w)[{CAPITAL}][^\W\d_{CAPITAL}]*"
_DATELINE = re.compile(rf"(?P<name>{_PROPER}(?:[ '’-]{_PROPER}){{0,4}}), ?ngày[\s\d.…_]{{0,12}}tháng")
# the type of place whose party committee is a "Thị ủy"
PARTY_OF = {"huyện": "huyện", "thị": "thị xã", "thành": "thành phố", "quận": "quận"}
_WORD = rf"[{CAPITAL}][{CAPITAL}'’-]*"
# "UBND HUYỆN X", "HUYỆN ỦY X"
_UNIT = re.compile(
    rf"(?<![{CAPITAL}])(?P<type>(?:HUYỆN|THỊ|THÀNH|QUẬN|TỈNH) [UỦ][ỶY]|THỊ TRẤN|THỊ XÃ|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN"
    rf"|TỈNH|PHƯỜNG|XÃ(?! HỘI)) (?P<name>{_WORD}(?: {_WORD}){{0,4}})"
)
# "TRANG THÔNG TIN ĐIỆN TỬ HUYỆN X", "Cổng thông tin điện tử huyện X"
_PORTAL = re.compile(
    r"(?:trang|cổng) (?:thông tin(?: điện tử)?|ttđt|tin điện tử)(?: tổng hợp)?[ ,:-]*(?:của |ủy ban nhân dân |ubnd )*"
    r"(?P<type>huyện|quận|thị xã|thành phố|xã|phường|thị trấn) (?P<name>[^\W\d]+(?: [^\W\d]+){0,3})",
    re.I,
)


def title_of(text: str) -> str:
    """The title of an official document, below the word for its kind; "" where the text is none.

    >>> title_of("UBND XÃ A\\nSố: 1/BC\\n\\nBÁO CÁO\\nTình hình kinh tế - xã hội năm 2020\\n\\nI. KẾT QUẢ")
    'BÁO CÁO Tình hình kinh tế - xã hội năm 2020'
    """
    head = text[:_HEAD]
    found = _TITLE.search(head)
    official = found and (_OFFICIAL.search(head) or _DATELINE.search(head))
    return f"{found['kind']} {' '.join(found['about'].split())}" if official else ""


def writer_of(text: str, gazetteer: Gazetteer, province: str = "") -> Place | None:
    """The place whose office wrote an official document: that of its letterhead where it is dated, else the last one
    there, else that of its dateline."""
    head = text[:_HEAD]
    dated = _DATELINE.search(head)
    if not dated:
        return None
    written = [(_type_of(m["type"]), m["name"].title()) for m in _UNIT.finditer(head, 0, dated.end())]
    units = [(type_, _known(name, type_, gazetteer)) for type_, name in written]  # of "TỈNH A ĐẢNG CỘNG SẢN" "A"
    if not (units or _OFFICIAL.search(head)):
        return None
    for type_, name in units:  # the superior says in which province the writer is
        around = gazetteer.candidates(name, level="province") if name and type_ in ("tỉnh", "thành phố") else ()
        province = province or (around[0].short if around else "")
    seat = place_key(dated["name"])
    at_seat = [(type_, name) for type_, name in units if name and seat.endswith(place_key(name))]
    for type_, name in [*at_seat, *reversed(units)]:
        if name:
            return _the_one(name, type_, gazetteer, province)
    return _the_one(dated["name"], "", gazetteer, province)


def _known(name: str, type_: str, gazetteer: Gazetteer) -> str:
    """The longest beginning of some words that is the name of such a unit, "" for none."""
    words = name.split()
    names = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((n for n in names if gazetteer.candidates(n, type=type_)), "")


def portal_of(text: str, gazetteer: Gazetteer, province: str = "") -> Place | None:
    """The place whose portal a page says that it is on, None where it does not or names several."""
    told = [(_type_of(m["type"]), m["name"].title()) for m in _PORTAL.finditer(text)]
    units = {(type_, _known(name, type_, gazetteer)) for type_, name in told} - {(type_, "") for type_, _ in told}
    type_, name = units.pop() if len(units) == 1 else ("", "")
    return _the_one(name, type_, gazetteer, province) if name else None


def _type_of(written: str) -> str:
    """The type that a letterhead means: "HUYỆN ỦY" is that of a district."""
    lower = re.sub(r" [uủ][ỷy]$", "", written.lower())
    return type_of(PARTY_OF.get(lower, lower))


def _the_one(name: str, type_: str, gazetteer: Gazetteer, province: str) -> Place | None:
    """The one unit so named, None when there is none or several."""
    level = None if type_ else "district"
    found = gazetteer.candidates(name, type=type_ or None, level=level, province=province or None)
    return found[-1] if len({p.code for p in found}) == 1 else None
