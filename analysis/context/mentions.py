"""The places that a sentence names: with their type, without it, by their kind alone ("toàn huyện"), or as an organ.

Which of them a figure is about is left to `placing`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial

from analysis.context.frame import WITHIN, Frame, PlaceMention
from analysis.periods import NUMBER_WORDS
from analysis.places import Gazetteer, Place, after_districts, place_key, the_one_meant
from analysis.text import CAPITAL

# one word of a name ("Ba-Chẽ"), and a name of up to four words ("Đồn Đạc", "Phường 5")
NAME_WORD = rf"[{CAPITAL}][\w']*(?:-[{CAPITAL}][\w']*)*"
_MORE_WORDS = rf"(?: (?:- )?(?:{NAME_WORD}|\d{{1,2}}(?![\d.,/%]))){{0,3}}"
_NAME = NAME_WORD + _MORE_WORDS
# its first word, not within another word; one set of letters comes first, which a search finds quickest
_FIRST_WORD = rf"[{CAPITAL}](?<![\w.].)[\w']*(?:-[{CAPITAL}][\w']*)*"
_TYPE = (
    r"[Hh]uyện đảo|[Hh]uyện ủy|[Tt]hị ủy|[Tt]hành ủy"
    r"|[Hh]uyện|[Đđ]ặc khu|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]ỉnh"
    r"|T\.?[Pp]\.?|T\.?[Xx]\.?|TT(?:\.|(?= ))(?! (?:Huyện|Tỉnh|Thành|Thị|Đảng|HĐND|UBND))"
    r"|[HXPQ]\.(?!V\b)|HUYỆN|TỈNH|XÃ(?! HỘI)|THỊ XÃ|THÀNH PHỐ|QUẬN"
)
# words between type and name: "xã miền núi Thu Cúc"
_KIND = (
    " (?:miền núi|vùng cao|biên giới|vùng biên|vùng sâu|vùng xa|rẻo cao|ven biển|nghèo|thuần nông|cù lao|đảo"
    "|bãi ngang|cửa khẩu|cửa ngõ|trung du|đồng bằng|vùng ven|vùng ba|điểm)(?= )"
)
# a type and a name: "các xã X", "xã, thị trấn Y", "TP. Huế"; not "Nghị quyết Đại hội X. Nhờ …", a Roman number
TYPED_NAME = re.compile(
    rf"(?<![\w])(?!(?:(?<=hội )|(?<=thứ )|(?<=[Kk]hóa ))X\.)"
    rf"(?P<plural>[Cc]ác |[Hh]ai |[Bb]a |[Bb]ốn )?(?P<type>{_TYPE})(?P<second>(?:, (?:thị trấn|phường"
    rf"|xã)(?= [^\W\d_]))*)(?P<kind>{_KIND})?[ ]?(?P<name>{_NAME}|(?:(?<=[Qq]uận )|(?<=QUẬN )|(?<=Phường ))[12]?"
    rf"\d(?![\w.,/%]*\d|%|(?: [^\W\d]+)? (?:xã|thị trấn|năm|tháng)\b))"
)
# the same, found quicker: the two letters with which it can begin come first, and the whole is looked for at the first
_TYPED_NAME = re.compile(rf"[CcHhBbQqTtXxPpĐđ](?=[áaốuhãỉpxPXT.UỈÃHặ])(?<!\w.)(?<=(?={TYPED_NAME.pattern}).)")
# a capital behind the last letter of a type, or a number behind "quận" or "Phường": else text has no such name
_NAME_BEHIND_TYPE = re.compile(
    rf"[{CAPITAL}](?:(?<=[onãốghpxPXTNHÃỐ.iuamy] .)|(?<=[onãốghpxPXTNHÃỐ.].))|[1-9](?<=(?:uận|UẬN|ờng) .)"
)
# one more name of a list: "… (mới sáp nhập), thị trấn X và Y"
_NEXT = re.compile(rf"(?:\s*\([^()]{{0,60}}\))?\s*(?:,|;|và|&|,\s*và)\s+(?:(?P<type>{_TYPE})\s?)?(?P<name>{_NAME})")
_IS_SUBJECT = re.compile(r" (?:là|đã|trở thành|cũng) ")
# one more name of a list in which a figure stands behind each
_NEXT_WITH_FIGURE = re.compile(
    rf"(?:\s*\([^()]{{0,40}}\))?[^.;\n(){CAPITAL}]{{0,25}}?\d[\d.,]*\s?(?:hộ|%"
    rf"|triệu đồng)[^.;\n\d(){CAPITAL}]{{0,12}}(?:,|;| và)\s+(?P<name>{_NAME})"
)
# the same of districts, where a figure stands behind the next name, too
_NEXT_DISTRICT = re.compile(
    rf"(?:\s*\([^()]{{0,40}}\))?[^.;\n(){CAPITAL}]{{0,25}}?\d[\d.,]*\s?(?:hộ|%|triệu đồng|tỷ đồng|xã|người|lao động"
    rf"|sản phẩm|nhà|căn|tiêu chí)?[^.;\n\d(){CAPITAL}]{{0,24}}(?:,|;| và)\s+(?:còn |kế đến |tiếp đến |rồi )?"
    rf"(?P<name>{_NAME})(?=[^\w.;,\n][^.;,\n\d]{{0,20}}\d)"
)
# the same in parts of their own: "xã Thất Khê 1,92%; Đoàn Kết 9,36%; …"
_FIGURE_ONLY = re.compile(r" (?:là |có |còn |đạt |giảm |chiếm )?[\d.,]+ ?(?:%|hộ|người|lao động|xã|nhà|sản phẩm)\W*")
_NEXT_ITEM = re.compile(rf"\W*(?P<name>{NAME_WORD}(?: {NAME_WORD}){{1,3}}){_FIGURE_ONLY.pattern}")
# a name without a type
# "…; X, tỉnh Y": a district by its bare name
_NAME_BEFORE = re.compile(rf"(?:^|(?<=[;:,] )|(?<=và ))(?P<name>{NAME_WORD}(?: {NAME_WORD}){{0,3}}), $")
_SPLIT_FROM = re.compile(r"tách (?:ra )?(?:từ|khỏi) $")  # "khi mới chia tách từ huyện X": of another
_FAR_FROM = re.compile(r"\b[Cc]ách (?:trung tâm )?$")  # "Cách thành phố X hơn 150 km": only how far it is
BARE_NAME = re.compile(rf"(?P<name>{_FIRST_WORD}{_MORE_WORDS})")
# "xã có tỷ lệ hộ nghèo cao nhất là X"
_SUPERLATIVE = re.compile(
    rf"(?P<type>[Xx]ã|[Pp]hường)(?: duy nhất)? (?:có|đạt|nghèo|thu nhập)[^,.;\d]{{0,60}} nhất(?: huyện"
    rf"| tỉnh)? là (?P<name>{_NAME})"
)
_SUPERLATIVE_HINT = re.compile(rf" nhất(?: huyện| tỉnh)? là [{CAPITAL}]")
# "2 huyện nghèo theo Nghị quyết 30a là X và Y": the words before the names
SO_MANY_ARE = r"(?<![\w/])(?P<count>[2-9]|hai|ba|bốn|năm) huyện (?!đạt|được|nông)[^.;:]{3,60}? (?:là|gồm) "
_COUNTED = re.compile(rf"{SO_MANY_ARE}(?P<name>{_NAME})")
# a commune's bare name counts only right before a figure: "Thạnh Phong (5,22%)", "Mỹ Hưng: 10,96%", "A Vao 7,7%"
_IN_LIST = re.compile(
    rf"(?P<name>{_FIRST_WORD}(?: {NAME_WORD}){{0,3}})\s*(?:\(|:|,|với|còn|chỉ|có|là|chiếm|tỷ lệ)?\s*(?:được |đạt |chỉ "
    rf"|còn |giảm |tỷ lệ |bớt |hơn |gần |trên |tới |mới |cũng |vẫn )*\d"
)
# or where a sentence begins with it: "Tại Ninh Thân, thu nhập bình quân …"
_AT_COMMUNE = re.compile(
    rf"\W*(?:(?:Riêng |Còn |Như )?(?:[Tt]ại|[Ởở])|Riêng|Còn) (?P<name>{NAME_WORD}(?: {NAME_WORD}){{1,3}})"
    r"(?=,| (?:có|còn|đạt|hiện|đã))"
)
# or in what is measured there: "Hộ nghèo ở X cuối năm 2022 còn 4,9%"
_MEASURED_AT = re.compile(
    rf"(?:nghèo|thu nhập|đầu người|[Tt]ỷ lệ [^,;.\d]{{3,40}}) (?:chung )?(?:ở|tại"
    rf"|của) (?P<name>{NAME_WORD}(?: {NAME_WORD}){{1,3}})"
    r"(?= (?:cuối|đầu|năm|đã|còn|hiện|đến|vẫn|là|chỉ|mới|giảm|nay|lên|vào|ở|được|đạt)\b)"
)
# "…: Công Hải: hộ nghèo 9,8%, hộ cận nghèo 7,4%; …"
_HEADS_ITEM = re.compile(rf"(?:^|[;:] |- )(?P<name>{NAME_WORD}(?: {NAME_WORD}){{1,3}}): (?=[^\W\dA-ZĐ])")
# "Giao Yến, Bạch Long mỗi xã 3 nhà", "Văn Lem và Pô Kô cùng ở mức 21%"
_BARE_LIST = re.compile(
    rf"(?:^|[;:.,] )\W*(?P<list>{NAME_WORD}(?: {NAME_WORD}){{1,3}}(?:(?:, | và ){NAME_WORD}(?: {NAME_WORD}){{1,3}})+)"
    r"(?= (?:mỗi xã|cùng|đều|lần lượt))"
)
# "X là xã đi đầu của huyện …"
_IS_COMMUNE = re.compile(
    rf"\W*(?:[^,.;:\d]{{8,60}}, )?(?!Ở |Tại |Về |Riêng )(?P<name>{NAME_WORD}(?: {NAME_WORD}){{1,3}})"
    r"(?: \([^()\d]{3,30}\))?(?:(?: (?:cũng|vốn|từng|hiện|trước đây|ngày [^\d,.;:]{3,15}))? là|,) "
    r"(?:một (?:trong (?:những |các )?)?)?(?P<type>xã|phường|thị trấn)(?! [A-ZĐ])\b"
)
# "Hiện X có 92,3% người dân …", "Đảng bộ và nhân dân Y đã …"
_COMMUNE_OPENS = re.compile(
    rf"\W*(?:Trong [^,.;:]{{2,30}}, |(?:Hiện|Hiện nay|Nay|Đến nay|Riêng|Về|(?:[^\W\d]+ ){{0,3}}[Nn]ăm \d{{4}}),? "
    rf"|[^,.;:]{{0,40}}(?:[Đđ]ảng bộ|[Nn]hân dân|[Nn]gười dân|[Bb]à con)(?: và nhân dân)? "
    rf"|[^.;:]{{5,60}}, (?:Đảng bộ|nhân dân|người dân|bà con)(?: và nhân dân)? )?"
    rf"(?P<name>{NAME_WORD}(?: {NAME_WORD}){{1,3}})(?= (?!và |là (?:con|tên|dòng|nơi))[^\W\dA-ZĐ])"
)
_PERSON = re.compile(  # "Chủ tịch UBND xã Nguyễn Văn A"
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Cao|Trương|Lương)"
    r" (?:Văn|Thị|Đình|Hữu|Đức|Ngọc|Quang|Xuân|Thanh|Minh|Công|Duy|Viết)\b"
)
_BESIDE = re.compile(r"\b(?:sau|cùng|với|như|giáp|gần|hơn|từ) $")
_NUMBER_BEHIND = re.compile(r" \d+\Z")  # "Sơn Thủy 21 nhà"
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_SHORT_TYPES = {
    "tp": "thành phố",
    "tp.": "thành phố",
    "tx": "thị xã",
    "tx.": "thị xã",
    "t.p": "thành phố",
    "t.p.": "thành phố",
    "t.x": "thị xã",
    "t.x.": "thị xã",
    "tt": "thị trấn",
    "tt.": "thị trấn",
    "h.": "huyện",
    "x.": "xã",
    "p.": "phường",
    "q.": "quận",
    "huyện đảo": "huyện",
    "huyện ủy": "huyện",
    "thị ủy": "thị xã",
    "thành ủy": "thành phố",
}
_COMMUNE_TYPES = ("phường", "thị trấn", "xã")
LEVEL_OF = {
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "thành phố": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",  # of islands, since July 2025
    "tỉnh": "province",
}
# places named by their kind alone: "toàn tỉnh", "cả nước", "trên địa bàn huyện", "của xã"
_GENERIC = re.compile(
    r"[tcbmhxp](?=[oảrủhìặứỉuã])(?<=(?="  # with what these places begin; the whole is looked for before it
    r"(?P<province>(?<!đầu tiên )(?<!duy nhất )(?<!nhất )(?<!hàng đầu )(?<!dẫn đầu )(?<!chuẩn )(?<!chuẩn nghèo )"
    r"(?<!làm )(?<!việc )(?<!doanh nghiệp )(?<!công ty )(?<!chỉ đạo )(?<!quan tâm )(?<!hỗ trợ )"
    r"(?<!lãnh đạo )(?:tỉnh (?:ta|nhà)(?!\w)|(?:toàn|cả|trong) tỉnh(?! (?:\d|giao|ủy"
    r"|đoàn))|(?:toàn|cả|trong|của|chung) (?:của )?(?:toàn )?tỉnh(?! (?:\d|giao|ủy|đề|hỗ trợ|phân bổ|cấp"
    r"|đoàn|đã|và|xét|xem|công|về|đến)))|trên địa bàn (?:toàn )?tỉnh|(?:bình quân|mặt bằng"
    r"|mức) (?:chung )?(?:của )?(?:toàn )?tỉnh|(?<=, )tỉnh (?=\d)|(?<=, )tỉnh (?:đã |hiện )?có (?=\d))"
    r"|(?P<country>(?<!đầu tiên )(?<!đầu tiên của )(?<!nhất )cả nước|toàn quốc"
    r"|(?<=hộ nghèo )của việt nam|bình quân chung (?:của )?cả nước)"
    r"|(?P<district>(?<!đầu tiên )(?<!duy nhất )(?<!nhất )(?<!hàng đầu )(?<!dẫn đầu )(?<!cuối cùng )"
    r"(?:toàn|cả|trong|của|trên địa bàn) (?:của )?(?:toàn )?(?:huyện|thị xã|thành phố|quận)(?! (?:ủy"
    r"|giao|đoàn))(?= |,|\.|;|$|\))|huyện nhà|toàn địa bàn"
    r"|(?:huyện|thị xã)(?= (?:[^\W\d]+ ){0,4}này(?: (?:có|còn|đã|đạt|mới|hiện)\b)))"
    r"|(?P<commune>(?:của|toàn|trong|cả) (?:(?:người|nhân) dân )?(?:xã(?! hội)|phường|thị trấn)(?= |,|\.|;|$)"
    r"|trên địa bàn xã(?! [A-ZĐ])|(?<=lãnh đạo )xã(?= (?:cho|báo|thông tin|khẳng))"
    r"|(?<!các )(?<!những )(?<!\d )(?<!hai )(?<!ba )(?<!bốn )xã(?= (?:này|ấy)[ ,])"
    r"|(?<=đây là )xã(?= (?:đầu tiên|duy nhất|điểm|nghèo|khó khăn|vùng|biên giới|có|thứ)\b)"
    r"|(?:(?<=^)|(?<=[,;] )|(?<=năm 20\d\d )|(?<=năm nay )|(?<=hiện ))(?<!xã, )(?<!phường, )(?<!trấn, )(?:xã|phường"
    r"|thị trấn)(?= có (?:\d|tỷ|tốc|thu)"
    r"| (?:phấn đấu|đã|đang|sẽ|còn|chỉ còn|vẫn|hiện|phối hợp|chỉ đạo|không còn|đạt|vận động"
    r"|được (?:công nhận|tỉnh|huyện)|thu|giảm|tạo|giải quyết|huy động|cũng)(?!\w)))"
    r").)"
)
# "Huyện đặt mục tiêu …" in a report on a province: the district that it spoke of
_DISTRICT_ACTS = re.compile(
    r"(?:(?<=^)|(?<=[,;] )|(?<=năm 20\d\d )|(?<=được ))(?:về phía )?huyện"
    r"(?=,| (?:cũng|đã|đang|sẽ|còn|hiện|đặt|mở|có|phấn đấu|ban hành"
    r"|đề ra|tổ chức|triển khai|giải quyết|tạo|đào tạo|đạt|giảm|hỗ trợ|tập trung)(?!\w))"
)
# some of the words that each of these has; most sentences have none
_KIND_WORD = re.compile(
    r"[tcbqmhxp,](?=[oảrủhàuằứịỉ uã])(?<=(?="  # with what these words begin
    r"(?:toàn|cả|trong|của|chung|bàn|quân|bằng|mức|,) (?:(?:của|toàn|chung|người dân|nhân dân) )*"
    r"(?:tỉnh|huyện|thị|thành|quận|xã|phường|nước|quốc)|tỉnh (?:ta|nhà)|huyện nhà|toàn địa bàn"
    r"|(?:huyện|thị xã)(?= [^,;.]{0,30}\bnày)|(?:xã|phường|trấn) (?:cho|báo|này|ấy|vẫn"
    r"|thông|khẳng|phấn|đã|đang|sẽ|còn|hiện"
    r"|phối|chỉ|có|không còn|đạt|vận|được|thu|giảm|tạo|giải|huy|cũng|đầu|duy|điểm|nghèo|khó|vùng|biên|thứ)"
    r").)"
)
# before a name that is only that of a school or a firm: "Trường Trung cấp nghề X"
_INSTITUTION = re.compile(r"(?:Trường|Trung tâm|Công ty|Bệnh viện|Nhà máy|Khu công nghiệp)(?: [^\W\d]+){0,5} $")
# before a place: an organ or office named after it, "UBND huyện X"
_ORGAN = re.compile(
    r"(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|MTTQ(?: Việt Nam)?|UBMTTQ(?:VN)?|Đảng bộ|Đảng ủy|Huyện ủy"
    r"|Mặt trận Tổ quốc|Hội [\w ]{3,30}|Công an|Đoàn Thanh niên|Phòng [\w ,-]{3,40}|Bí thư|Chủ tịch"
    r"|Ban Thường vụ)\s*$"
)


def type_of(written: str) -> str:
    low = written.lower().strip()
    return _SHORT_TYPES.get(low, low)


def _untyped(name: str) -> str:
    """A place's name without its type."""
    return name.split(" ", 2 if name.startswith(("thị xã", "thành phố", "thị trấn")) else 1)[-1]


def _type_in(name: str) -> str:
    """The type with which a place's name begins: "thị trấn" of "thị trấn Ba Chẽ"."""
    return name[: -len(_untyped(name)) - 1]


def _match(gazetteer: Gazetteer, words: list[str], type_: str, province: str) -> tuple[Place | None, int, bool]:
    """The longest leading run of words that names a place of this type → (place or None, words used, ambiguous)."""
    level = LEVEL_OF.get(type_)
    for count in range(len(words), 0, -1):
        if words[count - 1] == "-":
            continue  # "huyện Tây Sơn - Ảnh: …"
        name = " ".join(words[:count])
        found = (
            gazetteer.candidates(name, type=type_)
            if type_ != "thành phố"
            else [p for p in gazetteer.candidates(name) if p.type == "thành phố"]
        )
        if not found and type_ in ("huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn"):
            # towns rise: a huyện may be a thị xã in the lists; the name as written stands
            found = [p for p in gazetteer.candidates(name, level=level) if level]
            if found and count == 1 and len(words) > 1:
                continue
            if found:
                return None, count, False
        if not found:
            continue
        if province:
            inside = [p for p in found if place_key(p.province) == place_key(province)] or found
            found = inside
        codes = {(p.level, p.code) for p in found}
        return (found[-1] if len(codes) == 1 else None), count, len(codes) > 1
    return None, 0, False


def _after_figures(
    text: str, end: int, following: re.Pattern[str], place: Callable[[re.Match[str]], PlaceMention | None]
) -> list[PlaceMention]:
    """The places that go on a list in which a figure stands behind each, up to the first name that is none."""
    run: list[PlaceMention] = []
    while (more := following.match(text, end)) and (after := place(more)):
        run.append(after)
        end = after.end
    return run


def typed_names(text: str) -> Iterator[re.Match[str]]:
    """What `TYPED_NAME` finds in a text."""
    at = 0
    while _NAME_BEHIND_TYPE.search(text, at) and (match := _TYPED_NAME.search(text, at)):
        yield match
        at = match.end("name")


@lru_cache(maxsize=100_000)
def _keys_within(name: str) -> frozenset[str]:
    """Keys of all runs of words in a name."""
    words = name.split(" ")
    ends = range(1, len(words) + 1)
    return frozenset(place_key(" ".join(words[start:end])) for end in ends for start in range(end))


def _one_list(run: list[PlaceMention]) -> list[PlaceMention]:
    """Places that were named together, each knowing how many they are."""
    return [replace(m, listed=len(run)) for m in run] if len(run) > 1 else run


def _taken(start: int, end: int, found: list[PlaceMention]) -> bool:
    """Whether a mention stands over a span already."""
    return any(m.start < end and start < m.end for m in found)


def _is_home(text: str, mention: PlaceMention, found: list[PlaceMention]) -> bool:
    """Whether a place only says where the one before its bracket lies: "xã Trà Bui (Bắc Trà My)"."""
    inner = WITHIN.get(mention.level, ())
    if text[mention.start - 1 : mention.start] != "(" or text[mention.end : mention.end + 1] != ")":
        return False
    return any(m.level in inner and text[m.end : mention.start] == " (" for m in found)


class PlaceReader:
    """Finds the places that sentences of one report name."""

    def __init__(self, gazetteer: Gazetteer, frame: Frame):
        self.gazetteer, self.frame = gazetteer, frame
        self._own = {*frame.names, place_key(_untyped(frame.place))}  # a town named like its district is not meant
        self._commune = {key: (name, code) for key, name, code in frame.communes if key not in self._own}
        self.communes: dict[str, PlaceMention] = {}  # those named last by their type, which "của xã" means
        self.district = frame.home  # which "toàn huyện" means in a report on a province or a commune
        # the province of a district, named without its type where it is measured
        apart = frame.level == "district" and frame.province and not frame.place.endswith(frame.province)
        measured = "(?:nghèo|bình quân|ngân sách|sản xuất|việc làm) (?:chung )?của"
        name = rf"(?P<name>{re.escape(frame.province)})(?!\w)"
        acts = rf"{name.replace('name', 'subject')} (?:(?:đã |hiện )?có \d|là tỉnh )"
        own = rf"(?:{measured} {name}|(?:(?<=^)|(?<=[,;.] )|(?<=năm \d{{4}} )|(?<=nay )){acts})"
        self._own_province = re.compile(own) if apart else None
        self._heading: PlaceMention | None = None  # of the paragraph, in a digest
        self._listed_type = ""  # of the place with which a list began: "xã X 1,92%; Y 9,36%"
        self._typed_as: dict[str, PlaceMention] = {}  # districts by the key of their name, as the report types them

    def go_to(self, place: PlaceMention | None) -> None:
        """From here on "huyện" or "xã" without a name means this place, the heading of a paragraph."""
        self._heading = place
        if place is not None and place.level == "district":
            self.district = place
        elif place is not None and place.level == "commune":
            self.communes[_type_in(place.name)] = place

    def read(self, text: str, folded: str, generic: bool = True) -> list[PlaceMention]:
        """Place mentions of a canonical sentence in order; `folded` is the same sentence in folded case.

        Without `generic` those by kind alone ("toàn huyện") are left out.
        """
        found = self._read_typed(text)
        if not found and self._listed_type and (item := _NEXT_ITEM.fullmatch(text)):
            found = [self._typed(self._listed_type, item["name"], *[item.start("name")] * 2)]
        goes_on = found and _FIGURE_ONLY.fullmatch(text, found[-1].end)
        self._listed_type = _type_in(found[-1].name) if goes_on else ""
        self._typed_as |= {place_key(_untyped(m.name)): m for m in found if m.level == "district"}
        for mention in found:
            self._know(mention)
        told = _IS_COMMUNE.match(text) if "xã" in text or "phường" in text else None
        if told and not _taken(*told.span("name"), found):
            name = f"{told['type']} {told['name']}"
            found.append(PlaceMention(*told.span("name"), name, "commune", "", "named"))
        if " nhất" in text and _SUPERLATIVE_HINT.search(text):
            found += [m for m in self._superlatives(text) if not _taken(m.start, m.end, found)]
        if " huyện " in folded and (" là " in folded or " gồm " in folded):
            found += [m for m in self._counted(text) if not _taken(m.start, m.end, found)]
        found += [m for p in found if p.level == "province" for m in self._before_address(text, p, found)]
        names = self.frame.names
        bare = list(BARE_NAME.finditer(text)) if names or self._commune else []
        for match in bare:
            if not names.isdisjoint(_keys_within(match["name"])):
                found += self._bare(match, found)
        if self._commune:
            self._read_communes(text, bare, found)
        if generic and self.frame.level in ("", "province"):
            found += self._bare_provinces(text, found)
        if generic and _KIND_WORD.search(folded):
            self._read_generic(folded, found)
        if generic and self.frame.level in ("province", "commune") and self.district is not None:
            for match in _DISTRICT_ACTS.finditer(folded):
                if not _taken(match.start() - 1, match.end() + 1, found):
                    meant = self.district
                    found.append(replace(meant, start=match.start(), end=match.end(), role="generic", listed=0))
        if generic and self._own_province:  # "… của huyện; hộ nghèo của Sóc Trăng còn 1,34%"
            for match in self._own_province.finditer(text):
                span = match.span("name" if match["name"] else "subject")
                if not _taken(*span, found):
                    name = self.province_name(self.frame.province)
                    found.append(PlaceMention(*span, name, "province", "", "bare"))
        if not found:
            return found
        found.sort(key=lambda m: m.start)
        homes = [m for m in found if _is_home(text, m, found)] if generic else []
        found = [m for m in found if m not in homes]
        named = [m for m in found if m.role == "named" or (m.role == "organ" and m.code)]
        told = [m for m in named if m.level == "commune"]
        if self.frame.level == "commune":  # a list of others is not what "xã" means there
            told = [m for m in told if m.listed < 2]
        self.communes |= {_type_in(m.name): m for m in told}
        districts = [m for m in homes + found if m.level == "district" and m.role != "generic" and m.listed < 2]
        if self.district is not None:
            districts = [m for m in districts if not _FAR_FROM.search(text, max(0, m.start - 20), m.start)]
        self.district = districts[-1] if districts else self.district
        return found

    def _read_typed(self, text: str) -> list[PlaceMention]:
        """Places named with their type, and those listed behind them: "xã X, Y và thị trấn Z"."""
        found: list[PlaceMention] = []
        for match in typed_names(text):
            if text.startswith("Nông thôn", match.start("name")):
                continue  # "xã Nông thôn mới"
            if _SPLIT_FROM.search(text, max(0, match.start() - 16), match.start()):
                continue
            if match["kind"] and self.gazetteer.candidates(match["name"], level="province"):
                continue  # "xã miền núi Đà Nẵng": where it lies
            type_ = type_of(match["type"])
            first = self._typed(type_, match["name"], match.start("type"), match.start("name"))
            if first is None or _taken(first.start, first.end, found):
                continue
            party = match["type"].endswith("ủy")  # "Huyện ủy X"
            if party or _ORGAN.search(text[max(0, match.start() - 45) : match.start("type")]):
                found.append(replace(first, role="organ"))
                continue
            run = [first, *self._listed_after(text, first.end, type_, first.level == "province")]
            found += _one_list(run)
            if first.level == "commune":
                one = partial(self._commune_listed, type_of(match["type"]))
                found += _after_figures(text, run[-1].end, _NEXT_WITH_FIGURE, one)
            elif first.level == "district":
                found += _after_figures(text, run[-1].end, _NEXT_DISTRICT, self._district_listed)
        return found

    def _commune_listed(self, type_: str, match: re.Match[str]) -> PlaceMention | None:
        """A commune of a list with a figure behind each: "xã Cà Dy (Nam Giang) 552 hộ, Trà Cang 496 hộ"."""
        return self._typed(type_, match["name"], match.start("name"), match.start("name"), listed=True)

    def _district_listed(self, match: re.Match[str]) -> PlaceMention | None:
        """A district of such a list: "huyện A có 10 xã, B 7 xã"."""
        name, level, code = self.resolve(match["name"])
        return PlaceMention(*match.span("name"), name, level, code, "bare") if level == "district" else None

    def _listed_after(self, text: str, end: int, type_: str, province: bool = False) -> list[PlaceMention]:
        """The places that go on a list; a name without a type has that of the name before it."""
        run: list[PlaceMention] = []
        while more := _NEXT.match(text, end):
            if more["type"] and LEVEL_OF.get(type_of(more["type"])) != LEVEL_OF.get(type_):
                break  # "xã X, huyện Y": where it lies
            closed = run and " và " in text[run[-1].start - 5 : run[-1].start]
            if closed and not more["type"] and _IS_SUBJECT.match(text, more.end()):
                break  # "Sau các thành phố A, B và C, D là đơn vị thứ 4": D is none of them
            type_ = type_of(more["type"]) if more["type"] else type_
            start = more.start("type") if more["type"] else more.start("name")
            if not more["type"] and self._is_province(more["name"], type_):
                break  # "(huyện Phước Long, Bạc Liêu)": its province
            if province and not self.gazetteer.candidates(more["name"], level="province"):
                break  # "của thành phố X, Y được công nhận": a district of it
            after = self._typed(type_, more["name"], start, more.start("name"), listed=not more["type"])
            if after is None:
                break
            run.append(after)
            end = after.end
        return run

    def _before_address(self, text: str, province: PlaceMention, found: list[PlaceMention]) -> list[PlaceMention]:
        """The district named without its type right before its province: "…; X, tỉnh Y 72,2%"."""
        named = _NAME_BEFORE.search(text, 0, province.start)
        if named is None or _taken(*named.span("name"), found):
            return []
        places = self.gazetteer.candidates(named["name"], level="district", province=_untyped(province.name))
        one = the_one_meant(places)
        return [PlaceMention(*named.span("name"), one.name, "district", one.code, "bare")] if one else []

    def _superlatives(self, text: str) -> list[PlaceMention]:
        """Communes whose type stands far before the name: "xã có tỷ lệ hộ nghèo cao nhất là X (và …)"."""
        found = []
        for match in _SUPERLATIVE.finditer(text):
            type_ = match["type"].lower()
            first = PlaceMention(*match.span("name"), f"{type_} {match['name']}", "commune", "", "named")
            run = [first, *self._listed_after(text, first.end, type_)]
            found += _one_list(run)
        return found

    def _counted(self, text: str) -> list[PlaceMention]:
        """Districts behind a count of them, as many as it says: "2 huyện nghèo theo Nghị quyết 30a là X và Y"."""
        found = []
        for match in _COUNTED.finditer(text):
            first = self._typed("huyện", match["name"], match.start("name"), match.start("name"), listed=True)
            run = [first, *self._listed_after(text, first.end, "huyện")] if first is not None else []
            if len(run) == (NUMBER_WORDS.get(match["count"]) or int(match["count"])):
                found += _one_list(run)
        return found

    def _is_province(self, name: str, type_: str) -> bool:
        """Whether a name of a list is a province's and no place here: "hai huyện Quảng Trạch và Quảng Ninh"."""
        if not self.gazetteer.candidates(name, level="province"):
            return False
        here = self.frame.province
        return not (here and here != name and self.gazetteer.candidates(name, level=LEVEL_OF.get(type_), province=here))

    def _read_generic(self, folded: str, found: list[PlaceMention]) -> None:
        """Add the places that are named by their kind alone."""
        end = 0
        while match := _GENERIC.search(folded, end):
            start, end = match.span(match.lastgroup)
            if not _taken(start - 1, end + 1, found):
                meant = self._meant_by(match.lastgroup, start, found, folded[start:end])
                if meant is not None:
                    found.append(PlaceMention(start, end, *meant, "generic"))

    def _meant_by(
        self, kind: str, at: int, found: list[PlaceMention], words: str
    ) -> tuple[str, str, str] | None:
        """Name, level and code of the place that the words for a kind mean at a position; None when they mean none."""
        frame, heading = self.frame, self._heading
        if kind == "country":
            return "cả nước", "country", ""
        if heading is not None and kind == heading.level == frame.level:
            return heading.name, heading.level, heading.code
        if kind == "province":
            name = frame.place if frame.level == "province" else self.province_name(frame.province)
            return name, "province", ""
        if kind == "district" and "thành phố" in words and frame.place.startswith("thành phố"):
            return frame.place, frame.level, frame.code  # "toàn thành phố" of a city that is a province
        if kind == "district" and "thành phố" in words and frame.level == "district":
            city = self.province_name(frame.province)  # "toàn thành phố" of a city's quận or huyện
            if city.startswith("thành phố"):
                return city, "province", ""
        if kind == "district" and frame.level != "district":
            earlier = [m for m in found if m.level == "district" and m.end <= at]
            meant = max(earlier, key=lambda m: m.start) if earlier else self.district
            return (meant.name, "district", meant.code) if meant is not None else None
        if kind == "commune" and (frame.level != "commune" or frame.inferred):
            type_ = next(t for t in _COMMUNE_TYPES if t in words)
            earlier = [m for m in found if m.level == "commune" and m.role != "generic" and m.end <= at]
            earlier = [m for m in earlier if m.name.startswith(f"{type_} ")]
            meant = max(earlier, key=lambda m: m.start) if earlier else self.communes.get(type_)
            if meant is not None or frame.level != "commune":
                return (meant.name, "commune", meant.code) if meant is not None else None
        return (frame.place, frame.level, frame.code) if kind == frame.level else None

    def _read_communes(self, text: str, bare: list[re.Match[str]], found: list[PlaceMention]) -> None:
        """Add the district's communes, and others that the report has typed before, named without their type (`bare`:
        all such names): as the subject, or right before a figure; "của xã" means one named so, too."""
        known = [m for m in bare if not self._commune.keys().isdisjoint(_keys_within(m["name"]))]
        if not known:
            return
        for match in known:
            name = self._commune.get(place_key(_NUMBER_BEHIND.sub("", match["name"])))
            beside = _BESIDE.search(text, 0, match.start("name"))  # "là xã thứ hai của huyện, sau X": not the subject
            if name and not beside and not _taken(*match.span("name"), found):
                meant = PlaceMention(*match.span("name"), name[0], "commune", name[1], "bare")
                self.communes[_type_in(meant.name)] = meant
        for match in _BARE_LIST.finditer(text):
            at, run = match.start("list"), []
            for short in re.split(r", | và ", match["list"]):
                start = text.index(short, at)
                at = start + len(short)
                name = self._commune.get(place_key(short))
                if name and not _taken(start, at, found):
                    run.append(PlaceMention(start, at, name[0], "commune", name[1], "bare"))
            found += [replace(m, listed=len(run)) for m in run]
        for match in itertools.chain(
            _HEADS_ITEM.finditer(text), _IN_LIST.finditer(text), _MEASURED_AT.finditer(text)
        ):
            name = self._commune.get(place_key(match["name"]))
            start, end = match.span("name")
            if name and not _taken(start, end, found):
                found.append(PlaceMention(start, end, name[0], "commune", name[1], "bare"))
        opening = _AT_COMMUNE.match(text) or _COMMUNE_OPENS.match(text)
        name = self._commune.get(place_key(opening["name"])) if opening else None
        if name and not _taken(*opening.span("name"), found):
            found.append(PlaceMention(*opening.span("name"), name[0], "commune", name[1], "named"))

    def _know(self, mention: PlaceMention) -> None:
        """Remember a typed commune, which the report may name again without its type."""
        short = _untyped(mention.name)
        key = place_key(short)
        if mention.level == "commune" and " " in short and key not in self._own and key not in self._typed_as:
            self._commune.setdefault(key, (mention.name, mention.code))

    def province_name(self, province: str) -> str:
        places = self.gazetteer.candidates(province, level="province")
        return places[0].name if places else (f"tỉnh {province}" if province else "")

    def _typed(self, type_: str, name: str, start: int, name_start: int, listed: bool = False) -> PlaceMention | None:
        if type_ == "đặc khu" and not after_districts(self.frame.published):
            return None  # "đặc khu Vĩnh Linh", of a war
        words = name.split(" ")
        place, count, ambiguous = _match(self.gazetteer, words, type_, self.frame.province)
        level = LEVEL_OF.get(type_, "")
        if count:
            short = " ".join(words[:count])
            if type_ == "thành phố" and place and place.level == "province":
                level = "province"
            numbered = _ROMAN.get(words[count]) if level == "commune" and len(words) == count + 1 else None
            if numbered and (spelled := self.gazetteer.candidates(f"{short} {numbered}", level="commune")):
                short, place = f"{short} {words[count]}", spelled[-1]  # "xã Tam Xuân 2": Tam Xuân II in the lists
            name_written = short if not short.isupper() else (place.short if place else short.title())
            return PlaceMention(
                start,
                name_start + len(short),
                f"{type_} {name_written}",
                level,
                place.code if place and not ambiguous else "",
                "named",
            )
        if listed or level != "commune" or len(words) > 3 or name.isupper() or _PERSON.match(name):
            return None
        return PlaceMention(start, name_start + len(name), f"{type_} {name}", level, "", "named")

    def _bare_provinces(self, text: str, found: list[PlaceMention]) -> list[PlaceMention]:
        """Provinces named without their type in a report on several: "Bình Dương cao nhất cả nước với …"."""
        return [
            PlaceMention(*match.span("name"), self.province_name(match["name"]), "province", "", "bare")
            for match in BARE_NAME.finditer(text)
            if not _taken(*match.span("name"), found) and self.gazetteer.candidates(match["name"], level="province")
        ]

    def _bare(self, match: re.Match[str], found: list[PlaceMention]) -> list[PlaceMention]:
        words, first, out = match["name"].split(" "), match.start(), []
        if _INSTITUTION.search(match.string, max(0, first - 50), first):
            return []
        position = 0
        while position < len(words):
            for count in range(len(words) - position, 0, -1):
                short = " ".join(words[position : position + count])
                key = place_key(short)
                if short.endswith("-") or key not in self.frame.names:
                    if count > 1 and self.gazetteer.candidates(short, level="province"):
                        position += count - 1  # "Đắk Lắk" is not its district Lắk
                        break
                    continue
                start = first + len(" ".join(words[:position])) + (1 if position else 0)
                if any(m.start < start + len(short) and start < m.end for m in found):
                    break
                name, level, code = self.resolve(short)
                if name and not short.isupper() and key == place_key(_untyped(name)):
                    name = name.removesuffix(_untyped(name)) + short  # "Đắk Glong" as the report spells "Đăk Glong"
                if name:
                    out.append(PlaceMention(start, start + len(short), name, level, code, "bare"))
                position += count - 1
                break
            position += 1
        return out

    def resolve(self, short: str) -> tuple[str, str, str]:
        """A district's short name → name with type, level, code; empty strings when it is not clear which."""
        frame, key = self.frame, place_key(short)
        if frame.place and key == place_key(_untyped(frame.place)):
            return frame.place, frame.level, frame.code
        if frame.level in ("", "province") and key == place_key(frame.province):
            return self.province_name(frame.province), "province", ""  # not the city in it
        if key in self._typed_as:
            typed = self._typed_as[key]
            return typed.name, typed.level, typed.code
        places = [
            p
            for p in self.gazetteer.candidates(
                short, province=frame.province or None, on=(frame.period or frame.published) or None
            )
            if p.level == "district"
        ]
        places = places or [
            p for p in self.gazetteer.candidates(short, province=frame.province or None) if p.level == "district"
        ]
        one = the_one_meant(places)
        return (one.name, "district", one.code) if one else ("", "", "")
