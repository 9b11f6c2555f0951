"""The words and number forms that a reader sees, in Vietnamese and in English.

One place for the labels of flags, statuses, levels, qualifiers and marks, and for writing numbers, dates and periods.
It knows no DataFrame and computes nothing: what a figure *is* the other modules decide, here it gets its name.
Every function takes `lang`: "vi" (default), "en", or "vi-en" for both, Vietnamese first.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

LANGUAGES = ("vi", "en", "vi-en")


class UnknownWord(ValueError):
    """A code that has no word, or a language that the suite does not speak."""


@dataclass(frozen=True)
class Word:
    """A label in both languages and, where it needs one, the sentence that explains it."""

    vi: str
    en: str
    meaning_vi: str = ""
    meaning_en: str = ""

    def label(self, lang: str = "vi") -> str:
        return say(self.vi, self.en, lang)

    def meaning(self, lang: str = "vi") -> str:
        return say(self.meaning_vi, self.meaning_en, lang)


FLAGS: dict[str, Word] = {
    "ambiguous_plan": Word(
        "so với kế hoạch: hiểu được hai cách", "share of plan can be read two ways",
        "“Vượt 180% chỉ tiêu” có thể là 180% hoặc 280% kế hoạch; ở đây hiểu theo nghĩa đen (280%).",
        "“Vượt 180%” may mean 180% or 280% of the plan; it is taken literally (280%)."),
    "place_unresolved": Word(
        "chưa xác định được địa bàn", "place not identified",
        "Tên địa bàn không có trong danh mục hành chính hoặc trùng với nơi khác; số liệu chưa dùng để so sánh.",
        "The name is not in the gazetteer or fits several places; the figure takes no part in comparisons."),
    "place_inferred": Word(
        "địa bàn suy ra từ báo cáo", "place inferred from the report",
        "Câu văn không nêu địa bàn; lấy theo huyện mà báo cáo viết về.",
        "The sentence names no place; the district that the report is about was taken."),
    "period_inferred": Word(
        "thời kỳ suy ra", "period inferred",
        "Câu văn không nêu thời kỳ; suy ra từ tiêu đề, đoạn văn hoặc ngày đăng báo cáo.",
        "The sentence states no period; it follows from the headline, the paragraph or the date of publication."),
    "range_in_source": Word(
        "nguồn ghi một khoảng", "the source prints a range",
        "Nguồn ghi khoảng từ a đến b; bảng ghi số đầu, số cuối nằm ở cột “Đến (giá trị)”.",
        "The source prints a range a–b; tables show a, and b stands in the column “Upper value”."),
    "standard_changed": Word(
        "khác chuẩn, không so sánh trực tiếp", "different definition, not comparable",
        "Chuẩn hoặc định nghĩa thay đổi giữa hai kỳ; chênh lệch có thể do đổi chuẩn chứ không phải do kết quả.",
        "The definition changed between the periods; a difference may be due to the change and not to a result."),
    "decimal_point": Word(
        "dấu chấm thập phân", "decimal point",
        "Nguồn viết dấu chấm thay cho dấu phẩy thập phân (12.5%); cần xem lại.",
        "The source writes a point for the decimal comma (12.5%); please check."),
    "number_unclear": Word(
        "số chưa rõ", "number unclear",
        "Con số trong nguồn viết sai hoặc không đọc được chắc chắn.",
        "The number in the source is misprinted or can not be read with certainty."),
    "unit_inferred": Word(
        "đơn vị tính suy ra", "unit inferred",
        "Nguồn không ghi đơn vị tính; lấy theo chỉ tiêu.",
        "The source states no unit; the unit of the indicator was taken."),
    "arithmetic_mismatch": Word(
        "các số không khớp nhau", "figures do not add up",
        "Các số trong cùng nguồn không khớp khi tính lại (tử số, mẫu số, tỷ lệ, tổng hoặc % kế hoạch).",
        "Figures of the same source do not agree when recomputed (count, total, share or % of plan)."),
    "implausible": Word(
        "ngoài khoảng hợp lý", "outside the plausible range",
        "Giá trị nằm ngoài khoảng thường gặp của chỉ tiêu; cần đối chiếu với nguồn.",
        "The value lies outside the usual range of the indicator; please check against the source."),
    "conflict": Word(
        "các nguồn không thống nhất", "sources disagree",
        "Có nguồn khác ghi giá trị khác cho cùng địa bàn, chỉ tiêu và thời kỳ; cả hai đều được giữ lại.",
        "Another source prints another value for the same place, indicator and period; both are kept."),
    "contested": Word(
        "báo cáo nêu hai giá trị", "two values in the report",
        "Cùng báo cáo nêu hai giá trị cho cùng địa bàn, chỉ tiêu, thời kỳ; một trong hai có thể là của một phần địa bàn"
        " hoặc của thời điểm khác.",
        "The report states two values for the same place, indicator and period; one of them may be of a part of the"
        " place or of another time."),
    "ocr": Word(
        "nhận dạng từ ảnh quét", "read from a scan",
        "Văn bản được nhận dạng từ ảnh quét, có thể sai chữ số.",
        "The text was recognised from a scanned page; digits may be wrong."),
    "weak_cue": Word(
        "chỉ tiêu nhận biết chưa chắc", "indicator weakly supported",
        "Từ ngữ trong câu chỉ gợi ý chỉ tiêu, không nêu đầy đủ tên.",
        "The words suggest the indicator but do not name it in full."),
    "scope_inferred": Word(
        "phạm vi suy ra", "scope inferred",
        "Nguồn không nói rõ số liệu tính cho toàn địa bàn hay một phần.",
        "The source does not say whether the figure covers the whole place or a part."),
    "status_inferred": Word(
        "loại số liệu suy ra", "status inferred",
        "Nguồn không nói rõ đây là số thực hiện, ước tính hay kế hoạch.",
        "The source does not say whether this is a result, an estimate or a plan."),
    "header_inferred": Word(
        "tiêu đề bảng suy ra", "table heading inferred",
        "Ý nghĩa của cột hoặc hàng được suy ra vì tiêu đề bảng trong nguồn không đầy đủ.",
        "The meaning of the column or row was inferred from an incomplete table heading."),
    "derived": Word(
        "số tính toán", "computed figure",
        "Nguồn không in số này; được tính từ các số in trong nguồn.",
        "The source does not print this figure; it was computed from printed ones."),
    "corrected": Word(
        "đã hiệu chỉnh", "corrected",
        "Người rà soát đã sửa số liệu này; lý do ghi trong tệp hiệu chỉnh.",
        "A reviewer corrected this figure; the reason is in the corrections file."),
    "estimate_not_final": Word(
        "số ước tính", "estimate, not final",
        "Số ước thực hiện, chưa phải số chính thức.",
        "An expected result, not the final figure."),
    "newly_not_total": Word(
        "số tăng thêm, không phải lũy kế", "newly added, not the total",
        "Số mới đạt trong kỳ, không phải tổng số đến cuối kỳ.",
        "The number gained in the period, not the total at its end."),
    "subgroup": Word(
        "chỉ một nhóm", "a subgroup only",
        "Số liệu chỉ tính cho một nhóm (ví dụ khu vực nông thôn, hộ dân tộc thiểu số).",
        "The figure covers a subgroup only (for example rural areas, ethnic minority households)."),
    "two_plans": Word(
        "có hai kế hoạch", "two plans stated",
        "Nguồn so với hai kế hoạch (tỉnh giao và huyện đề ra); bảng dùng kế hoạch nêu trước.",
        "The source compares with two plans (the province's and the district's own); the first one is shown."),
    "boundary_changed": Word(
        "thay đổi địa giới", "boundaries changed",
        "Địa giới hành chính thay đổi giữa hai kỳ (chia tách, sáp nhập); số liệu không cùng phạm vi.",
        "The boundaries changed between the periods (merger or split); the figures do not cover the same area."),
    "table_unmatched": Word(
        "dòng bảng chưa hiểu", "table row not understood",
        "Dòng hoặc cột của bảng trong nguồn chưa khớp với chỉ tiêu nào.",
        "A row or column of a table in the source fits no indicator."),
}

STATUSES: dict[str, Word] = {
    "actual": Word("thực hiện", "actual", "Nguồn nêu là kết quả đã đạt.", "Stated as reached."),
    "estimate": Word("ước tính", "estimate", "Nguồn nêu là ước thực hiện, ước đạt hoặc sơ bộ.",
                     "Stated as expected or preliminary."),
    "target": Word("kế hoạch", "target", "Chỉ tiêu kế hoạch, mục tiêu phấn đấu.", "A plan or a goal."),
    "proposed": Word("đề nghị công nhận", "proposed", "Đã trình đề nghị công nhận, chưa có quyết định.",
                     "Filed for recognition, not yet decided."),
}

LEVELS: dict[str, Word] = {
    "country": Word("cả nước", "country"),
    "province": Word("cấp tỉnh", "province"),
    "district": Word("cấp huyện", "district"),
    "commune": Word("cấp xã", "commune"),
    "group": Word("nhóm huyện", "group of districts"),
}

QUALIFIERS: dict[str, Word] = {
    "=": Word("", ""),
    "~": Word("khoảng", "about"),
    ">": Word("trên", "more than"),
    ">=": Word("ít nhất", "at least"),
    "<": Word("dưới", "less than"),
    "<=": Word("không quá", "at most"),
}

KINDS: dict[str, Word] = {
    "rate": Word("tỷ lệ, mức", "rate"),
    "stock": Word("số thời điểm", "stock"),
    "flow": Word("số thời kỳ", "flow"),
}

DIRECTIONS: dict[str, Word] = {
    "higher_better": Word("cao hơn là tốt hơn", "higher is better"),
    "lower_better": Word("thấp hơn là tốt hơn", "lower is better"),
    "neutral": Word("không xếp hạng tốt, xấu", "neither is better"),
}

ORIGINS: dict[str, Word] = {
    "report": Word("báo cáo", "report", "Trích từ văn bản báo cáo.", "Read from the text of a report."),
    "published": Word("số liệu đã công bố", "published figure", "Lấy từ bảng số liệu đã công bố có ghi nguồn.",
                      "Taken from the table of published figures with their sources."),
}

VARIANTS: dict[str, Word] = {
    "all": Word("toàn bộ", "all"),
    "rural": Word("khu vực nông thôn", "rural areas"),
    "urban": Word("khu vực thành thị", "urban areas"),
    "national_line": Word("chuẩn nghèo quốc gia", "national poverty line"),
    "local_line": Word("chuẩn nghèo riêng của địa phương", "the place's own poverty line"),
    "survey": Word("theo điều tra mẫu", "sample survey"),
    "poor_only": Word("chỉ hộ nghèo", "poor households only"),
    "poor_and_near_poor": Word("hộ nghèo và hộ cận nghèo", "poor and near-poor households"),
    "over_period": Word("cả kỳ", "over the period"),
    "per_year": Word("bình quân mỗi năm", "average per year"),
    "escaped": Word("số hộ thoát nghèo", "households that escaped"),
    "net_fall": Word("mức giảm ròng", "net fall"),
    "recognised": Word("đã có quyết định công nhận", "recognised by decision"),
    "meets_criteria": Word("đạt đủ tiêu chí, chưa có quyết định", "meets all criteria, no decision yet"),
    "new": Word("mới", "new"),
    "cumulative": Word("lũy kế", "cumulative"),
    "valid": Word("còn hiệu lực", "still valid"),
    "enrolled": Word("được tuyển sinh", "enrolled"),
    "completed": Word("đã tốt nghiệp", "completed"),
    "vocational": Word("qua đào tạo nghề", "vocational training"),
    "certified": Word("có bằng cấp, chứng chỉ", "with a certificate"),
    "in_area": Word("thu trên địa bàn", "collected in the area"),
    "total_with_transfers": Word("tổng thu, gồm bổ sung từ cấp trên", "total with transfers"),
    "constant_prices": Word("giá so sánh", "constant prices"),
    "current_prices": Word("giá hiện hành", "current prices"),
    "economy": Word("toàn nền kinh tế", "whole economy"),
    "production_value": Word("giá trị sản xuất", "production value"),
    "hygienic": Word("nước hợp vệ sinh", "hygienic water"),
    "clean_standard": Word("nước sạch theo quy chuẩn", "clean water by the standard"),
    "yearly": Word("công nhận hằng năm", "title of the year"),
    "three_years": Word("ba năm liền", "three years running"),
    "level_2": Word("mức độ 2", "level 2"),
    "built": Word("xây mới", "built"),
    "repaired": Word("sửa chữa", "repaired"),
    "council": Word("chỉ tiêu HĐND giao", "targets of the People's Council"),
    "party_congress": Word("chỉ tiêu đại hội Đảng", "targets of the Party congress"),
    "province": Word("chỉ tiêu tỉnh giao", "targets set by the province"),
    "compulsory": Word("bắt buộc", "compulsory"),
    "voluntary": Word("tự nguyện", "voluntary"),
    "standard": Word("đạt chuẩn", "standard"),
    "model": Word("kiểu mẫu", "model"),
    "underweight": Word("thể nhẹ cân", "underweight"),
    "stunting": Word("thể thấp còi", "stunting"),
}

STANDARD_BASES: dict[str, Word] = {
    "stated": Word("nguồn nêu rõ", "stated by the source"),
    "period": Word("suy ra từ thời kỳ", "follows from the period"),
    "": Word("chưa rõ", "unknown"),
}

SEVERITIES: dict[str, Word] = {
    "error": Word("phải sửa", "error"),
    "warning": Word("cần xem lại", "warning"),
    "info": Word("để biết", "note"),
}

MARKS: dict[str, Word] = {
    "-": Word("-", "-", "Không có hiện tượng phát sinh.", "The phenomenon did not occur."),
    "...": Word("...", "...", "Có phát sinh nhưng chưa thu thập được số liệu.",
                "It occurred, but no figure was collected."),
    "": Word("(để trống)", "(blank)", "Không áp dụng.", "Not applicable."),
}

NOT_COLLECTED = "..."
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def first_lower(text: str) -> str:
    """A name as it stands within a sentence: with a small first letter."""
    return text[:1].lower() + text[1:]


def say(vi: str, en: str, lang: str = "vi") -> str:
    """The Vietnamese words, the English ones, or both; raises UnknownWord for another language.

    >>> say("Nguồn", "Source"), say("Nguồn", "Source", "en"), say("Nguồn", "Source", "vi-en")
    ('Nguồn', 'Source', 'Nguồn / Source')
    >>> say("GRDP", "GRDP", "vi-en")
    'GRDP'
    """
    if lang == "vi":
        return vi
    if lang == "en":
        return en
    if lang == "vi-en":
        return vi if vi == en or not en else en if not vi else f"{vi} / {en}"
    raise UnknownWord(f"Unknown language {lang!r}; write one of: {', '.join(LANGUAGES)}.")


def _look_up(table: dict[str, Word], code: str, what: str) -> Word:
    if code not in table:
        known = ", ".join(repr(key) for key in table)
        raise UnknownWord(f"No word for the {what} {code!r}; known: {known}. Add it to analysis/words.py.")
    return table[code]


def flag_text(code: str, lang: str = "vi") -> str:
    """The short label of a flag.

    >>> flag_text("conflict"), flag_text("conflict", "en")
    ('các nguồn không thống nhất', 'sources disagree')
    """
    return _look_up(FLAGS, code, "flag").label(lang)


def flag_meaning(code: str, lang: str = "vi") -> str:
    """The sentence that explains a flag, for notes under a table or figure."""
    return _look_up(FLAGS, code, "flag").meaning(lang)


def flags_text(flags: str, lang: str = "vi", separator: str = "; ") -> str:
    """The labels of flags joined with "|", as the tables carry them; an unknown code stays as it is.

    >>> flags_text("conflict|ocr"), flags_text(""), flags_text("no_such_flag")
    ('các nguồn không thống nhất; nhận dạng từ ảnh quét', '', 'no_such_flag')
    """
    codes = [code for code in flags.split("|") if code]
    return separator.join(FLAGS[code].label(lang) if code in FLAGS else code for code in codes)


def status_text(status: str, lang: str = "vi") -> str:
    """The word for a status.

    >>> status_text("target"), status_text("estimate", "en")
    ('kế hoạch', 'estimate')
    """
    return _look_up(STATUSES, status, "status").label(lang)


def level_text(level: str, lang: str = "vi") -> str:
    """The word for an administrative level.

    >>> level_text("district")
    'cấp huyện'
    """
    return _look_up(LEVELS, level, "level").label(lang)


def variant_text(variant: str, lang: str = "vi") -> str:
    """The words for a variant of an indicator; an unknown one stays, written with spaces.

    >>> variant_text("rural"), variant_text("net_fall", "en"), variant_text("new_variant")
    ('khu vực nông thôn', 'net fall', 'new variant')
    """
    return VARIANTS[variant].label(lang) if variant in VARIANTS else variant.replace("_", " ")


def severity_text(severity: str, lang: str = "vi") -> str:
    """The word for how serious a finding is; an unknown one stays as it is.

    >>> severity_text("warning"), severity_text("odd")
    ('cần xem lại', 'odd')
    """
    return SEVERITIES[severity].label(lang) if severity in SEVERITIES else severity


def qualifier_text(qualifier: str, lang: str = "vi") -> str:
    """The word before a number that is not exact; empty for "=".

    >>> qualifier_text("~"), qualifier_text(">"), qualifier_text("=")
    ('khoảng', 'trên', '')
    """
    return _look_up(QUALIFIERS, qualifier or "=", "qualifier").label(lang)


def unit_text(unit: str, lang: str = "vi") -> str:
    """The label of a unit ("ĐVT"); an unknown unit stays as it is.

    >>> unit_text("no_such_unit")
    'no_such_unit'
    """
    from analysis.indicators import UNITS

    return say(UNITS[unit][0], UNITS[unit][1], lang) if unit in UNITS else unit


def unit_decimals(unit: str) -> int:
    """How many decimals figures of this unit are written with; 2 for an unknown unit."""
    from analysis.indicators import UNITS

    return UNITS[unit][2] if unit in UNITS else 2


def format_number(value: float | None, decimals: int | None = None, lang: str = "vi") -> str:
    """A number with the marks of the language: "4.735,5" in Vietnamese, "4,735.5" in English; a missing one is "...".

    Without `decimals` it keeps those that the number has, at most three.

    >>> format_number(4735.5), format_number(4735.5, lang="en"), format_number(9.2, 2), format_number(-1.43)
    ('4.735,5', '4,735.5', '9,20', '−1,43')
    >>> format_number(float("nan")), format_number(None), format_number(-0.0001, 1)
    ('...', '...', '0,0')
    """
    if value is None or value != value:
        return NOT_COLLECTED
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    text = f"{value:,.{3 if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    text = text.replace("-", "−")
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def format_value(value: float | None, unit: str, lang: str = "vi", decimals: int | None = None) -> str:
    """A number with its unit as it stands in a sentence: "9,25%", "1.234 hộ", "−1,43 điểm %".

    >>> format_value(None, "percent")
    '...'
    """
    number = format_number(value, decimals, lang)
    if number == NOT_COLLECTED:
        return number
    if unit == "percent":
        return number + "%"
    return f"{number} {unit_text(unit, 'vi' if lang == 'vi-en' else lang)}".strip()


def format_date(iso: str, lang: str = "vi") -> str:
    """An ISO date as a reader writes it; a bare year or month stays as exact as it is.

    >>> format_date("2023-12-05"), format_date("2023-12"), format_date("2023"), format_date("")
    ('05/12/2023', '12/2023', '2023', '')
    >>> format_date("2023-12-05", "en"), format_date("2023-12", "en"), format_date("khoảng 2023")
    ('5 December 2023', 'December 2023', 'khoảng 2023')
    """
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", iso or ""):
        return iso or ""
    parts = iso.split("-")
    if lang == "en":
        month = [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
        return " ".join([str(int(part)) for part in parts[2:]] + month + parts[:1])
    return "/".join(reversed(parts))


def format_period(period: str, lang: str = "vi", short: bool = False) -> str:
    """A period in words: for a sentence, or short for the head of a column; an unknown form stays as it is.

    >>> [format_period(p) for p in ("2020", "2020-H1", "2020-9M", "2020-Q3", "2020-06", "2016/2020")]
    ['năm 2020', '6 tháng đầu năm 2020', '9 tháng đầu năm 2020', 'quý III/2020', 'tháng 6/2020', 'giai đoạn 2016–2020']
    >>> [format_period(p, short=True) for p in ("2020", "2020-H2", "2020-9M", "2020-Q3", "2020-06", "2016/2020")]
    ['2020', '6 tháng cuối 2020', '9 tháng 2020', 'Quý III/2020', 'Tháng 6/2020', '2016–2020']
    >>> [format_period(p, "en") for p in ("2020", "2020-H1", "2020-9M", "2020-Q3", "2020-06", "2016/2020")]
    ['2020', 'first half of 2020', 'first 9 months of 2020', 'Q3 2020', 'June 2020', '2016–2020']
    >>> format_period(""), format_period("", "en"), format_period("mùa mưa")
    ('chưa rõ thời kỳ', 'period unknown', 'mùa mưa')
    """
    if lang == "vi-en":
        return say(format_period(period, "vi", short), format_period(period, "en", short), lang)
    if not period:
        return say("chưa rõ thời kỳ", "period unknown", lang)
    if re.fullmatch(r"\d{4}", period):
        return say(period if short else f"năm {period}", period, lang)
    if match := re.fullmatch(r"(\d{4})/(\d{4})", period):
        span = f"{match[1]}–{match[2]}"
        return say(span if short else f"giai đoạn {span}", span, lang)
    if match := re.fullmatch(r"(\d{4})-H([12])", period):
        vi = "đầu" if match[2] == "1" else "cuối"
        en = "first" if match[2] == "1" else "second"
        return say(f"6 tháng {vi} {'' if short else 'năm '}{match[1]}",
                   f"H{match[2]} {match[1]}" if short else f"{en} half of {match[1]}", lang)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})M", period):
        return say(f"{match[2]} tháng {'' if short else 'đầu năm '}{match[1]}",
                   f"{match[2]}M {match[1]}" if short else f"first {match[2]} months of {match[1]}", lang)
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", period):
        return say(f"{'Q' if short else 'q'}uý {_ROMAN[match[2]]}/{match[1]}", f"Q{match[2]} {match[1]}", lang)
    if (match := re.fullmatch(r"(\d{4})-(\d{2})", period)) and 1 <= int(match[2]) <= 12:
        month = _MONTHS[int(match[2]) - 1]
        return say(f"{'T' if short else 't'}háng {int(match[2])}/{match[1]}",
                   f"{month[:3] if short else month} {match[1]}", lang)
    return period


def collation_key(text: str) -> tuple:
    """The key that sorts Vietnamese words as a dictionary does: Đ after D, tones last, numbers by size.

    >>> sorted(["huyện Đông Hà", "huyện Duy Tiên", "huyện Bà Rịa", "huyện Ba Vì", "huyện Ân Thi"], key=collation_key)
    ['huyện Ân Thi', 'huyện Bà Rịa', 'huyện Ba Vì', 'huyện Duy Tiên', 'huyện Đông Hà']
    >>> sorted(["Quận 10", "Quận 2"], key=collation_key)
    ['Quận 2', 'Quận 10']
    """
    letters, tones = [], []
    for part in re.findall(r"\d+|\D", unicodedata.normalize("NFC", text).casefold()):
        if part.isdigit():
            letters.append((1, int(part)))
            continue
        marks = unicodedata.normalize("NFD", part)
        tone = "".join(mark for mark in marks if mark in _TONES)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        letters.append((2, _ALPHABET.index(base)) if base in _ALPHABET else (0, ord(base[0])))
        tones.append(_TONES.index(tone) if tone else 0)
    return tuple(letters), tuple(tones)


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\0\u0300\u0309\u0303\u0301\u0323"  # level, huyền, hỏi, ngã, sắc, nặng
