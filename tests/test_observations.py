"""Observations: every figure leads back to its words, the same text gives the same table, no text breaks the reader."""

import os
import subprocess
import sys
import time
import unicodedata
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.indicators import load_catalogue
from analysis.observations import COLUMNS, Observation, extract, observe
from analysis.periods import bounds
from analysis.reports import Report

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = load_catalogue()
LEVELS = {"", "commune", "district", "province", "country"}
STATUSES = {"actual", "estimate", "target", "proposed"}
QUALIFIERS = {"=", ">", ">=", "<", "<=", "~"}
PAGE = """Huyện Đắk Mil: Kết quả giảm nghèo năm 2022

Đến cuối năm 2022, tỷ lệ hộ nghèo toàn huyện còn 3,41%, giảm 1,2% so với năm 2021; toàn huyện còn 812 hộ nghèo.
Huyện đã giải quyết việc làm cho 2.150 lao động, đạt 107,5% kế hoạch. Xã Đức Minh có tỷ lệ hộ nghèo 1,9%.
Thu ngân sách trên địa bàn ước đạt 98 tỷ đồng, bằng 86% so với cùng kỳ. Có 7/9 xã được công nhận nông thôn mới.
Năm 2023, huyện phấn đấu giảm tỷ lệ hộ nghèo xuống còn 2,5%, thu nhập bình quân đầu người đạt 52 triệu đồng/năm.
"""


def report(text=PAGE, **identity):
    return Report(id="page", text=text, **{"published": "2022-12-20", **identity})


def figures(observations):
    """What is read, without where it stands."""
    return [(o.indicator, o.value, o.of, o.place, o.period, o.status, o.plan_pct, o.yoy_pct) for o in observations]


def check(page):
    """Read a report and hold every observation against what is promised of all of them."""
    found = observe(page)
    for o in found:
        assert 0 <= o.start < o.end <= len(page.text)
        assert page.text[o.start : o.end] == o.quote
        assert o.report == page.id
        assert o.indicator in ENTRIES and o.unit == ENTRIES[o.indicator].unit
        assert o.level in LEVELS and o.status in STATUSES and o.qualifier in QUALIFIERS
        assert o.variant == "" or o.variant in ENTRIES[o.indicator].variants
        assert isinstance(o.value, float) and o.value == o.value
        assert o.value_max is None or abs(o.value_max) > abs(o.value)
        assert o.rule
        if o.period:
            assert bounds(o.period)[0] <= bounds(o.period)[1]
    assert [(o.start, o.end) for o in found] == sorted((o.start, o.end) for o in found)
    return found


# ---- the record and the table --------------------------------------------------------------------------------------


def test_the_columns_are_the_fields_of_an_observation():
    assert tuple(field.name for field in fields(Observation)) == COLUMNS


def test_the_table_has_the_columns_and_kinds_of_number_also_when_nothing_is_found():
    for table in (extract([report()]), extract([report("Trời đẹp.")]), extract([])):
        assert tuple(table.columns) == COLUMNS
        assert {str(table[name].dtype) for name in ("value", "value_max", "of", "plan_pct", "yoy_pct")} == {"float64"}
        assert {str(table[name].dtype) for name in ("start", "end")} == {"int64"}


def test_a_missing_text_is_empty_and_a_missing_number_is_nan():
    table = extract([report("Tỷ lệ hộ nghèo còn 3,41%.", published="")])
    row = table.iloc[0]
    assert (row["place"], row["place_code"], row["period"], row["variant"], row["where"]) == ("", "", "", "", "")
    assert table[["value_max", "of", "plan_pct", "yoy_pct"]].isna().all(axis=None)


def test_one_report_is_read_like_a_list_of_one():
    assert extract(report()).equals(extract([report()]))


def test_the_table_keeps_the_order_of_the_reports():
    pages = [replace(report(), id=name) for name in ("z", "a", "m")]
    assert list(dict.fromkeys(extract(pages)["report"])) == ["z", "a", "m"]


def test_reports_are_read_apart():
    other = Report(id="other", text="Tỷ lệ hộ nghèo của huyện Ba Chẽ còn 5%.", published="2020-12-01")
    assert figures(observe(other)) == [
        tuple(row)
        for row in extract([report(), other])
        .query("report == 'other'")[["indicator", "value", "of", "place", "period", "status", "plan_pct", "yoy_pct"]]
        .astype(object)
        .where(lambda frame: frame.notna(), None)
        .itertuples(index=False)
    ]


def test_a_whole_page_is_read():
    found = {(o.indicator, o.value, o.place, o.period, o.status) for o in check(report())}
    assert found >= {
        ("poverty_rate", 3.41, "huyện Đắk Mil", "2022", "actual"),
        ("poor_households", 812, "huyện Đắk Mil", "2022", "actual"),
        ("jobs_created", 2150, "huyện Đắk Mil", "2022", "actual"),
        ("poverty_rate", 1.9, "xã Đức Minh", "2022", "actual"),
        ("budget_revenue", 98, "huyện Đắk Mil", "2022", "estimate"),
        ("ntm_communes", 7, "huyện Đắk Mil", "2022", "actual"),
        ("poverty_rate", 2.5, "huyện Đắk Mil", "2023", "target"),
        ("income_per_capita", 52, "huyện Đắk Mil", "2023", "target"),
    }


# ---- evidence ------------------------------------------------------------------------------------------------------

SPELLINGS = {
    "as typed": PAGE,
    "letters and tones apart": unicodedata.normalize("NFD", PAGE),
    "no-break spaces": PAGE.replace(" ", "\u00a0"),
    "spaces doubled": PAGE.replace(" ", "  "),
    "line ends of Windows": PAGE.replace("\n", "\r\n"),
    "the eth for Đ": PAGE.replace("Đ", "Ð").replace("đ", "ð"),
    "invisible spaces within": PAGE.replace("hộ nghèo", "hộ\u200b nghèo"),
    "byte order mark within": "\ufeff" + PAGE,
    "soft hyphens": PAGE.replace("nghèo", "ng\u00adhèo"),
    "all at once": unicodedata.normalize("NFD", PAGE.replace("Đ", "Ð")).replace(" ", "\u00a0 ").replace("\n", "\r\n"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_quote_stands_where_the_offsets_say_in_the_text_as_it_was_written(spelling):
    assert len(check(report(SPELLINGS[spelling]))) >= 8


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_spelling_of_a_text_changes_no_figure(spelling):
    assert figures(observe(report(SPELLINGS[spelling]))) == figures(observe(report()))


def test_the_quote_holds_the_number_and_the_words_that_name_it():
    (o,) = observe(report("Theo báo cáo, tỷ lệ hộ nghèo của huyện Đắk Mil đến cuối năm 2022 còn 3,41%. Hết."))
    assert "3,41%" in o.quote and "tỷ lệ hộ nghèo" in o.quote and "Hết" not in o.quote


def test_a_quote_ends_with_its_words_also_where_a_space_is_missing():
    assert [o.quote for o in observe(report("Trong năm tăng 4%hộ nghèo."))] == ["tăng 4%hộ nghèo"]


# ---- the same text, the same table -----------------------------------------------------------------------------------


def test_the_same_reports_give_the_same_bytes_twice():
    once, twice = (extract([report(), report(SPELLINGS["all at once"])]).to_csv(index=False) for _ in range(2))
    assert once == twice


def test_the_order_of_sets_in_memory_changes_no_byte():
    command = [sys.executable, "-m", "analysis", "extract", "data/reports", "-o", "-", "--quiet"]
    tables = [
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True).stdout
        for seed in ("1", "2")
    ]
    assert len(tables[0].splitlines()) > 200 and tables[0] == tables[1]


def test_reading_changes_nothing_in_the_report():
    page = report()
    before = replace(page)
    observe(page)
    assert page == before


# ---- hostile text ----------------------------------------------------------------------------------------------------

SENTENCE = "Đến cuối năm 2022, tỷ lệ hộ nghèo toàn huyện còn 3,41%, giảm 1,2% so với năm 2021; có 7/9 xã đạt chuẩn. "
MUCH = 200_000
RUNS = {
    "nothing": "",
    "one letter": "a",
    "digits": "7" * MUCH,
    "grouped digits": "7.777." * (MUCH // 6),
    "digits and commas": "7," * (MUCH // 2),
    "fractions": "1/" * (MUCH // 2),
    "open brackets": "(" * MUCH,
    "closed brackets": ")" * MUCH,
    "pairs of brackets": "()" * (MUCH // 2),
    "underscores": "_" * MUCH,
    "underscores and spaces": "_ " * (MUCH // 2),
    "commas": "," * MUCH,
    "commas and spaces": ", " * (MUCH // 2),
    "spaces": " " * MUCH,
    "no-break spaces": "\u00a0" * MUCH,
    "line ends": "\r\n" * (MUCH // 2),
    "stops": "." * MUCH,
    "percent signs": "%" * MUCH,
    "dashes": "-" * MUCH,
    "quotation marks": '"' * MUCH,
    "tones without a letter": "a" + "\u0301" * MUCH,
    "invisible spaces": "\u200b" * MUCH,
    "phrases without a figure": "tỷ lệ hộ nghèo " * (MUCH // 15),
    "phrases in open brackets": "tỷ lệ hộ nghèo ( " * (MUCH // 17),
    "spaces before the figure": "tỷ lệ hộ nghèo" + " " * MUCH + "còn 5%",
    "commas before the figure": "tỷ lệ hộ nghèo" + ", " * (MUCH // 2) + "còn 5%",
    "underscores before the figure": "tỷ lệ hộ nghèo còn " + "_" * MUCH + " 5%",
}
# one sentence that does not end; the time grows with the square of its length
ENDLESS = {
    "figures": "5% " * 3_000,
    "numbers": "7 " * 4_000,
    "ratios": "9/9 xã, " * 1_500,
    "falls": "giảm từ 5% xuống 4%, " * 900,
    "years": "năm 2020 " * 2_000,
    "districts": "Huyện Ba Chẽ, " * 1_400,
    "words before the figure": "tỷ lệ hộ nghèo " + "của " * 4_000 + "còn 5%",
    "a whole report": SENTENCE.replace(".", ",").replace(";", ",") * 180,
}


def within(seconds, page):
    """Read a report in no more processor time than that."""
    start = time.process_time()
    found = check(page)
    spent = time.process_time() - start
    assert spent < seconds, f"{len(page.text)} characters took {spent:.1f} s"
    return found


@pytest.fixture(scope="module", autouse=True)
def ready():
    """What is loaded once is loaded before time is taken."""
    observe(report())


@pytest.mark.parametrize("name", RUNS)
def test_long_runs_of_one_sign_are_read_in_bounded_time(name):
    assert len(within(3, report(RUNS[name]))) <= 1


@pytest.mark.parametrize("name", ENDLESS)
def test_a_sentence_that_does_not_end_is_read_in_bounded_time(name):
    within(6, report(ENDLESS[name]))


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_sentence_repeated_for_200_kilobytes_is_read_once_and_in_bounded_time(end):
    text = (SENTENCE + end) * (MUCH // len(SENTENCE))
    assert figures(within(15, report(text))) == figures(observe(report(SENTENCE)))


def test_a_ratio_to_nothing_is_read_without_an_error():
    check(report("Toàn huyện có 7/0 hộ nghèo."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Giá trị sản xuất nông-lâm-ngư nghiệp 410 tỷ đồng; doanh thu thương mại-dịch vụ trên 2.300 tỷ đồng.",
            [("agri_production_value", 410, None, None), ("retail_sales", 2300, None, None)],
        ),
        (
            "Thu ngân sách 95 tỷ đồng (đạt 104% so với kế hoạch, tăng 6,5% so cùng kỳ).",
            [("budget_revenue", 95, 104, 106.5)],
        ),
        (
            "Thu ngân sách 95 tỷ đồng; giao quân đạt 100% chỉ tiêu; huy động quỹ đạt 88% kế hoạch.",
            [("budget_revenue", 95, None, None)],
        ),
        (
            "Huyện đưa tốc độ phát triển kinh tế đạt 8,4%, tăng 0,3% so với năm 2021.",
            [("growth_rate", 8.4, None, None)],
        ),
        ("Tốc độ tăng trưởng đàn vật nuôi bình quân 4%/năm; tốc độ tăng tổng thu ngân sách 9%.", []),
        ("Bình quân toàn huyện đạt 13,4/19 tiêu chí.", [("ntm_criteria_per_commune", 13.4, None, None)]),
    ],
)
def test_habits_of_newspapers(text, expected):
    found = observe(report(f"Năm 2022, huyện Đắk Mil có kết quả. {text}"))
    assert [(o.indicator, o.value, o.plan_pct, o.yoy_pct) for o in found] == expected


def test_a_fall_from_one_level_to_another_gives_both_also_over_a_comma():
    found = observe(report("Tỷ lệ hộ nghèo của huyện Đắk Mil giảm từ 12,4% năm 2021, xuống còn 9,8% năm 2022."))
    assert [(o.indicator, o.value, o.period) for o in found] == [
        ("poverty_rate", 12.4, "2021"),
        ("poverty_rate", 9.8, "2022"),
    ]


def test_a_bracket_between_a_count_and_its_predicate_is_passed_over():
    text = (
        "Cuối năm 2022, huyện Đắk Mil có 7/9 xã (chiếm 77,8%) đạt chuẩn nông thôn mới, trong đó có 3 xã đạt chuẩn nông "
        "thôn mới nâng cao (tăng 2 xã so với cuối năm 2021) và 1 xã đạt chuẩn nông thôn mới kiểu mẫu."
    )
    counts = [(o.indicator, o.value, o.of) for o in observe(report(text)) if o.unit == "communes"]
    assert counts == [("ntm_communes", 7, 9), ("ntm_advanced_communes", 3, None), ("ntm_model_communes", 1, None)]


def test_targets_that_are_exceeded_are_counted_exactly():
    (o,) = observe(report("Năm 2022, huyện Đắk Mil hoàn thành vượt mức 24/26 chỉ tiêu."))
    assert (o.value, o.of, o.qualifier, o.status) == (24, 26, "=", "actual")


# ---- prose at random -------------------------------------------------------------------------------------------------

FRAGMENTS = """
Đến cuối năm 2022,|năm 2021|6 tháng đầu năm 2023|giai đoạn 2016 - 2020|đến nay|cùng kỳ năm trước|năm học 2020-2021
|tháng 13/2020|quý IV/2019|từ đầu năm đến nay|ngày 31/02/2020|năm qua|cuối năm|nhiệm kỳ 2020-2025|năm 2.020
|tỷ lệ hộ nghèo|hộ cận nghèo|hộ nghèo|tỷ lệ hộ nghèo đa chiều|xã đạt chuẩn nông thôn mới|nông thôn mới nâng cao
|giải quyết việc làm|lao động|thu ngân sách|thu nhập bình quân đầu người|sản phẩm OCOP|bảo hiểm y tế|nhà tạm
|tốc độ tăng trưởng|giá trị sản xuất|tiêu chí|không còn hộ nghèo|huyện đạt chuẩn nông thôn mới|lần lượt|trong đó
|còn|giảm|giảm từ|xuống còn|tăng|tăng thêm|đạt|ước đạt|vượt|bằng|phấn đấu|mục tiêu|đề nghị công nhận|chiếm|có|thêm
|so với|kế hoạch|đạt 120% kế hoạch|vượt 12,5% chỉ tiêu|bằng 86% so với cùng kỳ|(KH 66,5 tỷ đồng)|mỗi năm|bình quân
|3,41%|1.5.2|4.735 tỷ đồng|12.5%|9/9 xã|0/0 xã|hai xã|mười lăm|0,9 - 1,2%|5-3%|2.150 lao động|52 triệu đồng
|999999999999999999999|1,|,5|-3|+4%|5 triệu đồng/người/tháng|từ 10 đến 5 xã|trên 90%|không quá 4%|30a/2008/NQ-CP
|huyện Ba Chẽ|xã Lương Mông|các xã Đồn Đạc, Thanh Sơn và Minh Cầm|tỉnh Quảng Ninh|TT huyện|TP. Huế|cả nước|và
|huyện|xã|thị trấn|thành phố|Toàn huyện|toàn tỉnh|HUYỆN BA CHẼ|huyện Không Có Thật|xã X|quận 1|phường 12
|Tin liên quan:|Mục tiêu năm 2024:|Lượt xem: 5.120|Nhiệm vụ trọng tâm
"""
SIGNS = [
    ".", ",", ";", ":", "(", ")", "()", "((", '"', "“", "”", "-", "–", "…", "%", "/", "\n", "\r\n", "\n\n", "\t", " ",
    "\xa0", "\u200b", "\ufeff", "_", "__", "*", "- ", "1. ", "I. ", "a)", "?", "!", "ð", "Ð", "hoà", "e\u0323\u0302",
    "İ", "ß", "ﬁ", "½", "²", "\u0663", "\uff13", "\U0001f600", "\x00", "\ufffd",
]  # fmt: skip
PIECES = [piece for piece in FRAGMENTS.replace("\n", "").split("|") if piece] + SIGNS
PROSE = st.builds(
    lambda pieces, joint: joint.join(pieces), st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from([" ", ""])
)


@settings(
    max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(text=PROSE, title=PROSE, place=st.sampled_from(["", "huyện Ba Chẽ", "tỉnh Lâm Đồng", "Không Có", "xã"]))
@example(text="", title="", place="")
def test_prose_at_random_is_read_without_an_error_and_with_its_evidence(text, title, place):
    for published in ("", "2022", "2022-12-20"):
        check(report(text, title=title[:200], place=place, published=published))


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(text=st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    check(report(text))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(text=PROSE, form=st.sampled_from(["NFC", "NFD"]))
def test_both_forms_of_unicode_give_the_same_figures(text, form):
    composed = unicodedata.normalize("NFC", text)
    assert figures(check(report(unicodedata.normalize(form, composed)))) == figures(observe(report(composed)))


def test_two_values_for_one_thing_are_both_doubted():
    """A part told like the whole is not known by its words; rounded repeats and other years are no rivals."""
    text = (
        "Năm 2022, tỷ lệ hộ nghèo toàn huyện là 5,96%; thu nhập bình quân đầu người đạt 41,6 triệu đồng. "
        "Năm 2022, tỷ lệ hộ nghèo là 1,44%; năm 2021, tỷ lệ hộ nghèo là 7,2%. "
        "Năm 2022, thu nhập bình quân đầu người đạt gần 42 triệu đồng."
    )
    found = observe(report(text, title="Huyện Đắk Mil: Kết quả năm 2022"))
    assert {(o.value, o.flags) for o in found if o.indicator == "poverty_rate"} == {
        (5.96, "contested"), (1.44, "contested"), (7.2, ""),
    }  # fmt: skip
    assert all(o.flags == "" for o in found if o.indicator == "income_per_capita")


@pytest.mark.parametrize("opening, flags", [("Toàn huyện", "period_inferred"), ("Đến cuối năm 2022, huyện", "")])
def test_what_grows_during_the_year_needs_a_date(opening, flags):
    """Communes so far are those of the day on which it is told, shares of the poor those of the yearly review."""
    jobs = "Năm 2022, huyện giải quyết việc làm cho 2.150 lao động."
    page = report(f"{jobs} {opening} có 7/9 xã đạt chuẩn nông thôn mới.", title="Huyện Đắk Mil: Kết quả năm 2022")
    found = [o for o in observe(page) if o.indicator == "ntm_communes"]
    assert [(o.value, o.flags) for o in found] == [(7, flags)]


def test_a_place_that_the_gazetteer_does_not_know_is_flagged():
    found = observe(report("Năm 2022, tỷ lệ hộ nghèo là 5,96%.", title="Kết quả năm 2022", place="-2020-2025&catid=19"))
    assert [(o.value, o.flags) for o in found] == [(5.96, "place_unresolved")]


# --- pages that go through several places --------------------------------------------------------------------------


def places_of(text, title="", published="2022-07-08"):
    return [(o.place, o.value) for o in observe(Report(id="x", text=text, title=title, published=published))]


@pytest.mark.parametrize(
    "heads",
    [
        ("BA CHẼ - ", "BÌNH LIÊU - ", "TIÊN YÊN - "),
        ("Ba Chẽ: ", "Bình Liêu: ", "Tiên Yên: "),
        ("* Ba Chẽ: ", "* Bình Liêu: ", "* Tiên Yên: "),
        ("Ba Chẽ\n", "Bình Liêu\n", "Tiên Yên\n"),
        ("BA CHẼ. ", "BÌNH LIÊU. ", "TIÊN YÊN. "),
        ("Đảng bộ huyện Ba Chẽ: ", "Đảng bộ huyện Bình Liêu: ", "Đảng bộ huyện Tiên Yên: "),
    ],
)
def test_a_paragraph_of_a_digest_is_about_the_place_with_which_it_begins(heads):
    told = (
        "6 tháng đầu năm 2022, huyện thu ngân sách 31,4 tỷ đồng.",
        "Đến hết tháng 6/2022, 98,2% dân số toàn huyện tham gia bảo hiểm y tế.",
        "Đến nay, huyện có 17 sản phẩm OCOP.",
    )
    text = "\n\n".join(head + words for head, words in zip(heads, told, strict=True))
    found = places_of(text, title="Tin từ cơ sở")
    assert found == [("huyện Ba Chẽ", 31.4), ("huyện Bình Liêu", 98.2), ("huyện Tiên Yên", 17.0)]


def test_a_dateline_is_no_heading():
    text = "QUẢNG NINH - Năm 2021, huyện Ba Chẽ còn 3,2% hộ nghèo.\n\nBÌNH LIÊU - Huyện thu ngân sách 40 tỷ đồng."
    found = places_of(text, title="Huyện Ba Chẽ giảm nghèo")
    assert found[0] == ("huyện Ba Chẽ", 3.2)


def test_a_list_gives_its_unit_once():
    text = "Năm 2021, toàn tỉnh Bến Tre giải quyết việc làm cho 12.480 lao động: huyện Chợ Lách 905, "
    text += "Ba Tri 1.524, Giồng Trôm 1.358."
    found = places_of(text, published="2022-01-10")
    assert set(found) >= {("huyện Chợ Lách", 905.0), ("huyện Ba Tri", 1524.0), ("huyện Giồng Trôm", 1358.0)}


def test_a_question_names_what_its_answer_counts():
    text = (
        "PV: Thưa ông, tỷ lệ hộ nghèo của huyện Ba Chẽ cuối năm 2021 là bao nhiêu?\n"
        "Chủ tịch UBND huyện: 3,27%, giảm 1,1% so với năm 2020."
    )
    found = {(o.indicator, o.value, o.period) for o in observe(Report(id="x", text=text, published="2022-01-10"))}
    assert ("poverty_rate", 3.27, "2021") in found
