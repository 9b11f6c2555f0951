"""Figures that stand in a sentence without a number: communes named as new-rural, the district itself, no poor left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.context.frame import PlaceMention
from analysis.quantities import Quantity
from analysis.sentences.drafts import Draft, draft
from analysis.sentences.parts import COMMUNE_NAME, NEW_RURAL, NONE_YET, Part
from analysis.sentences.scopes import of_village

# "xã Đồn Đạc, Thanh Sơn (và Nam Sơn) được công nhận đạt chuẩn nông thôn mới (nâng cao)"
_LIST = rf"{COMMUNE_NAME}(?:(?:, | và |; )(?:xã )?{COMMUNE_NAME})*"
_COMMUNES = rf"(?<![Tt]hị )[Xx]ã (?P<names>{_LIST})"
_HOME = rf"(?:, | \()(?:thuộc )?(?P<home>(?:huyện|thị xã|thành phố) {COMMUNE_NAME})\)?"
_BECAME = (
    r",? (?:[^\W\d_A-ZĐ]+,? |19/19 |UBND |Chủ tịch ){0,12}?(?i:"
    r"(?:đạt(?: chuẩn| tiêu chí| danh hiệu)?|công nhận(?: đạt)?(?: chuẩn)?|về đích|cán đích|danh hiệu"
    r"|ra mắt|hoàn thành(?: xây dựng)?|(?:đạt|hoàn thành)(?: đủ)? 19(?:/19)? tiêu chí)(?: danh hiệu| xã| đạt)?"
    r"(?: chuẩn)?(?: quốc gia)?(?: về)?(?: xây dựng)?(?: xã)? (?:nông thôn mới|ntm)(?: \(ntm\))?"
    r"(?P<grade> nâng cao| kiểu mẫu)?|(?:công nhận|phê duyệt) (?:nông thôn mới|ntm)(?P<grade2> nâng cao| kiểu mẫu)?)"
)
_UNCOUNTED = re.compile(rf"{_COMMUNES}(?:{_HOME}(?:, tỉnh {COMMUNE_NAME})?)?{_BECAME}")
# communes of several districts, each group with its own: "các xã A, B (huyện X), C (huyện Y) được công nhận …"
_GROUP = (
    rf"(?:xã )?(?P<names>{_LIST})(?: \((?:huyện |thị xã |thành phố )?|, (?:huyện|thị xã|thành phố) )"
    rf"(?P<home>{COMMUNE_NAME})\)?"
)
_PLAIN_GROUP = re.sub(r"\?P<\w+>", "?:", _GROUP)
_GROUPED = re.compile(rf"(?<![Tt]hị )[Xx]ã:? (?P<groups>{_PLAIN_GROUP}(?:(?:,|;|,? và) {_PLAIN_GROUP})+){_BECAME}")
_ONE_GROUP = re.compile(_GROUP)
# those of another district before them: "xã A, huyện X và xã B, huyện Y đạt chuẩn nông thôn mới"
_CHAINED = re.compile(rf"{_COMMUNES}{_HOME}(?=(?:,|;|,? và) xã )")
# "huyện được công nhận đạt chuẩn nông thôn mới", "đạt chuẩn huyện nông thôn mới"
_DISTRICT = re.compile(
    r"(?:(?:đạt chuẩn|đạt tiêu chí|đạt|công nhận(?: đạt)?(?: chuẩn)?(?: là)?|đạt tiêu chuẩn|trở thành|thành|danh hiệu"
    r"|về đích|cán đích|thẩm định|hồ sơ|mục tiêu|được|là|công bố) (?:huyện|t(?:hị xã|x\.?)|t(?:hành phố"
    r"|p\.?))(?: \w[\w']*){0,3}?"
    r"(?:,? (?:tỉnh|thành phố) \w+(?: \w+){0,2}?| \([^()]{3,30}\))?(?: đạt chuẩn| đạt"
    r"| về đích| hoàn thành nhiệm vụ xây dựng)* (?:nông thôn mới|ntm)"
    r"|(?:huyện|t(?:hị xã|x\.?))(?! (?:nông thôn|ntm))(?:,?(?: -)? [^\W\d][\w']*){0,8}? (?:đã |được |vừa "
    r"|chính thức |cũng |cơ bản "
    r"|thủ tướng chính phủ "
    r"|chính phủ |trung ương |cùng |đều |ký |có |quyết định |đủ điều kiện |xét,? |đề nghị |nhận "
    r"|hai địa phương )*(?:công nhận(?: là)?(?: huyện)?(?: đạt)?(?: chuẩn)?|đạt chuẩn|đạt tiêu chí|đạt|về đích"
    r"|cán đích|hoàn thành(?: nhiệm vụ)?(?: xây dựng)?)(?: chuẩn)?(?: huyện)? (?:nông thôn mới|(?:xd)?ntm)"
    r"|(?:(?:trở )?thành |là )?(?:huyện|t(?:hị xã|x\.?)|t(?:hành phố|p\.?)) (?:đầu tiên|duy nhất"
    r"|thứ \w+)[^,;.\d]{0,60}? (?:đạt chuẩn|về đích|được công nhận"
    r"|hoàn thành)(?: đạt)?(?: chuẩn)?(?: nhiệm vụ)?(?: xây dựng)? (?:nông thôn mới|ntm)"
    r"|hoàn thành (?:việc )?xây dựng huyện (?:nông thôn mới|ntm)"
    r"|hoàn thành (?:các |bộ |đủ )*tiêu chí huyện (?:nông thôn mới|ntm)"
    r"|(?:sau khi |^(?:\W*\(\w+\)\W*)?(?=được ))(?:về đích|cán đích|đạt chuẩn"
    r"|được công nhận(?: đạt chuẩn)?) (?:nông thôn mới|ntm)"
    r"(?=[^,;.]{0,25}, (?:huyện|t(?:hị xã|x\.?)|t(?:hành phố|p\.?)) )"
    r"|hoàn thành nhiệm vụ (?:xây dựng |xd)(?:nông thôn mới|ntm)"
    r"|(?:trao|nhận|đón) (?:bằng )?công nhận (?:đạt |danh hiệu )*\"?(?:(?:huyện"
    r"|thị xã) )?(?:đạt chuẩn )?(?:nông thôn mới|ntm)"
    r"|được (?:(?:phó )?thủ tướng(?: chính phủ)?|chính phủ|trung ương)(?: [^\W\d]+){0,5}? (?:ký "
    r"|quyết định |ký quyết định |ban hành quyết định )*công nhận(?: là)?(?: đạt chuẩn| hoàn thành(?: nhiệm vụ"
    r"| chương trình)?"
    r"(?: xây dựng)?)? (?:nông thôn mới|ntm)"
    r"|huyện(?: vẫn| tiếp tục| đang| sẽ)?(?: \w+){0,3} (?:mục tiêu|phấn đấu) về đích (?:nông thôn mới|ntm))"
    r"(?: cấp huyện)?(?! (?:\(ntm\) )?(?:nâng cao|kiểu mẫu|bền vững|(?:cho|ở|tại) (?:các |\d+ |hai |ba "
    r"|bốn )?xã))(?!\w)"
)
# "không còn hộ nghèo", but not "không còn hộ nghèo ở nhà tạm"
_ZERO = re.compile(
    r"(?:(?:không còn|đã hết|xóa hết|cơ bản không còn|không có|toàn (?:xã|huyện|thị xã"
    r"|thành phố) hết) hộ nghèo|không còn hộ nào (?:thuộc )?(?:diện )?(?:hộ )?"
    r"nghèo)(?! (?:khó khăn|về|phải|ở nhà|nào phải|thuộc"
    r"|chưa|có|thiếu|là|theo diện|trong diện|diện|nào có|nào thuộc|nào là))"
)
_SPEECH = 70  # longer quotations are no names but what someone says
_SOME_VILLAGES = re.compile(
    r"(?:\d|nhiều|một số|các) (?:ấp|thôn|bản|làng|khu|tổ|xóm|phường|xã|chi hội)\b(?:, (?:phường|thị trấn"
    r"|xã))*[^,;.]{0,20}$"
)
# before or within such words: not (yet) the district, but a process, a criterion, a commune or a village
_SMALLER = re.compile(r"\bxã\b(?! hội)|văn hóa nông|thôn (?!mới)|tiêu chí (?!nông|huyện)|chỉ tiêu")
_NOT_YET = re.compile(
    r"(?:chưa|không|muốn|muốn được|quá trình|lộ trình|xây dựng|tiêu chí|bộ tiêu chí|chỉ tiêu|ban chỉ đạo|từ khi"
    r"|nội dung|các|làm để|trước ngày|trước thềm|đường|hành trình"
    r"|những)\s*$"
)
_SEVERAL = re.compile(r"(?<!năm )(?<!\d)\d{1,3}(?:/\d{1,3})?\s*(?:đơn vị )?(?:cấp )?$")
_THEY_ARE = re.compile(r"\s*(?:(?:gồm|là)(?: có)?:?|:) ")
_UNNAMED = re.compile(r"huyện(?:, \w+(?: \w+)?)*? (?:đã|được|đủ|đạt|hoàn|cơ bản|về|cán)")
# "xây dựng huyện đạt chuẩn nông thôn mới vào năm 2023": a goal
_BY_YEAR = re.compile(r" (?:vào|trong|trước|đến) (?:cuối |hết )?năm 20\d\d")
_INTENDED = re.compile(r"(?:quyết tâm|phấn đấu) (?:\w+ ){0,3}$")
_VILLAGE = re.compile(r"\d|\b(?:bản|thôn(?! mới)|ấp|làng|khu|buôn|xóm|tổ dân phố)\b")
_BY_DISTRICT = ("được thành phố", "được huyện", "được thị xã", "thành phố công nhận")
_RECEIVED = ("trao ", "nhận ", "đón ")
_DENIED = re.compile(r"\b(?:chưa|không|khó)\b")
_UNDONE = re.compile(r"\b(?:nào|chưa|đưa vào kế hoạch|trên đường|con đường|hành trình)\b")
_OF_COMMUNE = re.compile(r"(?<!thị )\bxã\b(?! hội)|\bthôn\b")
# "xã X, huyện Y đạt chuẩn", "hai xã thuộc huyện Y về đích": the communes do
_COMMUNE_IN = re.compile(
    r"(?<!thị )\bxã (?!hội|nông thôn|ntm|đạt|được|về|cán|hoàn|đã|kiểu|nâng|đều|cùng)(?:[^,;.\d]{2,25}, "
    r"|(?:thuộc|của|ở) )$"
)
_NAMES_DISTRICT = re.compile(r"huyện|thị xã|thành phố|thủ tướng")
_SO_THAT = re.compile(r"(?:.*:)?\W*để\s+")  # "Để huyện X được công nhận …, huyện sẽ trình": not yet
_PART_OF = re.compile(r"(?:của|toàn|trong|cả|địa bàn|mỗi|các)\s*$")
_NATIONAL = re.compile(r"(?<=chuẩn )quốc gia (?:về )?(nông thôn mới|ntm)")  # read as "đạt chuẩn nông thôn mới"
_NUMBERED_BEHIND = re.compile(r"\s*(?:là|đạt|có|:) \d+/\d+")  # "huyện, thị xã hoàn thành nhiệm vụ … là 8/9"
_HOWEVER_MANY = re.compile(
    r"(?:(?:\d|hai|ba|bốn|các|những|nhiều) (?:huyện|xã|địa phương|đơn vị)[^,;.]{0,30}|là|nếu|vì) $"
)
_LISTED = "ǁ"  # stands for the letters of a list of names
_ADDRESS = re.compile(r"(?: \([^()]{3,30}\))?")
_DECIDED = re.compile(r"quyết định|thủ tướng|bằng công nhận|chính phủ|công nhận")


# "An Thái là xã đầu tiên của tỉnh đạt nông thôn mới kiểu mẫu"
_FIRST_TO = re.compile(
    rf"(?P<names>{COMMUNE_NAME}) (?:là|trở thành) xã (?:đã|đầu tiên|duy nhất|thứ [\w ]{{2,10}}?)(?: [^\W\d]+){{0,8}}?"
    r" (?i:(?:đạt chuẩn|đạt|về đích|cán đích|được công nhận(?: đạt)?(?: chuẩn)?) (?:nông thôn mới|ntm)"
    r"(?P<grade> nâng cao| kiểu mẫu)?|(?:đạt|hoàn thành)(?: đủ)? 19/19 tiêu chí)(?P<grade2>)"
)
# "Riêng An Thái được công nhận xã nông thôn mới nâng cao"
_BARE = re.compile(
    rf"(?:^|(?<=[,;:(] )|(?<=iêng )|(?<=ây dựng ))(?P<names>{COMMUNE_NAME}(?:(?:, | và ){COMMUNE_NAME})*) "
    r"(?:[^\W\d_A-ZĐ]+ ){0,3}?(?i:(?:(?:được|có)(?: [^\W\d]+){0,4} công nhận|đạt|trở thành|(?<=đã )(?<!xã đã )là"
    r"|đón bằng(?: công nhận)?)"
    r"(?: là| đạt| chuẩn| danh hiệu)* xã (?:đạt )?(?:chuẩn )?(?:nông thôn mới|ntm)(?P<grade> nâng cao| kiểu mẫu)?)"
    r"(?P<grade2>)"
)


# "đề nghị UBND tỉnh xét công nhận An Thái là xã nông thôn mới kiểu mẫu"
_RECOGNISED_AS = re.compile(
    rf"công nhận (?P<names>{COMMUNE_NAME}) (?:là |đạt |đạt chuẩn )*(?i:xã (?:đạt )?(?:chuẩn )?(?:nông thôn mới|ntm)"
    r"(?P<grade> nâng cao| kiểu mẫu)?)(?P<grade2>)"
)
# of new-rural communes told before: "Trong 6 tháng có thêm xã X được công nhận", "đăng ký xã Y về đích"
_ONE_MORE = re.compile(
    rf"(?:(?<=[Cc]ó thêm )|(?<=đăng ký )|(?<=đưa )){_COMMUNES}(?P<grade>)(?P<grade2>)"
    r"(?= (?:về đích|cán đích|đạt chuẩn(?! văn)|được (?:[^\W\d]+ ){0,4}công nhận(?! văn)))"
)


# "Đây là xã thứ 8/10 của huyện X và xã thứ 24/80 xã của tỉnh Y đạt chuẩn nông thôn mới"
_ORDINAL = re.compile(
    r"(?:xã|và) thứ (?P<n>\d{1,3}|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
    r"(?:(?:/| trong (?:tổng )?số | trên )(?P<of>\d{1,3})(?: xã)?(?: nông thôn)?)? (?:của|trong"
    r"|trên địa bàn)(?: toàn)? (?P<home>huyện|thị xã|thành phố|tỉnh)\b"
)
_NTH = {"hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_DONE_SO = re.compile(
    r"(?<!văn hóa )(?:đạt(?: chuẩn)?|về đích|cán đích|hoàn thành|công nhận|đón bằng|trao bằng)\b[^.;]{0,60}"
)


def without_number(part: Part) -> list[Draft]:
    """Drafts for what a part says without a number."""
    drafts = []
    if part.new_rural:
        quoted = _quoted(part.folded, part.memory.thought.quotes % 2 == 1)
        named = _named_communes(part, quoted, (_GROUPED, _UNCOUNTED, _FIRST_TO, _BARE, _RECOGNISED_AS))
        drafts = named + _district(part, quoted) + _ordinals(part)
    elif "xã" in part.folded and NEW_RURAL.search(part.context[-500:]):
        drafts = _named_communes(part, [], (_ONE_MORE,))
    if part.denies:
        drafts += _none_yet(part)
    if "hộ nghèo" in part.folded:
        drafts += [
            _made(part, _none_of(part.folded, m.end()), m, 0.0, "percent", "none_left", True)
            for m in _ZERO.finditer(part.folded)
            if not (_SOME_VILLAGES.search(part.folded[: m.start()]) or of_village(part, m.start()))
        ]
    return drafts


def _none_of(folded: str, end: int) -> str:
    """Which rate is nil: "không có hộ nghèo (đa chiều)"."""
    return "multidimensional_poverty_rate" if folded.startswith(" đa chiều", end) else "poverty_rate"


def _none_yet(part: Part) -> list[Draft]:
    """That no commune meets the standard (yet), of the grades named: the value is 0."""
    drafts = []
    for match in NONE_YET.finditer(part.folded):
        named = bool(match["named"].strip())
        if _HOWEVER_MANY.search(part.folded, 0, match.start()):
            continue  # "còn 1 huyện chưa có xã đạt chuẩn"
        if not named and not NEW_RURAL.search(f"{part.known.title} {part.context} {part.folded}"):
            continue  # the standard of something else
        grades = [g for word, g in (("nâng cao", "advanced_"), ("kiểu mẫu", "model_")) if word in match["grades"]]
        for grade in grades or [""]:
            drafts.append(_made(part, f"ntm_{grade}communes", match, 0.0, "communes", "none_yet", not named))
    return drafts


def _named_communes(
    part: Part, quoted: list[tuple[int, int]], patterns: tuple[re.Pattern[str], ...]
) -> list[Draft]:
    """Communes named without a count: their number is that of the names."""
    drafts = []
    for match in (m for p in patterns for m in p.finditer(part.text)):
        grouped = list(_ONE_GROUP.finditer(part.text, *match.span("groups"))) if match.re is _GROUPED else []
        if any(d.start <= match.start() < d.end for d in drafts):
            continue  # read with its group
        if match.re is not _GROUPED and _DENIED.search(part.folded, match.end("names"), match.end()):
            continue  # "xã X chưa đạt chuẩn nông thôn mới"
        if match.re is _RECOGNISED_AS and part.frame.level == "commune" and part.frame.home is None:
            continue  # a commune is one of its district, which nobody names
        names = _names(grouped[0] if grouped else match)
        if match.re is _BARE and not _are_communes(part, match.start(), names):
            continue
        if not names or _within(match.start(), quoted):
            continue
        if any(q.start < match.end() and match.start() < q.end and q.unit and q.value != 19 for q in part.quantities):
            continue
        grade = (match["grade"] or match["grade2"] or "").lower()
        grade = "advanced_" if "nâng" in grade else "model_" if "kiểu" in grade else ""
        for one in grouped or (*_chain(part.text, match.start()), match):
            members = _names(one)
            made = _made(part, f"ntm_{grade}communes", one, float(len(members)), "communes", "named_communes")
            made.members = tuple(members)
            made.flags.add("newly_not_total")
            home = one.groupdict().get("home")
            if home:
                typed = home.split(" ", 2 if home[0] == "t" else 1)
                name, level, code = part.known.places.resolve(home if grouped else typed[-1])
                made.place = PlaceMention(*one.span("home"), name or home, level or "district", code, "named")
            if part.frame.level == "commune":
                made.flags.add("scope_inferred")
            drafts.append(made)
    return drafts


def _ordinals(part: Part) -> list[Draft]:
    """How many communes there are by now: "xã thứ 8/10 của huyện X … đạt chuẩn nông thôn mới"."""
    drafts = []
    for match in _ORDINAL.finditer(part.folded) if " thứ " in part.folded else ():
        done = _DONE_SO.search(part.folded, match.end())
        if done is None or any(q.start < match.end() and match.start() < q.end and q.unit for q in part.quantities):
            continue
        words = part.folded[match.end() : done.end()]
        grade = "advanced_" if "nâng cao" in words else "model_" if "kiểu mẫu" in words else ""
        value = float(_NTH.get(match["n"]) or match["n"])
        made = _made(part, f"ntm_{grade}communes", match, value, "communes", "ordinal")
        made.of = float(match["of"]) if match["of"] else None
        made.place = _home_of(part, match)
        drafts.append(made)
    return drafts


def _home_of(part: Part, match: re.Match[str]) -> PlaceMention | None:
    """The district or province whose communes are counted: named right there, else that of the report."""
    level = "province" if match["home"] == "tỉnh" else "district"
    named = [m for m in part.places if m.level == level and match.start() < m.start <= match.end() + 2]
    if named or part.frame.level == level:
        return named[0] if named else None
    if level == "district":
        return part.known.places.district
    return PlaceMention(*match.span("home"), part.known.places.province_name(part.frame.province), level, "", "generic")


def _are_communes(part: Part, start: int, names: list[str]) -> bool:
    """Whether bare names are neither on the list of a count ("4 xã A, B …") nor those of a district or province."""
    if any(first <= start < end for first, end in part.names.values()):
        return False
    return not any(m.level != "commune" and m.name.endswith(tuple(names)) for m in part.places)


def _names(match: re.Match[str]) -> list[str]:
    """The names that such words list, without those that are none."""
    names = [n.strip().removeprefix("xã ").strip() for n in re.split(r",|;| và ", match["names"]) if n.strip()]
    return [n for n in names if n[:1].isupper() and all(w[:1].isupper() or w[:1].isdigit() for w in n.split())]


def _chain(text: str, start: int) -> list[re.Match[str]]:
    """Communes of other districts that stand right before the ones at `start`, with the same predicate."""
    chained = []
    for match in reversed(list(_CHAINED.finditer(text, 0, start + 3))):
        if text[match.end() : start].strip(" ,;") not in ("", "và"):
            break
        chained.insert(0, match)
        start = match.start()
    return chained


def _district(part: Part, quoted: list[tuple[int, int]]) -> list[Draft]:
    """The district itself as new-rural: the value is 1."""
    folded, drafts = _one_name(part), []
    for match in _districts(folded):
        words, at = match.group(), match.start()
        if _within(at, quoted):
            continue
        several = _SEVERAL.search(folded[max(0, at - 30) : at]) and not _THEY_ARE.match(folded, match.end())
        if _UNNAMED.match(words) and (several or words.startswith("huyện, ")):
            continue  # "9/9 huyện, thành phố hoàn thành nhiệm vụ", but "4 huyện đạt chuẩn gồm: A, B …"
        before = folded[max(0, at - 16) : at].removesuffix("các " if _LISTED in words else "")
        if before.endswith("công nhận tỉnh ") or _NUMBERED_BEHIND.match(folded, match.end()):
            continue  # "đề nghị Trung ương công nhận tỉnh hoàn thành nhiệm vụ xây dựng nông thôn mới"
        built = before.endswith("xây dựng ") and _BY_YEAR.match(folded, match.end())
        among = folded.endswith("một trong những ", 0, at)
        if not built and not among and _NOT_YET.search(before) and not _INTENDED.search(folded[max(0, at - 40) : at]):
            continue
        if before.endswith("trình ") and words.startswith(("huyện", "thị xã", "thành phố")):
            continue  # "hồ sơ đã trình huyện, tỉnh công nhận đạt chuẩn nông thôn mới"
        clause = folded[max(folded.rfind(",", 0, at), 0) : at]
        if _UNDONE.search(words):
            continue
        if words.startswith(_BY_DISTRICT) and re.search(r"\bxã\b", clause):
            continue
        if words.startswith(_RECEIVED) and _OF_COMMUNE.search(clause) and not _NAMES_DISTRICT.search(words):
            continue  # "xã X (Y) đón bằng công nhận đạt chuẩn nông thôn mới"
        if _OF_COMMUNE.search(clause) and _PART_OF.search(clause):
            continue
        if _SO_THAT.fullmatch(folded, 0, at):
            continue
        if part.frame.level == "commune" and not _NAMES_DISTRICT.search(words) and "cấp huyện" not in clause:
            continue  # "UBND xã … đón bằng công nhận đạt chuẩn nông thôn mới"
        # "hai xã … được huyện tập trung hỗ trợ để về đích nông thôn mới"
        helped = folded.endswith("được ", 0, at) and _OF_COMMUNE.search(folded[:at])
        if words.startswith("huyện") and (helped or _COMMUNE_IN.search(folded[max(0, at - 45) : at])):
            continue
        weak = not _DECIDED.search(folded)
        drafts.append(_made(part, "ntm_district", match, 1.0, "yes", "district_standard", weak))
    return drafts


def _districts(folded: str) -> Iterator[re.Match[str]]:
    """Words that say that a district is new-rural, without those that hold a commune, a village or a criterion."""
    position = 0
    while match := _DISTRICT.search(folded, position):
        words = match.group()
        smaller = _SMALLER.search(words.replace("thị xã", "")) or _VILLAGE.search(words)
        position = match.start() + 1 if smaller else match.end()
        if not smaller:
            yield match


def _one_name(part: Part) -> str:
    """The folded part in which a list of districts stands as one name: "các huyện A, B và C đạt chuẩn"."""
    folded = _NATIONAL.sub(lambda m: f"{m[1]}{' ' * (len(m[0]) - len(m[1]))}", part.folded)
    listed = [m for m in part.places if m.level == "district" and m.listed > 1]
    for first in listed[:: listed[0].listed] if listed else ():
        run = [m for m in listed if m.start >= first.start][: first.listed]
        start = first.start + len(first.name) - len(first.name.split(" ", 1)[1])
        end = _ADDRESS.match(folded, run[-1].end).end()
        folded = f"{folded[:start]}{_LISTED * (end - start)}{folded[end:]}"
    return folded


def _made(
    part: Part, indicator: str, match: re.Match[str], value: float, unit: str, rule: str, weak: bool = False
) -> Draft:
    """A draft whose quantity is the matched words themselves."""
    start, end = match.span()
    quantity = Quantity(start, end, start, start, value, unit)
    flags = ("weak_cue",) if weak else ()
    return draft(part.catalogue, part.start, indicator, quantity, (start, end), rule, flags=flags)


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _quoted(folded: str, inside: bool) -> list[tuple[int, int]]:
    """Spans between quotation marks; `inside`: the part begins within a quotation.

    >>> _quoted('xã "đạt chuẩn" và "xanh', False)
    [(3, 13), (18, 23)]
    """
    marks = ([-1] if inside else []) + [m.start() for m in re.finditer('"', folded)]
    marks += [len(folded)] if len(marks) % 2 else []
    spans = zip(marks[::2], marks[1::2], strict=True)
    return [(start, end) for start, end in spans if end - start < _SPEECH]
