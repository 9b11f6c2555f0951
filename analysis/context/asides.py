"""The parts of a page that are not its report: lists of other articles, counters, navigation."""

from __future__ import annotations

import re

# headings of lists of other articles: "Tin liên quan", "Bài viết khác"
_ASIDE = re.compile(
    r"^\W*(?:các )?(?:tin|bài|bài viết|tin tức|tin bài)\s*(?:khác|liên quan|cùng chuyên mục|cùng mục|mới hơn|cũ hơn"
    r"|mới nhất|nổi bật|đọc nhiều|xem nhiều|đã đưa|mới|nóng|tiêu điểm)\b|"
    r"^\W*(?:cùng chuyên mục|xem thêm|đọc thêm|có thể bạn quan tâm|đọc nhiều|xem nhiều|bài đọc nhiều|chuyên mục khác"
    r"|tin ảnh|liên kết website|website liên kết|thống kê truy cập|video nổi bật|ý kiến bạn đọc|bình luận)\b|"
    r"^\W*(?:tiêu điểm|mới nhất|nổi bật|tin nóng|đang được quan tâm|được quan tâm nhiều|đừng bỏ lỡ)\W*(?:\|.*)?$"
)
# a heading that stands above no report, and one that names the other article itself: "Xem thêm: Huyện X …"
_NO_HEADLINE = re.compile(
    r"^\W*(?:có thể bạn quan tâm|xem thêm|đọc thêm|(?:tin|bài)(?: viết)? (?:liên quan|cùng chuyên mục))"
)
_LINK = re.compile(r"^\W*(?:xem thêm|đọc thêm|(?:tin|bài)(?: viết)? liên quan)\s*: ?\S")
_ONE_MORE_LINK = re.compile(r"\s*(?:>>|»|[-•*+] )")
_COMMENTS = re.compile(r"\W*bình luận \(?\d+\)?\W*")  # a counter; the text may go on behind it
# lines of a web page around the text: counters, telephone numbers, navigation
_SKIP_OPENING = re.compile(r"\W*(?:(?:clip|video|infographic)\s*[:.]|chia sẻ\s*:|(?:trang chủ|đăng nhập)\b|https?://)")
_SKIP_WORDS = re.compile(
    r"lượt xem|lượt đọc|view count|đã truy cập|đang truy cập|lượt truy cập"
    r"|đang online|số người đang xem|điện thoại\s*:|fax\s*:|hotline|đường dây nóng|"
    r"cỡ chữ|in trang|gửi bài viết|bản quyền|giấy phép số"
)


def asides(text: str) -> list[tuple[int, int]]:
    """Half-open spans of canonical folded text that are not the report: captions, counters, lists of other articles."""
    spans, position, closed = [], 0, False
    lines = text.split("\n")
    teasers = set[int]()
    for number, line in enumerate(lines):
        end = position + len(line)
        heading = _ASIDE.match(line)
        after_link = number - 1 in teasers and _LINK.match(lines[number - 1])
        link = not closed and len(line) < 200 and _LINK.match(line)
        if link or (after_link and _ONE_MORE_LINK.match(line)):
            teasers.add(number)
        elif heading and end <= len(text) * 0.25 and number not in teasers:
            teasers.update(_teasers(lines, number))
        if number not in teasers:
            if heading and len(line) < 120 and end > len(text) * 0.25 and not _COMMENTS.fullmatch(line):
                closed = True
            elif closed and _is_prose(line) and number < len(lines) - 1 and position < len(text) * 0.8:
                closed = False
        if closed or number in teasers:
            spans.append((position, end))
        elif len(line) < 400 and _is_skipped(line):
            at = position
            for piece in line.split("|"):
                if "|" not in line or _is_skipped(piece):
                    spans.append((at, at + len(piece)))
                at += len(piece) + 1
        position = end + 1
    return spans


def _is_prose(line: str) -> bool:
    return len(line) > 260 or (len(line) > 160 and line.rstrip().endswith((".", "…", "”", '"')))


def _teasers(lines: list[str], heading: int) -> range:
    """The lines of a list of other articles above the report, its heading first; empty where it may be the headline.

    Short lines follow, up to an empty one, and none of them ends like a sentence: two or more where the headline of the
    report may stand below such a heading.
    """
    stop = heading + 1
    while stop < len(lines) and len(words := lines[stop].strip()) < 160 and words[-1:] not in (".", ":", ";"):
        if not words and not (stop + 1 < len(lines) and _ONE_MORE_LINK.match(lines[stop + 1])):
            break
        stop += 1
    listed = stop == len(lines) or not lines[stop].strip()
    fewest = 1 if _NO_HEADLINE.match(lines[heading]) else 2
    return range(heading, stop) if listed and stop > heading + fewest else range(0)


def _is_skipped(line: str) -> bool:
    return bool(_SKIP_OPENING.match(line) or _SKIP_WORDS.search(line))
