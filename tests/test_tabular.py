"""Tables to observations: layouts as offices use them, each with the figures that must come out and nothing else."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.cells.figures import read_figure
from analysis.indicators import load_catalogue
from analysis.places import load_gazetteer
from analysis.reports import Report
from analysis.tables import Cell, render, rows_to_cells
from analysis.tabular import observe_tables, read_tables

BC = "huyện Ba Chẽ"


def report_of(rows, caption="", title="Kết quả năm 2022 huyện Ba Chẽ", published="2022-12-20", **more):
    """A report with one table; a row is a line with bars, ">" continues the cell to the left, "^" the one above."""
    grid = [
        [None if cell.strip() in (">", "^") else cell.strip() for cell in row.split("|")]
        for row in rows.strip().split("\n")
    ]
    cells = rows_to_cells(grid, lambda row, column: f"bảng 1, dòng {row + 1}, cột {column + 1}")
    head = f"{title}\n{caption}\n"
    text, table = render(cells, "bảng 1", caption, len(head))
    return Report("r", head + text, title=title, published=published, tables=(table,), **more)


def facts(report):
    made = set()
    for found in observe_tables(report, load_catalogue(), load_gazetteer()):
        assert report.text[found.start : found.end] == found.quote and found.where.startswith("bảng 1, dòng")
        more = tuple(
            f"{name}={value:g}"
            for name in ("plan_pct", "yoy_pct", "of", "value_max")
            if (value := getattr(found, name)) is not None
        )
        more += (found.qualifier,) if found.qualifier != "=" else ()
        made.add((found.place, found.indicator, found.value, found.period, found.status, *more))
    return made


def findings(report, code):
    return [found for found in read_tables(report, load_catalogue(), load_gazetteer()).findings if found.code == code]


CASES = {
    "year blocks over plan and result": (
        """TT|Chỉ tiêu|ĐVT|TH năm 2021|Năm 2022|>|So sánh (%)|>
           ^|^|^|^|Kế hoạch|Ước TH|TH 2021|KH 2022
           1|Giải quyết việc làm|người|1.000|1.200|1.260|126|105
           2|Tỷ lệ hộ nghèo|%|5,0|4,2|4,0||""",
        {
            (BC, "jobs_created", 1000, "2021", "actual"),
            (BC, "jobs_created", 1200, "2022", "target"),
            (BC, "jobs_created", 1260, "2022", "estimate", "plan_pct=105", "yoy_pct=126"),
            (BC, "poverty_rate", 5.0, "2021", "actual"),
            (BC, "poverty_rate", 4.2, "2022", "target"),
            (BC, "poverty_rate", 4.0, "2022", "estimate"),
        },
    ),
    "parts under a heading, ditto marks": (
        """TT|Chỉ tiêu|Đơn vị tính|Kế hoạch|Thực hiện
           1|Giảm nghèo|||
           |- Số hộ nghèo|hộ|300|280
           |- Số hộ cận nghèo|"|400|390
           |- Tỷ lệ hộ nghèo|%|6,0|5,6
           |Trong đó: dân tộc thiểu số|%|9|8,5
           2|Xây dựng nông thôn mới|||
           |- Số xã đạt chuẩn NTM|xã|5|5
           |- Số xã đạt chuẩn NTM nâng cao|xã|2|1""",
        {
            (BC, "poor_households", 300, "2022", "target"),
            (BC, "poor_households", 280, "2022", "actual"),
            (BC, "near_poor_households", 400, "2022", "target"),
            (BC, "near_poor_households", 390, "2022", "actual"),
            (BC, "poverty_rate", 6.0, "2022", "target"),
            (BC, "poverty_rate", 5.6, "2022", "actual"),
            (BC, "ntm_communes", 5, "2022", "target"),
            (BC, "ntm_communes", 5, "2022", "actual"),
            (BC, "ntm_advanced_communes", 2, "2022", "target"),
            (BC, "ntm_advanced_communes", 1, "2022", "actual"),
        },
    ),
    "number and rate below one name": (
        """STT|Nội dung|Năm 2021|>|Năm 2022|>
           ^|^|Số hộ|Tỷ lệ (%)|Số hộ|Tỷ lệ (%)
           1|Hộ nghèo|512|9,1|430|7,6
           2|Hộ cận nghèo|300|5,3|310|5,5""",
        {
            (BC, "poor_households", 512, "2021", "actual"),
            (BC, "poverty_rate", 9.1, "2021", "actual"),
            (BC, "poor_households", 430, "2022", "actual"),
            (BC, "poverty_rate", 7.6, "2022", "actual"),
            (BC, "near_poor_households", 300, "2021", "actual"),
            (BC, "near_poverty_rate", 5.3, "2021", "actual"),
            (BC, "near_poor_households", 310, "2022", "actual"),
            (BC, "near_poverty_rate", 5.5, "2022", "actual"),
        },
    ),
    "half a year, the whole year, the next plan": (
        """TT|Chỉ tiêu|ĐVT|KH năm 2022|TH 6 tháng đầu năm 2022|Ước TH cả năm 2022|So với KH (%)|KH 2023|KH 2023/TH 2022
           1|Thu ngân sách trên địa bàn|tỷ đồng|100|48|110|110|120|109,1
           2|Tỷ lệ lao động qua đào tạo|%|60|58|61||63|""",
        {
            (BC, "budget_revenue", 100, "2022", "target"),
            (BC, "budget_revenue", 48, "2022-H1", "actual"),
            (BC, "budget_revenue", 110, "2022", "estimate", "plan_pct=110"),
            (BC, "budget_revenue", 120, "2023", "target"),
            (BC, "trained_labour_rate", 60, "2022", "target"),
            (BC, "trained_labour_rate", 58, "2022-H1", "actual"),
            (BC, "trained_labour_rate", 61, "2022", "estimate"),
            (BC, "trained_labour_rate", 63, "2023", "target"),
        },
    ),
    "bounds, ranges, ratios and footnotes": (
        """TT|Chỉ tiêu|ĐVT|Mục tiêu NQ|Kết quả thực hiện|Đánh giá
           1|Tỷ lệ dân số tham gia bảo hiểm y tế|%|≥ 95|96,2 (*)|Đạt
           2|Tỷ lệ che phủ rừng|%|trên 60|61,5|Đạt
           3|Thu nhập bình quân đầu người|triệu đồng|45-50|48|Đạt
           4|Số xã đạt chuẩn nông thôn mới|xã|6|5/7|Không đạt""",
        {
            (BC, "health_insurance_rate", 95, "2022", "target", ">="),
            (BC, "health_insurance_rate", 96.2, "2022", "actual"),
            (BC, "forest_cover_rate", 60, "2022", "target", ">"),
            (BC, "forest_cover_rate", 61.5, "2022", "actual"),
            (BC, "income_per_capita", 45, "2022", "target", "value_max=50"),
            (BC, "income_per_capita", 48, "2022", "actual"),
            (BC, "ntm_communes", 6, "2022", "target"),
            (BC, "ntm_communes", 5, "2022", "actual", "of=7"),
        },
    ),
    "town and country below the whole": (
        """TT|Chỉ tiêu|ĐVT|2021|2022
           1|Tỷ lệ hộ nghèo|%|5,0|4,1
           |- Thành thị|%|2,0|1,5
           |- Nông thôn|%|6,1|5,0""",
        {
            (BC, "poverty_rate", 5.0, "2021", "actual"),
            (BC, "poverty_rate", 4.1, "2022", "actual"),
            (BC, "poverty_rate_urban", 2.0, "2021", "actual"),
            (BC, "poverty_rate_urban", 1.5, "2022", "actual"),
            (BC, "poverty_rate_rural", 6.1, "2021", "actual"),
            (BC, "poverty_rate_rural", 5.0, "2022", "actual"),
        },
    ),
    "two budgets and a part": (
        """TT|Chỉ tiêu|ĐVT|Dự toán năm 2022|Thực hiện năm 2022|% TH/DT
           1|Tổng thu ngân sách huyện|triệu đồng|500.000|550.000|110
           2|Thu NSNN trên địa bàn|triệu đồng|80.000|84.000|105
           a|Thu nội địa|triệu đồng|70.000|75.000|107,1
           b|Thu tiền sử dụng đất|triệu đồng|10.000|9.000|90""",
        {
            (BC, "budget_revenue", 500, "2022", "target"),
            (BC, "budget_revenue", 550, "2022", "actual", "plan_pct=110"),
            (BC, "budget_revenue", 80, "2022", "target"),
            (BC, "budget_revenue", 84, "2022", "actual", "plan_pct=105"),
            (BC, "land_use_fee_revenue", 10, "2022", "target"),
            (BC, "land_use_fee_revenue", 9, "2022", "actual", "plan_pct=90"),
        },
    ),
    "movement of poor households": (
        """TT|Xã|Hộ nghèo đầu năm|Hộ thoát nghèo|Phát sinh|Tái nghèo|Hộ nghèo cuối năm|Tỷ lệ hộ nghèo cuối năm (%)
           1|Đồn Đạc|100|30|2|1|73|6,5
           2|Lương Mông|50|10|0|0|40|5,0
           |Cộng|150|40|2|1|113|5,9""",
        {
            ("xã Đồn Đạc", "poor_households", 100, "2021", "actual"),
            ("xã Đồn Đạc", "households_escaped_poverty", 30, "2022", "actual"),
            ("xã Đồn Đạc", "poor_households", 73, "2022", "actual"),
            ("xã Đồn Đạc", "poverty_rate", 6.5, "2022", "actual"),
            ("xã Lương Mông", "poor_households", 50, "2021", "actual"),
            ("xã Lương Mông", "households_escaped_poverty", 10, "2022", "actual"),
            ("xã Lương Mông", "poor_households", 40, "2022", "actual"),
            ("xã Lương Mông", "poverty_rate", 5.0, "2022", "actual"),
            (BC, "poor_households", 150, "2021", "actual"),
            (BC, "households_escaped_poverty", 40, "2022", "actual"),
            (BC, "poor_households", 113, "2022", "actual"),
            (BC, "poverty_rate", 5.9, "2022", "actual"),
        },
    ),
    "growth against the year before": (
        """TT|Chỉ tiêu|ĐVT|Năm 2021|Năm 2022|Tăng, giảm so với năm 2021 (%)
           1|Tổng giá trị sản xuất|tỷ đồng|1.000|1.120|12
           2|Giải quyết việc làm|người|500|450|-10""",
        {
            (BC, "production_value", 1000, "2021", "actual"),
            (BC, "production_value", 1120, "2022", "actual", "yoy_pct=112"),
            (BC, "jobs_created", 500, "2021", "actual"),
            (BC, "jobs_created", 450, "2022", "actual", "yoy_pct=90"),
        },
    ),
    "two plans": (
        """TT|Chỉ tiêu|ĐVT|KH tỉnh giao|KH huyện giao|Thực hiện|So với KH tỉnh (%)|So với KH huyện (%)
           1|Thu ngân sách trên địa bàn|tỷ đồng|100|120|126|126|105
           2|Giải quyết việc làm|người|200|220|242|121|110""",
        {
            (BC, "budget_revenue", 100, "2022", "target"),
            (BC, "budget_revenue", 120, "2022", "target"),
            (BC, "budget_revenue", 126, "2022", "actual", "plan_pct=126"),
            (BC, "jobs_created", 200, "2022", "target"),
            (BC, "jobs_created", 220, "2022", "target"),
            (BC, "jobs_created", 242, "2022", "actual", "plan_pct=121"),
        },
    ),
    "numbers in English writing": (
        """No|Chỉ tiêu|ĐVT|Năm 2021|Năm 2022
           1|Tổng giá trị sản xuất|tỷ đồng|4,735.5|5,120.2
           2|Giải quyết việc làm|người|1,250|1,310
           3|Tỷ lệ hộ nghèo|%|5.25|4.75""",
        {
            (BC, "production_value", 4735.5, "2021", "actual"),
            (BC, "production_value", 5120.2, "2022", "actual"),
            (BC, "jobs_created", 1250, "2021", "actual"),
            (BC, "jobs_created", 1310, "2022", "actual"),
            (BC, "poverty_rate", 5.25, "2021", "actual"),
            (BC, "poverty_rate", 4.75, "2022", "actual"),
        },
    ),
    "no units anywhere but in the labels": (
        """Chỉ tiêu|Kế hoạch 2022|Thực hiện 2022
           Tỷ lệ hộ nghèo (%)|4,5|4,1
           Thu nhập bình quân đầu người (triệu đồng/người/năm)|45|46,5
           Số lao động được giải quyết việc làm (lao động)|700|735""",
        {
            (BC, "poverty_rate", 4.5, "2022", "target"),
            (BC, "poverty_rate", 4.1, "2022", "actual"),
            (BC, "income_per_capita", 45, "2022", "target"),
            (BC, "income_per_capita", 46.5, "2022", "actual"),
            (BC, "jobs_created", 700, "2022", "target"),
            (BC, "jobs_created", 735, "2022", "actual"),
        },
    ),
    "up to a date, the whole year, quotients of columns": (
        """STT|Nội dung|ĐVT|TH năm 2021|Năm 2022|>|>|So sánh (%)|>
           ^|^|^|^|KH giao đầu năm|TH đến 30/11/2022|Ước TH cả năm|ƯTH 2022/TH 2021|ƯTH 2022/KH 2022
           1|2|3|4|5|6|7|8=7/4|9=7/5
           1|Thu NSNN trên địa bàn|Triệu đồng|45.000|48.000|44.100|50.400|112|105
           2|Tỷ lệ hộ nghèo|%|38,15|33,0|32,9|32,8||""",
        {
            (BC, "budget_revenue", 45, "2021", "actual"),
            (BC, "budget_revenue", 48, "2022", "target"),
            (BC, "budget_revenue", 44.1, "2022-11M", "actual"),
            (BC, "budget_revenue", 50.4, "2022", "estimate", "plan_pct=105", "yoy_pct=112"),
            (BC, "poverty_rate", 38.15, "2021", "actual"),
            (BC, "poverty_rate", 33.0, "2022", "target"),
            (BC, "poverty_rate", 32.9, "2022-11", "actual"),
            (BC, "poverty_rate", 32.8, "2022", "estimate"),
        },
    ),
    "differences beside levels": (
        """STT|Nội dung|Năm 2021|>|Năm 2022|>|So sánh tăng (+), giảm (-)|>
           ^|^|Số hộ|Tỷ lệ (%)|Số hộ|Tỷ lệ (%)|Số hộ|Tỷ lệ (%)
           1|Hộ nghèo|2.112|9,46|1.803|8,02|-309|-1,44""",
        {
            (BC, "poor_households", 2112, "2021", "actual"),
            (BC, "poverty_rate", 9.46, "2021", "actual"),
            (BC, "poor_households", 1803, "2022", "actual"),
            (BC, "poverty_rate", 8.02, "2022", "actual"),
        },
    ),
    "monthly income and thousands of people": (
        """TT|Chỉ tiêu|ĐVT|2022
           1|Thu nhập bình quân đầu người|nghìn đồng/người/tháng|3.500
           2|Dân số trung bình|1000 người|25,4""",
        {(BC, "income_per_capita", 42, "2022", "actual"), (BC, "population", 25400, "2022", "actual")},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_layout_gives_its_figures_and_nothing_else(name):
    rows, expected = CASES[name]
    meant, catalogue = {fact[1] for fact in expected}, load_catalogue()
    made = {fact for fact in facts(report_of(rows)) if fact[1] in meant or catalogue[fact[1]].listed}
    assert made == expected  # other indicators that the catalogue may hold are left out of account


def test_districts_in_rows_with_blocks_of_years():
    rows = """TT|Huyện|Năm 2019|>|Năm 2020|>
              ^|^|Số hộ nghèo|Tỷ lệ (%)|Số hộ nghèo|Tỷ lệ (%)
              1|Vũ Thư|1.200|2,1|1.000|1,7
              2|Hưng Hà|900|1,5|800|1,3
              |Toàn tỉnh|2.100|1,8|1.800|1,5"""
    report = report_of(rows, "Kết quả giảm nghèo của các huyện", "Giảm nghèo ở tỉnh Thái Bình", "2021-01-10")
    assert facts(report) == {
        (place, indicator, value, year, "actual")
        for place, values in (
            ("huyện Vũ Thư", (1200, 2.1, 1000, 1.7)),
            ("huyện Hưng Hà", (900, 1.5, 800, 1.3)),
            ("tỉnh Thái Bình", (2100, 1.8, 1800, 1.5)),
        )
        for indicator, value, year in zip(
            ("poor_households", "poverty_rate") * 2, values, ("2019", "2019", "2020", "2020"), strict=True
        )
    }


def test_types_of_places_are_read_in_short_and_heads_over_their_first_column_only():
    rows = """STT|Đơn vị|Tỷ lệ hộ nghèo (%)||TNBQ đầu người (triệu đồng)
              ||2021|2022|2022
              1|TP. Cao Lãnh|0,6|0,5|75
              2|H. Cao Lãnh|1,6|1,5|58
              Bình quân chung toàn tỉnh||1,4|1,3|60"""
    report = report_of(rows, "", "Một số chỉ tiêu của các huyện tỉnh Đồng Tháp năm 2022", "2023-02-01")
    assert facts(report) == {
        fact
        for place, before, now, income in (
            ("thành phố Cao Lãnh", 0.6, 0.5, 75),
            ("huyện Cao Lãnh", 1.6, 1.5, 58),
            ("tỉnh Đồng Tháp", 1.4, 1.3, 60),
        )
        for fact in (
            (place, "poverty_rate", before, "2021", "actual"),
            (place, "poverty_rate", now, "2022", "actual"),
            (place, "income_per_capita", income, "2022", "actual"),
        )
    }


def test_the_caption_gives_unit_and_indicator_where_the_head_does_not():
    rows = """Huyện|2019|2020
              Vũ Thư|96.000|104.500
              Hưng Hà|88.000|91.000"""
    report = report_of(
        rows, "Thu ngân sách nhà nước trên địa bàn phân theo huyện\nĐVT: Triệu đồng", "Tỉnh Thái Bình", "2021-02-01"
    )
    assert facts(report) == {
        ("huyện Vũ Thư", "budget_revenue", 96.0, "2019", "actual"),
        ("huyện Vũ Thư", "budget_revenue", 104.5, "2020", "actual"),
        ("huyện Hưng Hà", "budget_revenue", 88.0, "2019", "actual"),
        ("huyện Hưng Hà", "budget_revenue", 91.0, "2020", "actual"),
    }


QB = "Một số kết quả của tỉnh Quảng Bình"


def test_a_caption_names_the_parts_of_a_whole_and_what_is_said_before_and_behind_its_words_is_left_out():
    rows = "Huyện|Tổng số|3 sao|4 sao\nMinh Hóa|9|7|2\nLệ Thủy|14|-|3"
    report = report_of(rows, "Bảng 2. Kết quả số sản phẩm OCOP còn hiệu lực đến 31/12/2022 (sản phẩm)", QB)
    assert {fact[:4] for fact in facts(report)} == {
        (place, "ocop_products", value, "2022")
        for place, values in (("huyện Minh Hóa", (9, 7, 2)), ("huyện Lệ Thủy", (14, 3)))
        for value in values
    }


def test_the_title_of_the_report_names_the_figures_where_no_caption_does():
    rows = "Huyện|Năm 2021|Năm 2022\nMinh Hóa|88,1|90,2\nLệ Thủy|91,5|92"
    report = report_of(rows, "ĐVT: %", "Quảng Bình: tỷ lệ bao phủ bảo hiểm y tế của các huyện")
    assert ("huyện Lệ Thủy", "health_insurance_rate", 91.5, "2021", "actual") in facts(report)
    assert len(facts(report)) == 4


def test_a_whole_beside_columns_with_heads_of_their_own_is_not_what_the_caption_names():
    rows = "Huyện|Tổng số xã|Số xã xây dựng NTM|Số xã đạt chuẩn NTM\nMinh Hóa|15|14|4\nLệ Thủy|24|24|20"
    report = report_of(rows, "Xã đạt chuẩn nông thôn mới của các huyện", QB)
    assert {fact[:3] for fact in facts(report) if fact[1] == "ntm_communes"} == {
        ("huyện Minh Hóa", "ntm_communes", 4),
        ("huyện Lệ Thủy", "ntm_communes", 20),
    }


def test_a_share_and_a_part_take_their_name_from_the_column_beside():
    rows = "Huyện|Số hộ đăng ký|Số hộ đạt gia đình văn hóa|Tỷ lệ (%)\nMinh Hóa|90|81|90\nLệ Thủy|80|76|95"
    assert {fact[:3] for fact in facts(report_of(rows, "", QB))} >= {
        ("huyện Minh Hóa", "cultural_family_rate", 90),
        ("huyện Lệ Thủy", "cultural_family_rate", 95),
    }
    rows = "Năm|Tổng số chỉ tiêu|Đạt và vượt|Không đạt\n2020|20|17|3\n2021|22|21|1"
    assert {fact[2:4] for fact in facts(report_of(rows)) if fact[1] == "targets_met"} == {(17, "2020"), (21, "2021")}


def test_a_column_of_changes_is_read_with_the_sign_that_its_levels_tell():
    rows = """Xã|Tỷ lệ hộ nghèo (%)|>|>
              ^|Năm 2021|Năm 2022|Tăng (+), giảm (-)
              Đồn Đạc|8,5|6,5|-2,0
              Lương Mông|5,0|5,3|+0,3"""
    assert {fact[:4] for fact in facts(report_of(rows)) if fact[1] == "poverty_rate_change"} == {
        ("xã Đồn Đạc", "poverty_rate_change", -2.0, "2022"),
        ("xã Lương Mông", "poverty_rate_change", 0.3, "2022"),
    }
    rows = "Xã|Tỷ lệ hộ nghèo năm 2020 (%)|Tỷ lệ hộ nghèo năm 2022 (%)|Mức giảm (%)\nĐồn Đạc|8,5|6,5|2"
    assert ("xã Đồn Đạc", "poverty_rate_change", -2.0, "2020/2022", "actual") in facts(report_of(rows))


def test_a_planned_fall_a_range_of_falls_and_a_price_base():
    rows = "Xã|Kế hoạch giảm hộ nghèo (hộ)|Số hộ thoát nghèo (hộ)\nĐồn Đạc|30|33\nLương Mông|12|10"
    assert ("xã Đồn Đạc", "households_escaped_poverty", 30, "2022", "target") in facts(report_of(rows))
    rows = """Chỉ tiêu|KH năm 2022|TH quý I/2022
              Mức giảm tỷ lệ hộ nghèo (%)|2-3|1
              Tổng giá trị sản xuất (giá 2010) (tỷ đồng)|5|4"""
    assert facts(report_of(rows)) == {
        (BC, "poverty_rate_change", -2.0, "2022", "target", "value_max=-3"),
        (BC, "poverty_rate_change", -1.0, "2022-Q1", "actual"),
        (BC, "production_value", 5, "2022", "target"),
        (BC, "production_value", 4, "2022-Q1", "actual"),
    }


def test_a_row_of_a_year_in_a_column_of_a_part_of_it():
    rows = "Thời điểm|6 tháng|Cả năm\nNăm 2020|31,5|94,1\nNăm 2021|36,2|96,7"
    report = report_of(rows, "Tỷ lệ giải ngân vốn đầu tư công của huyện, 2020 - 2021 (%)")
    assert {fact[2:4] for fact in facts(report)} == {
        (31.5, "2020-H1"),
        (94.1, "2020"),
        (36.2, "2021-H1"),
        (96.7, "2021"),
    }


def test_a_caption_or_a_row_that_says_plan_makes_targets():
    rows = "Xã|Năm 2022|Năm 2023|Năm 2024\nĐồn Đạc|91|93|94\nLương Mông|95|96|97"
    report = report_of(rows, "Giao chỉ tiêu tỷ lệ bao phủ bảo hiểm y tế giai đoạn 2023 - 2024 cho các xã (%)")
    assert {fact[2:] for fact in facts(report) if fact[0] == "xã Đồn Đạc"} == {
        (91, "2022", "actual"),
        (93, "2023", "target"),
        (94, "2024", "target"),
    }
    rows = "Nội dung (ĐVT: người)|Số lượng\nKế hoạch giải quyết việc làm|500\nSố lao động có việc làm mới|520"
    assert {fact[1:] for fact in facts(report_of(rows))} == {
        ("jobs_created", 500, "2022", "target"),
        ("jobs_created", 520, "2022", "actual"),
    }


def test_a_head_that_says_only_target_or_done_is_named_by_the_caption():
    report = report_of(
        "Xã|Chỉ tiêu (người)\nĐồn Đạc|40\nLương Mông|35", "Kế hoạch giải quyết việc làm năm 2023 cho các xã"
    )
    assert ("xã Đồn Đạc", "jobs_created", 40, "2023", "target") in facts(report)
    report = report_of("Xã|Kế hoạch|Hoàn thành\nĐồn Đạc|40|30\nLương Mông|35|35", "Xóa nhà tạm, nhà dột nát năm 2022")
    assert ("xã Đồn Đạc", "solidarity_houses", 30, "2022", "actual") in facts(report)


def test_a_level_of_a_term_is_that_of_its_end():
    rows = "Chỉ tiêu|ĐVT|Kết quả 2016 - 2020\nTỷ lệ hộ nghèo|%|5,1\nTốc độ tăng trưởng kinh tế bình quân|%|9,1"
    assert {fact[1:4] for fact in facts(report_of(rows))} == {
        ("poverty_rate", 5.1, "2020"),
        ("growth_rate", 9.1, "2016/2020"),
    }


def test_a_flow_since_the_new_year():
    rows = "Xã|Số nhà\nĐồn Đạc|12\nLương Mông|9"
    report = report_of(rows, "Xóa nhà tạm, nhà dột nát từ đầu năm đến ngày 31/5/2022")
    assert {fact[1:4] for fact in facts(report)} == {
        ("solidarity_houses", 12, "2022-5M"),
        ("solidarity_houses", 9, "2022-5M"),
    }


def test_rows_of_several_levels_and_of_offices():
    rows = """Đơn vị|Tỷ lệ hộ nghèo (%)|Tỷ lệ che phủ rừng (%)
              Huyện Ba Chẽ|5,1|70
              Sở Công Thương|1|2
              Tỉnh Quảng Ninh|0,9|55
              Cả nước|2,7|42"""
    assert {fact[:3] for fact in facts(report_of(rows))} == {
        (place, indicator, value)
        for place, values in ((BC, (5.1, 70)), ("tỉnh Quảng Ninh", (0.9, 55)), ("cả nước", (2.7, 42)))
        for indicator, value in zip(("poverty_rate", "forest_cover_rate"), values, strict=True)
    }


def test_money_for_a_house_is_no_number_of_households():
    assert not facts(report_of("Đối tượng|Xây mới (triệu đồng/căn)\nHộ nghèo|60\nHộ cận nghèo|50", "Định mức hỗ trợ"))


def test_signs_for_none_and_not_available_are_no_zero():
    report = report_of("TT|Chỉ tiêu|ĐVT|2021|2022\n1|Số hộ thoát nghèo|hộ|0|-\n2|Tỷ lệ hộ nghèo|%|...|4,2")
    assert facts(report) == {
        (BC, "households_escaped_poverty", 0, "2021", "actual"),
        (BC, "poverty_rate", 4.2, "2022", "actual"),
    }
    assert [found.where for found in findings(report, "none")] == ["bảng 1, dòng 2, cột 5"]
    assert [found.where for found in findings(report, "not_available")] == ["bảng 1, dòng 3, cột 4"]


def test_a_label_that_names_nothing_is_reported_with_its_cell():
    report = report_of(
        "TT|Chỉ tiêu|ĐVT|2022\n1|Tỷ lệ hộ nghèo|%|4,2\n2|Số cuộc giao lưu|cuộc|7\n3|Số đội văn nghệ|đội|9"
    )
    said = findings(report, "table_unmatched")
    assert [report.text[found.start : found.end] for found in said] == ["Số cuộc giao lưu", "Số đội văn nghệ"]
    assert "bảng 1, dòng 3, cột 2" in said[0].sentence


def test_a_table_of_which_nothing_is_understood_is_a_finding():
    report = report_of("TT|Môn|Số giải\n1|Bóng đá|3\n2|Cầu lông|5")
    assert not facts(report)
    assert any(
        "no figure of the table was understood" in found.sentence for found in findings(report, "table_unmatched")
    )


def test_percentages_that_do_not_fit_their_figures_are_flagged():
    report = report_of(
        "TT|Chỉ tiêu|ĐVT|KH năm 2022|TH năm 2022|So với KH (%)\n1|Giải quyết việc làm|người|1.000|"
        "1.100|130\n2|Số hộ thoát nghèo|hộ|50|60|120"
    )
    found = observe_tables(report, load_catalogue(), load_gazetteer())
    flags = {(one.indicator, one.status): one.flags for one in found}
    assert (
        "arithmetic_mismatch" in flags["jobs_created", "actual"]
        and "arithmetic_mismatch" not in flags["households_escaped_poverty", "actual"]
    )


def test_the_locator_names_row_and_column_in_words():
    found = observe_tables(
        report_of("TT|Chỉ tiêu|ĐVT|TH 2022\n1|Tỷ lệ hộ nghèo|%|4,2\n2|Tỷ lệ che phủ rừng|%|61"),
        load_catalogue(),
        load_gazetteer(),
    )
    assert found[0].where == "bảng 1, dòng 2, cột 4: Tỷ lệ hộ nghèo › TH 2022"
    assert found[0].rule == "table.row" and found[0].place_code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4.735,5", 4735.5),
        ("12,5(1)", 12.5),
        ("1 234", 1234),
        ("-0,5", -0.5),
        ("95% trở lên", 95),
        ("", None),
        ("Đạt", None),
        ("12/2020", 12),
    ],
)
def test_a_cell_gives_its_figure(text, value):
    figure = read_figure(Cell(text, 0, 0))
    assert (figure.value if figure else None) == value


WORDS = st.sampled_from(
    [
        "",
        "-",
        "...",
        "TT",
        "1",
        "I",
        "Tỷ lệ hộ nghèo",
        "Số hộ",
        "%",
        "Kế hoạch",
        "Năm 2020",
        "So với KH (%)",
        "Ba Chẽ",
        "Tổng cộng",
        "4.735,5",
        "12",
        "é)",
        "Trong đó:",
    ]
)


@given(
    st.integers(1, 6).flatmap(
        lambda width: st.lists(st.lists(st.none() | WORDS, min_size=width, max_size=width), min_size=1, max_size=7)
    )
)
@settings(max_examples=60, deadline=None)
def test_no_table_however_odd_stops_the_reading(rows):
    cells = rows_to_cells(rows, lambda row, column: f"bảng 1, dòng {row + 1}, cột {column + 1}")
    assume(cells)
    text, table = render(cells, "bảng 1")
    report = Report("r", text, title="huyện Ba Chẽ năm 2020", tables=(table,))
    for found in observe_tables(report, load_catalogue(), load_gazetteer()):
        assert text[found.start : found.end] == found.quote
