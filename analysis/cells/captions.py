"""What the words above a table tell of its figures: the label that names them, and whether they are a plan.

Captions say more than a label does ("Kết quả thực hiện …", "… của các huyện tính đến ngày 31/12/2022"); here that is
taken off. Which indicator the rest names is decided in `labels`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.text import fold

_TITLED = re.compile(r"\A(?:biểu|bảng|phụ lục)(?: số)?[^:.\w]{0,3}[\w.]{0,5}[^:.\w]{0,3}[:.]\s*")
_OPENS = re.compile(
    r"(?:(?:tổng hợp|thống kê|bảng|biểu|số liệu|tình hình|kết quả|tiến độ|danh sách|công tác|thực hiện|triển khai"
    r"|rà soát|đánh giá|bình xét|xét|phân bổ|giao|chỉ tiêu|kế hoạch|dự toán|mục tiêu|phấn đấu|chi tiết|một số|về)\s+)+"
)
_TAIL = re.compile(
    r"\s*\b(?:của|các (?:huyện|xã|địa phương|đơn vị)|cho các|phân theo|chia theo|theo|giai đoạn|trên địa bàn|ở|tại|tỉnh"
    r"|huyện|thị xã|thành phố|trong (?:năm|quý|\d+ tháng)|từ đầu|tính đến|đến|hết|cuối|năm|quý|(?:\d+|sáu|chín) tháng"
    r"|như sau|giữa|qua)\b.*"
)
_CLAUSE = re.compile(r"\s*(?:[:;.]|,(?!\d))\s+|:\s*$|\s+[-–]\s+")
_PLANNED = re.compile(
    r"(?:bảng |biểu |tổng hợp |chi tiết |về việc )*(?:phân bổ |phân khai )?(?:giao |dự kiến )?"
    r"(?:các )?(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu|phấn đấu)\b(?! chủ yếu| kinh tế| cơ bản)"
)
_DONE = re.compile(r"kết quả|thực hiện|đạt được|tình hình|so sánh|đánh giá|hoàn thành|tiến độ")


def caption_labels(line: str) -> Iterator[str]:
    """The words of a caption that may name the figures below it, the likeliest first.

    >>> list(caption_labels("Bảng 2. Kết quả thực hiện tỷ lệ hộ nghèo của các huyện tỉnh An Bình năm 2021"))
    ['tỷ lệ hộ nghèo']
    >>> list(caption_labels("Sau ba năm triển khai, số sản phẩm OCOP của huyện như sau:"))[-1]
    'số sản phẩm ocop'
    """
    words = re.sub(r"\([^()]*\)", " ", _TITLED.sub("", fold(line)))
    seen = {""}
    for clause in (words, *reversed(_CLAUSE.split(words))):
        whole = _TAIL.sub("", clause).strip(" :;,.-")
        opened = _OPENS.match(f"{whole} ")
        for label in (whole[opened.end() :],) if opened else (whole,):
            if label not in seen and len(label) < 80:
                seen.add(label)
                yield label


def names_plan(line: str) -> bool:
    """Whether a caption says that the figures below are a plan.

    >>> [names_plan(f"{words} tỷ lệ che phủ rừng năm 2022") for words in ("Giao chỉ tiêu", "Kế hoạch", "Kết quả")]
    [True, True, False]
    """
    words = _TITLED.sub("", fold(line))
    return bool(_PLANNED.match(words)) and not _DONE.search(words)
