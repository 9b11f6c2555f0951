"""Reports as provincial offices lay them out, with invented figures: words, tables, and what must be found in them.

`make_documents` writes them in every format. Places are real, so that the gazetteer knows them; no figure is.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One figure that must be found."""

    place: str
    indicator: str
    value: float
    period: str
    status: str = "actual"
    plan_pct: float | None = None
    yoy_pct: float | None = None


@dataclass
class Grid:
    """A table: rows of words or numbers; `spans` gives (rows, columns) of merged cells; `head` counts header rows."""

    rows: list[list[object]]
    head: int = 1
    caption: str = ""
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    numbers: str = "#,##0.##"


@dataclass
class Source:
    """One report: identity, blocks (paragraphs and grids), and the figures in it."""

    id: str
    title: str
    publisher: str
    published: str
    blocks: list[str | Grid]
    figures: list[Figure]
    unread: list[str] = field(default_factory=list)  # labels that must be reported as not understood


def show(value: float, decimals: int | None = None) -> str:
    """A number as reports write it: 4.735,5."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 1 if round(value, 1) == value else 2
    text = f"{value:,.{decimals}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


# label, unit in the table, catalogue id, factor to the catalogue's unit, about how large, decimals
MEASURES = (
    ("Thu ngân sách nhà nước trên địa bàn", "Triệu đồng", "budget_revenue", 1e-3, 96_000, 0),
    ("Tổng giá trị sản xuất (giá so sánh 2010)", "Tỷ đồng", "production_value", 1, 4_100, 1),
    ("Thu nhập bình quân đầu người", "Triệu đồng/người/năm", "income_per_capita", 1, 48, 1),
    ("Giải quyết việc làm mới cho người lao động", "Người", "jobs_created", 1, 1_450, 0),
    ("Tỷ lệ hộ nghèo (theo chuẩn nghèo đa chiều)", "%", "poverty_rate", 1, 6.4, 2),
    ("Tỷ lệ hộ cận nghèo", "%", "near_poverty_rate", 1, 5.1, 2),
    ("Tỷ lệ lao động qua đào tạo", "%", "trained_labour_rate", 1, 57, 1),
    ("Tỷ lệ dân số tham gia bảo hiểm y tế", "%", "health_insurance_rate", 1, 94, 1),
    ("Tỷ lệ che phủ rừng", "%", "forest_cover_rate", 1, 61, 1),
    ("Số xã đạt chuẩn nông thôn mới", "Xã", "ntm_communes", 1, 9, 0),
    ("Số lao động được đào tạo nghề", "Lao động", "vocational_trainees", 1, 640, 0),
    ("Tỷ lệ hộ dân cư nông thôn sử dụng nước sạch", "%", "clean_water_rate", 1, 71, 1),
    ("Tỷ lệ gia đình văn hóa", "%", "cultural_family_rate", 1, 88, 1),
)
STRANGE = (("Số cuộc thanh tra chuyên ngành", "Cuộc", 14), ("Số con bò thịt xuất chuồng", "Con", 2_310))


def plan_table(
    seed: int,
    district: str,
    columns: list[tuple[str, str, str]],
    measures: tuple = MEASURES,
    sections: bool = True,
    numbering: bool = False,
    two_rows: bool = False,
    marks: bool = True,
    unit_column: bool = True,
) -> tuple[Grid, list[Figure], list[str]]:
    """Indicators in rows; `columns` gives (header, role, period), role being previous, plan, actual …"""
    chance = random.Random(seed)
    head = ["TT", "Chỉ tiêu", *(["ĐVT"] if unit_column else []), *(words for words, _, _ in columns)]
    rows: list[list[object]] = [list(head)]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    lead = 3 if unit_column else 2
    if two_rows:
        top = list(head)
        below = [""] * len(head)
        compared = [index for index, (_, role, _) in enumerate(columns) if role.endswith("_pct")]
        for index in compared:
            below[lead + index] = columns[index][0]
        first = lead + compared[0]
        top[first], spans[0, first] = "So sánh (%)", (1, len(compared))
        for index in compared[1:]:
            top[lead + index] = ""
        for column in range(first):
            spans[0, column] = (2, 1)
        rows = [top, below]
    heads = len(rows)
    if numbering:
        rows.append(["A", "B", *(["C"] if unit_column else []), *(str(n) for n in range(1, len(columns) + 1))])
        heads += 1
    figures, unread = [], []
    number = 0
    for index, (label, unit, name, factor, size, decimals) in enumerate(measures):
        if sections and index in (0, 3):
            rows.append([("I", "II")[index == 3], ("KINH TẾ", "VĂN HÓA - XÃ HỘI")[index == 3], *[""] * (len(head) - 2)])
        number += 1
        previous = round(size * chance.uniform(0.8, 1.1), decimals)
        plan = round(size * chance.uniform(0.95, 1.2), decimals)
        actual = round(size * chance.uniform(0.85, 1.25), decimals)
        gap = marks and index % 6 == 5
        cells: list[object] = []
        rate = unit == "%"
        plan_pct = None if rate else round(100 * actual / plan, 1)
        yoy_pct = None if rate else round(100 * actual / previous, 1)
        has_plan, has_yoy = (any(role == wanted for _, role, _ in columns) for wanted in ("plan_pct", "yoy_pct"))
        for _, role, period in columns:
            if role in ("plan_pct", "yoy_pct"):
                cells.append("" if rate or gap else plan_pct if role == "plan_pct" else yoy_pct)
                continue
            value = {"previous": previous, "plan": plan}.get(role, actual)
            if gap and role in ("actual", "estimate"):
                cells.append("..." if index % 4 == 1 else "-")
                continue
            cells.append(value)
            status = {"plan": "target", "estimate": "estimate"}.get(role, "actual")
            main = role in ("actual", "estimate")
            figures.append(
                Figure(
                    district,
                    name,
                    round(value * factor, 6),
                    period,
                    status,
                    plan_pct if main and has_plan else None,
                    yoy_pct if main and has_yoy else None,
                )
            )
        label = label if unit_column else f"{label} ({unit.lower()})" if not rate else f"{label} (%)"
        rows.append([str(number), label, *([unit] if unit_column else []), *cells])
        if name == "jobs_created" and unit_column:
            rows.append(
                [
                    "",
                    "Trong đó: lao động nữ",
                    unit,
                    *[round(chance.uniform(200, 500)) if not role.endswith("_pct") else "" for _, role, _ in columns],
                ]
            )
            unread.append("lao động nữ")
    for label, unit, size in STRANGE if unit_column else ():
        number += 1
        rows.append(
            [
                str(number),
                label,
                unit,
                *[
                    round(size * chance.uniform(0.8, 1.2)) if not role.endswith("_pct") else ""
                    for _, role, _ in columns
                ],
            ]
        )
        unread.append(label)
    return Grid(rows, heads, spans=spans), figures, unread


def poverty_annex(
    seed: int, communes: list[str], district: str, year: int, areas: bool = False
) -> tuple[Grid, list[Figure]]:
    """The yearly poverty review: communes in rows, blocks of number and rate for poor and near-poor households."""
    chance = random.Random(seed)
    top = [
        "TT",
        "Xã, thị trấn",
        "Tổng số hộ dân cư",
        f"Hộ nghèo đầu năm {year}",
        "",
        f"Hộ nghèo cuối năm {year}",
        "",
        f"Hộ cận nghèo cuối năm {year}",
        "",
    ]
    below = ["", "", "", "Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)"]
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (2, 1), (0, 3): (1, 2), (0, 5): (1, 2), (0, 7): (1, 2)}
    rows: list[list[object]] = [top, below]
    names = (
        "households_total",
        "poor_households",
        "poverty_rate",
        "poor_households",
        "poverty_rate",
        "near_poor_households",
        "near_poverty_rate",
    )
    periods = (str(year), str(year - 1), str(year - 1), *[str(year)] * 4)
    figures: list[Figure] = []
    sums = [0, 0, 0, 0]

    def line(number: str, place: str, words: str, counts: list[int]) -> None:
        households, *poor = counts
        cells: list[object] = [households]
        for count in poor:
            cells += [count, round(100 * count / households, 2)]
        rows.append([number, words, *cells])
        if not place:
            area = "urban" if "thành thị" in words else "rural"
            figures.extend(
                Figure(district, f"poverty_rate_{area}", cells[2 * k], str(when))
                for k, when in ((1, year - 1), (2, year))
            )
        else:
            figures.extend(
                Figure(place, name, float(cell), period)
                for name, cell, period in zip(names, cells, periods, strict=True)
            )

    parts = (
        [("", communes)] if not areas else [("Khu vực thành thị", communes[:1]), ("Khu vực nông thôn", communes[1:])]
    )
    for roman, (area, inside) in enumerate(parts):
        made = []
        for _ in inside:
            households = chance.randint(700, 2600)
            start = chance.randint(40, 190)
            made.append([households, start, round(start * chance.uniform(0.6, 0.9)), chance.randint(30, 160)])
        if area:
            line("I" * (roman + 1), "", area, [sum(row[k] for row in made) for k in range(4)])
        for number, (commune, counts) in enumerate(zip(inside, made, strict=True), 1):
            line(
                str(number),
                commune,
                commune if areas else commune.removeprefix("xã ").removeprefix("thị trấn "),
                counts,
            )
            sums = [a + b for a, b in zip(sums, counts, strict=True)]
    line("", district, "Tổng cộng" + (" (I+II)" if areas else ""), sums)
    return Grid(rows, 2, spans=spans), figures


def places_table(seed: int, places: list[str], total: str, caption: str, period: str) -> tuple[Grid, list[Figure]]:
    """Districts in rows, indicators in columns, the total on top."""
    chance = random.Random(seed)
    head = [
        "STT",
        "Huyện, thị xã, thành phố",
        "Số xã đạt chuẩn NTM (xã)",
        "Thu nhập bình quân đầu người (triệu đồng)",
        "Tỷ lệ hộ nghèo (%)",
        "Giải quyết việc làm (người)",
    ]
    names = ("ntm_communes", "income_per_capita", "poverty_rate", "jobs_created")
    rows: list[list[object]] = [list(head)]
    figures: list[Figure] = []
    for number, place in enumerate([total, *places]):
        cells = [
            chance.randint(4, 22),
            round(chance.uniform(35, 66), 1),
            round(chance.uniform(0.8, 14), 2),
            chance.randint(600, 3900),
        ]
        words = "Toàn tỉnh" if number == 0 else place.removeprefix("huyện ")
        rows.append(["" if number == 0 else str(number), words, *cells])
        figures += [Figure(place, name, float(cell), period) for name, cell in zip(names, cells, strict=True)]
    return Grid(rows, 1, caption), figures


def plan_by_place(seed: int, places: list[str], total: str, year: int) -> tuple[Grid, list[Figure]]:
    """Districts in rows; under each indicator the plan, what was done, and the percentage."""
    chance = random.Random(seed)
    top = ["TT", "Đơn vị", "Giải quyết việc làm (người)", "", "", "Thu ngân sách trên địa bàn (tỷ đồng)", "", ""]
    below = ["", "", "Kế hoạch", "Thực hiện", "Đạt % KH", "Dự toán", "Thực hiện", "% so với dự toán"]
    rows: list[list[object]] = [top, below]
    figures: list[Figure] = []
    for number, place in enumerate([*places, total], 1):
        words = place if place != total else "Tổng cộng"
        cells: list[object] = []
        for name, low, high, decimals in (("jobs_created", 700, 3000, 0), ("budget_revenue", 60, 400, 1)):
            plan = round(chance.uniform(low, high), decimals)
            done = round(plan * chance.uniform(0.85, 1.3), decimals)
            percent = round(100 * done / plan, 1)
            cells += [plan, done, percent]
            figures += [
                Figure(place, name, plan, str(year), "target"),
                Figure(place, name, done, str(year), "actual", percent),
            ]
        rows.append([str(number) if place != total else "", words, *cells])
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 3), (0, 5): (1, 3)}
    return Grid(rows, 2, spans=spans), figures


def years_table(seed: int, place: str, years: list[int], target: int) -> tuple[Grid, list[Figure]]:
    """Indicators in rows, years in columns, the plan of a later year last."""
    chance = random.Random(seed)
    rows: list[list[object]] = [
        ["STT", "Chỉ tiêu", "Đơn vị tính", *(f"Năm {year}" for year in years), f"Kế hoạch năm {target}"]
    ]
    figures: list[Figure] = []
    for number, (label, unit, name, factor, size, decimals) in enumerate(MEASURES[2:9], 1):
        cells = [round(size * chance.uniform(0.8, 1.2), decimals) for _ in range(len(years) + 1)]
        rows.append([str(number), label, unit, *cells])
        figures += [
            Figure(place, name, round(cell * factor, 6), str(year)) for cell, year in zip(cells, years, strict=False)
        ]
        figures.append(Figure(place, name, round(cells[-1] * factor, 6), str(target), "target"))
    return Grid(rows), figures


def years_in_rows(seed: int, place: str, years: list[int]) -> tuple[Grid, list[Figure]]:
    """Years in rows, indicators in columns."""
    chance = random.Random(seed)
    rows: list[list[object]] = [
        ["Năm", "Tỷ lệ hộ nghèo (%)", "Số hộ nghèo (hộ)", "Thu nhập bình quân đầu người (triệu đồng/năm)"]
    ]
    figures: list[Figure] = []
    for year in years:
        cells = [round(chance.uniform(3, 15), 2), chance.randint(300, 1900), round(chance.uniform(28, 55), 1)]
        rows.append([str(year), *cells])
        figures += [
            Figure(place, name, float(cell), str(year))
            for name, cell in zip(("poverty_rate", "poor_households", "income_per_capita"), cells, strict=True)
        ]
    return Grid(rows), figures


def places_in_columns(seed: int, places: list[str], period: str) -> tuple[Grid, list[Figure]]:
    """Indicators in rows, districts in columns."""
    chance = random.Random(seed)
    rows: list[list[object]] = [["TT", "Chỉ tiêu", "ĐVT", *(place.removeprefix("huyện ") for place in places)]]
    figures: list[Figure] = []
    for number, (label, unit, name, factor, size, decimals) in enumerate(MEASURES[2:8], 1):
        cells = [round(size * chance.uniform(0.7, 1.3), decimals) for _ in places]
        rows.append([str(number), label, unit, *cells])
        figures += [
            Figure(place, name, round(cell * factor, 6), period) for place, cell in zip(places, cells, strict=True)
        ]
    return Grid(rows), figures


def one_indicator(seed: int, places: list[str], years: list[int], caption: str) -> tuple[Grid, list[Figure]]:
    """One indicator, named only by the caption: districts in rows, years in columns."""
    chance = random.Random(seed)
    rows: list[list[object]] = [["STT", "Huyện", *(str(year) for year in years)]]
    figures: list[Figure] = []
    for number, place in enumerate(places, 1):
        cells = [round(chance.uniform(1, 16), 2) for _ in years]
        rows.append([str(number), place.removeprefix("huyện "), *cells])
        figures += [Figure(place, "poverty_rate", cell, str(year)) for cell, year in zip(cells, years, strict=True)]
    return Grid(rows, 1, caption, numbers="0.00"), figures


HALF = [
    ("TH 6 tháng đầu năm 2022", "previous", "2022-H1"),
    ("Kế hoạch năm 2023", "plan", "2023"),
    ("Ước TH 6 tháng đầu năm 2023", "estimate", "2023-H1"),
    ("So với KH năm (%)", "plan_pct", ""),
    ("So với cùng kỳ (%)", "yoy_pct", ""),
]
YEAR = [
    ("Thực hiện năm 2021", "previous", "2021"),
    ("Kế hoạch năm 2022", "plan", "2022"),
    ("Thực hiện năm 2022", "actual", "2022"),
    ("TH/KH", "plan_pct", ""),
    ("2022/2021", "yoy_pct", ""),
]
NINE = [
    ("Kế hoạch năm 2024", "plan", "2024"),
    ("Thực hiện 9 tháng đầu năm 2024", "actual", "2024-9M"),
    ("Tỷ lệ đạt so với KH (%)", "plan_pct", ""),
]
SHORT = [
    ("Cùng kỳ năm trước", "previous", "2022"),
    ("Kế hoạch", "plan", "2023"),
    ("Thực hiện", "actual", "2023"),
    ("% so với kế hoạch", "plan_pct", ""),
    ("% so với cùng kỳ", "yoy_pct", ""),
]
BA_CHE = [
    "thị trấn Ba Chẽ",
    "xã Đồn Đạc",
    "xã Lương Mông",
    "xã Minh Cầm",
    "xã Nam Sơn",
    "xã Thanh Lâm",
    "xã Thanh Sơn",
    "xã Đạp Thanh",
]
THAI_BINH = [
    "huyện Quỳnh Phụ",
    "huyện Hưng Hà",
    "huyện Đông Hưng",
    "huyện Thái Thụy",
    "huyện Tiền Hải",
    "huyện Kiến Xương",
    "huyện Vũ Thư",
]
LAM_DONG = ["huyện Đam Rông", "huyện Lạc Dương", "huyện Lâm Hà", "huyện Đơn Dương", "huyện Đức Trọng", "huyện Di Linh"]


def _head(office: str, place: str, day: str, title: str) -> list[str]:
    return [office, f"{place}, ngày {day}", "BÁO CÁO", title]


def sources() -> list[Source]:
    """All reports of the set."""
    made = []
    grid, figures, unread = plan_table(1, "huyện Ba Chẽ", HALF)
    made.append(
        Source(
            "ba-che-2023-h1",
            "Tình hình kinh tế - xã hội 6 tháng đầu năm 2023 huyện Ba Chẽ",
            "UBND huyện Ba Chẽ",
            "2023-07-05",
            [
                *_head(
                    "UBND HUYỆN BA CHẼ",
                    "Ba Chẽ",
                    "05 tháng 7 năm 2023",
                    "Tình hình kinh tế - xã hội 6 tháng đầu năm 2023 huyện Ba Chẽ",
                ),
                "Sáu tháng đầu năm 2023, kinh tế của huyện tiếp tục ổn định, đời sống người dân được chăm lo.",
                "Trong 6 tháng đầu năm 2023, huyện Ba Chẽ tổ chức tết trồng cây, các địa phương ra "
                "quân đầu xuân đúng lịch.",
                "Biểu 01. Một số chỉ tiêu chủ yếu",
                grid,
                "Nơi nhận: Như trên; Lưu: VT.",
            ],
            figures,
            unread,
        )
    )
    grid, figures, unread = plan_table(2, "huyện Quỳ Châu", YEAR, numbering=True, two_rows=True)
    made.append(
        Source(
            "quy-chau-2022",
            "Kết quả thực hiện nhiệm vụ năm 2022 huyện Quỳ Châu",
            "UBND huyện Quỳ Châu",
            "2022-12-20",
            [
                *_head(
                    "UBND HUYỆN QUỲ CHÂU",
                    "Quỳ Châu",
                    "20 tháng 12 năm 2022",
                    "Kết quả thực hiện nhiệm vụ năm 2022 huyện Quỳ Châu",
                ),
                "Phụ lục: Kết quả thực hiện các chỉ tiêu năm 2022",
                grid,
            ],
            figures,
            unread,
        )
    )
    grid, figures, unread = plan_table(3, "huyện Lệ Thủy", NINE, sections=False, marks=False)
    made.append(
        Source(
            "le-thuy-2024-9m",
            "Báo cáo 9 tháng đầu năm 2024 huyện Lệ Thủy",
            "UBND huyện Lệ Thủy",
            "2024-09-25",
            [
                "Báo cáo 9 tháng đầu năm 2024 huyện Lệ Thủy",
                "Chín tháng đầu năm 2024, huyện tập trung thực hiện các nhiệm vụ trọng tâm.",
                grid,
            ],
            figures,
            unread,
        )
    )
    grid, figures, unread = plan_table(4, "huyện Đơn Dương", SHORT, measures=MEASURES[:9], unit_column=False)
    made.append(
        Source(
            "don-duong-2023",
            "Kết quả thực hiện kế hoạch năm 2023 huyện Đơn Dương",
            "UBND huyện Đơn Dương",
            "2023-12-28",
            ["Kết quả thực hiện kế hoạch năm 2023 huyện Đơn Dương", grid],
            figures,
            unread,
        )
    )
    grid, figures = poverty_annex(5, BA_CHE, "huyện Ba Chẽ", 2019)
    made.append(
        Source(
            "ba-che-poverty-2019",
            "Kết quả rà soát hộ nghèo, hộ cận nghèo huyện Ba Chẽ năm 2019",
            "UBND huyện Ba Chẽ",
            "2019-12-12",
            ["Kết quả rà soát hộ nghèo, hộ cận nghèo huyện Ba Chẽ năm 2019", "(Kèm theo Báo cáo số 215/BC-UBND)", grid],
            figures,
        )
    )
    grid, figures = poverty_annex(6, BA_CHE[:1] + BA_CHE[1:4], "huyện Ba Chẽ", 2018, areas=True)
    made.append(
        Source(
            "ba-che-poverty-2018",
            "Tổng hợp hộ nghèo, hộ cận nghèo huyện Ba Chẽ năm 2018",
            "UBND huyện Ba Chẽ",
            "2018-12-15",
            ["Tổng hợp hộ nghèo, hộ cận nghèo huyện Ba Chẽ năm 2018", grid],
            figures,
        )
    )
    grid, figures = places_table(
        7, THAI_BINH, "tỉnh Thái Bình", "Biểu 02. Một số chỉ tiêu của các huyện năm 2020", "2020"
    )
    made.append(
        Source(
            "thai-binh-2020",
            "Kết quả của các huyện tỉnh Thái Bình năm 2020",
            "Cục Thống kê Thái Bình",
            "2021-01-15",
            ["Kết quả của các huyện tỉnh Thái Bình năm 2020", grid],
            figures,
        )
    )
    grid, figures = plan_by_place(8, LAM_DONG, "tỉnh Lâm Đồng", 2022)
    made.append(
        Source(
            "lam-dong-2022",
            "Thực hiện kế hoạch năm 2022 của các huyện tỉnh Lâm Đồng",
            "UBND tỉnh Lâm Đồng",
            "2022-12-30",
            ["Thực hiện kế hoạch năm 2022 của các huyện tỉnh Lâm Đồng", grid],
            figures,
        )
    )
    grid, figures = years_table(9, "huyện Vũ Thư", [2016, 2017, 2018, 2019, 2020], 2021)
    made.append(
        Source(
            "vu-thu-2016-2020",
            "Một số chỉ tiêu giai đoạn 2016-2020 huyện Vũ Thư",
            "UBND huyện Vũ Thư",
            "2020-12-25",
            ["Một số chỉ tiêu giai đoạn 2016-2020 huyện Vũ Thư", grid],
            figures,
        )
    )
    grid, figures = years_in_rows(10, "huyện Lâm Hà", [2016, 2017, 2018, 2019, 2020])
    made.append(
        Source(
            "lam-ha-years",
            "Giảm nghèo ở huyện Lâm Hà qua các năm",
            "UBND huyện Lâm Hà",
            "2021-03-10",
            ["Giảm nghèo ở huyện Lâm Hà qua các năm", grid],
            figures,
        )
    )
    grid, figures = places_in_columns(11, LAM_DONG[:4], "2021")
    made.append(
        Source(
            "lam-dong-2021",
            "So sánh các huyện của tỉnh Lâm Đồng năm 2021",
            "Cục Thống kê Lâm Đồng",
            "2022-01-20",
            ["So sánh các huyện của tỉnh Lâm Đồng năm 2021", grid],
            figures,
        )
    )
    caption = "Tỷ lệ hộ nghèo của các huyện giai đoạn 2017-2020 (ĐVT: %)"
    grid, figures = one_indicator(12, THAI_BINH, [2017, 2018, 2019, 2020], caption)
    made.append(
        Source(
            "thai-binh-poverty",
            "Giảm nghèo ở tỉnh Thái Bình",
            "Cục Thống kê Thái Bình",
            "2021-02-02",
            ["Giảm nghèo ở tỉnh Thái Bình", grid],
            figures,
        )
    )
    made.append(
        Source(
            "prose-ba-che",
            "Huyện Ba Chẽ tổng kết năm 2020",
            "UBND huyện Ba Chẽ",
            "2020-12-28",
            [
                "Huyện Ba Chẽ tổng kết năm 2020",
                "Năm 2020, tỷ lệ hộ nghèo toàn huyện còn 2,35%, tỷ lệ hộ cận nghèo còn 4,12%. Thu "
                "ngân sách nhà nước trên địa bàn đạt "
                "112,6 tỷ đồng. Trong năm, huyện đã giải quyết việc làm cho 1.385 lao động, đạt 106,5% kế hoạch.",
                "Đến hết năm 2020, toàn huyện có 5 xã đạt chuẩn nông thôn mới. Tỷ lệ che phủ rừng "
                "đạt 72,4%. Thu nhập bình quân đầu người "
                "đạt 41,5 triệu đồng/năm, tỷ lệ dân số tham gia bảo hiểm y tế đạt 98,7%.",
                "Các phong trào văn hóa, thể thao được nhân dân hưởng ứng, an ninh trật tự được giữ "
                "vững, góp phần ổn định đời sống.",
            ],
            [
                Figure("huyện Ba Chẽ", "poverty_rate", 2.35, "2020"),
                Figure("huyện Ba Chẽ", "near_poverty_rate", 4.12, "2020"),
                Figure("huyện Ba Chẽ", "budget_revenue", 112.6, "2020"),
                Figure("huyện Ba Chẽ", "jobs_created", 1385, "2020", "actual", 106.5),
                Figure("huyện Ba Chẽ", "ntm_communes", 5, "2020"),
                Figure("huyện Ba Chẽ", "forest_cover_rate", 72.4, "2020"),
                Figure("huyện Ba Chẽ", "income_per_capita", 41.5, "2020"),
                Figure("huyện Ba Chẽ", "health_insurance_rate", 98.7, "2020"),
            ],
        )
    )
    return made + typed()


def typed() -> list[Source]:
    """Reports with smaller tables typed by hand, as annexes of resolutions and notices have them."""
    made = []
    place, year, last = "huyện Tuyên Hóa", "2022", "2021"
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Nghị quyết HĐND năm 2022", "Ước thực hiện năm 2022", "Đánh giá"],
        ["1", "Giảm nghèo", "", "", "", ""],
        ["", "- Tỷ lệ hộ nghèo", "%", "≤ 7,5", 7.21, "Vượt"],
        ["", "- Số hộ nghèo", "Hộ", 1_650, 1_588, "Vượt"],
        ["2", "Xây dựng nông thôn mới", "", "", "", ""],
        ["", "- Số xã đạt chuẩn nông thôn mới", "Xã", 9, "9/18", "Đạt"],
        ["", "- Số xã đạt chuẩn NTM nâng cao", "Xã", 1, 1, "Đạt"],
        ["3", "Giải quyết việc làm", "Lao động", "2.800-3.000", 3_105, "Vượt"],
        ["", "Trong đó: xuất khẩu lao động", "Lao động", 900, 1_012, "Vượt"],
        ["4", "Số buổi tuyên truyền lưu động", "Buổi", 40, 44, "Vượt"],
    ]
    values = (
        ("poverty_rate", 7.5, 7.21),
        ("poor_households", 1650, 1588),
        ("ntm_communes", 9, 9),
        ("ntm_advanced_communes", 1, 1),
        ("jobs_created", 2800, 3105),
        ("labour_export", 900, 1012),
    )
    figures = [Figure(place, name, plan, year, "target") for name, plan, _ in values]
    figures += [Figure(place, name, done, year, "estimate") for name, _, done in values]
    made.append(
        Source(
            "tuyen-hoa-2022",
            "Kết quả thực hiện Nghị quyết năm 2022 huyện Tuyên Hóa",
            "HĐND huyện Tuyên Hóa",
            "2022-12-15",
            ["Kết quả thực hiện Nghị quyết năm 2022 huyện Tuyên Hóa", Grid(rows)],
            figures,
            ["Số buổi tuyên truyền lưu động"],
        )
    )
    rows = [
        ["STT", "Nội dung", "Năm 2021", "", "Năm 2022", "", "So sánh tăng (+), giảm (-)", ""],
        ["", "", "Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)"],
        ["1", "Hộ nghèo", 2_112, 9.46, 1_803, 8.02, "-309", "-1,44"],
        ["2", "Hộ cận nghèo", 1_540, 6.9, 1_498, 6.66, "-42", "-0,24"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (0, 4): (1, 2), (0, 6): (1, 2)}
    figures = [
        Figure(place, name, value, when)
        for names, cells in (
            (("poor_households", "poverty_rate"), rows[2]),
            (("near_poor_households", "near_poverty_rate"), rows[3]),
        )
        for name, value, when in zip(names * 2, cells[2:6], (last, last, year, year), strict=True)
    ]
    made.append(
        Source(
            "tuyen-hoa-poverty",
            "Thông báo kết quả giảm nghèo năm 2022 huyện Tuyên Hóa",
            "UBND huyện Tuyên Hóa",
            "2022-12-28",
            ["Thông báo kết quả giảm nghèo năm 2022 huyện Tuyên Hóa", Grid(rows, 2, spans=spans)],
            figures,
        )
    )
    rows = [
        ["TT", "Chỉ tiêu", "ĐVT", "Năm 2022", "", "Năm 2023", "", "Ghi chú"],
        ["", "", "", "Kế hoạch", "Thực hiện", "Kế hoạch", "Ước thực hiện", ""],
        ["A", "KINH TẾ", "", "", "", "", "", ""],
        ["1", "Thu NSNN trên địa bàn", "Tỷ đồng", 120.5, 131.2, 140, 148.6, ""],
        ["2", "Giá trị sản xuất", "Tỷ đồng", 5_200, 5_310.4, 5_650, 5_702.1, "Giá hiện hành"],
        ["B", "XÃ HỘI", "", "", "", "", "", ""],
        ["1", "TNBQ đầu người", "Tr.đ/người/năm", 46, 47.3, 50, 51.2, ""],
        ["2", "Tỷ lệ bao phủ BHYT", "%", 93, 94.4, 95, 95.3, "(*)"],
        ["3", "LĐ qua đào tạo", "%", 66, 66.5, 68, 68.2, ""],
        ["4", "Tỷ lệ trường đạt chuẩn quốc gia", "%", 70, 72.5, 75, 76.1, ""],
    ]
    spans = {**{(0, c): (2, 1) for c in (0, 1, 2, 7)}, (0, 3): (1, 2), (0, 5): (1, 2)}
    names = (
        "budget_revenue",
        "production_value",
        "income_per_capita",
        "health_insurance_rate",
        "trained_labour_rate",
        "school_standard_rate",
    )
    kinds = (("2022", "target"), ("2022", "actual"), ("2023", "target"), ("2023", "estimate"))
    figures = [
        Figure("huyện Nông Sơn", name, float(value), when, status)
        for name, row in zip(names, (row for row in rows[2:] if row[3] != ""), strict=True)
        for value, (when, status) in zip(row[3:7], kinds, strict=True)
    ]
    made.append(
        Source(
            "nong-son-2023",
            "Biểu tổng hợp chỉ tiêu năm 2023 huyện Nông Sơn",
            "UBND huyện Nông Sơn",
            "2023-12-05",
            [
                "Biểu tổng hợp chỉ tiêu năm 2023 huyện Nông Sơn",
                "(Kèm theo Báo cáo số 310/BC-UBND ngày 05/12/2023 của UBND huyện)",
                Grid(rows, 2, spans=spans),
            ],
            figures,
        )
    )
    return made
