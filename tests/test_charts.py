"""The figures: each kind for one, five and sixty places, nothing clipped or overlapping, words from the data."""

import functools
import hashlib
import itertools
import json
import math
import pathlib
import subprocess
import sys
import warnings

import pandas as pd
import pytest

from analysis import charts, compare
from analysis.drawing import captions, findings, layout

NAMES = [
    f"{kind} {first} {second}"
    for second, (kind, first) in itertools.product(
        ("Sơn", "Thủy", "Hòa", "Lộc", "Yên"),
        [
            ("huyện", "Mường"),
            ("huyện", "Đắk"),
            ("thị xã", "Quế"),
            ("thành phố", "Tân"),
            ("huyện", "Bình"),
            ("huyện", "Phước"),
            ("huyện", "Nghĩa"),
            ("quận", "Ngũ Hành"),
            ("huyện", "Krông"),
            ("huyện", "Vĩnh"),
            ("huyện", "Tuy"),
            ("huyện", "Chợ"),
        ],
    )
]
LONG = "huyện Phan Rang - Tháp Chàm và các xã vùng cao biên giới phía tây nam tỉnh Ninh Thuận"
GOLDEN = (math.sqrt(5) - 1) / 2


def spread_values(count, low=0.5, high=60.0):
    """Values that look random and are the same everywhere."""
    return [round(low + (high - low) * ((number + 1) * GOLDEN % 1) ** 2, 2) for number in range(count)]


def base(count, **columns):
    rows = pd.DataFrame(
        {
            "province": "Quảng Nam",
            "place": NAMES[:count],
            "place_code": [f"{n:03}" for n in range(count)],
            "level": "district",
            "indicator": "poverty_rate",
            "variant": "",
            "unit": "percent",
            "direction": "lower_better",
            "period": "2023",
            "status": "actual",
            "qualifier": "=",
            "flags": "",
            "standard": "2022-2026",
            "source_title": "Báo cáo kết quả giảm nghèo năm 2023",
            "published": "2023-12-20",
            "note": "",
            "compared": True,
            "value": spread_values(count),
            "of": float("nan"),
        }
    )
    return rows.assign(**columns)


def ranking(count):
    return base(count).sort_values("value").assign(rank=range(1, count + 1))


def changes(count):
    values = spread_values(count)
    return base(
        count,
        from_value=[value * (1.6 - 0.9 * (n % 7 == 3)) for n, value in enumerate(values)],
        from_period="2022",
        from_status="actual",
        from_of=float("nan"),
    )


def plans(count):
    target = [round(value * (0.7 + n % 5 * 0.2), 1) for n, value in enumerate(spread_values(count))]
    value = spread_values(count)
    done = [a / b * 100 for a, b in zip(value, target, strict=True)]
    return base(
        count,
        indicator="jobs_created",
        unit="persons",
        direction="higher_better",
        actual=value,
        target=target,
        target_qualifier="=",
        done_pct=done,
        standard="",
        outcome=["exceeded" if d > 100 else "met" if d == 100 else "missed" for d in done],
    )


def series(count, periods=("2016", "2018", "2020", "2022", "2023")):
    parts = []
    for number, period in enumerate(periods):
        values = [round(value * (1.5 - 0.2 * number), 2) for value in spread_values(count)]
        parts.append(base(count, period=period, value=values, standard="2016-2021" if period < "2021" else "2022-2026"))
    return pd.concat(parts, ignore_index=True)


def bands(count):
    parts = []
    for number, (indicator, unit) in enumerate(
        (
            ("poverty_rate", "percent"),
            ("near_poverty_rate", "percent"),
            ("income_per_capita", "million_vnd_per_year"),
            ("ntm_communes", "communes"),
        )
    ):
        values = spread_values(count + number)[number:]
        parts.append(
            base(
                count,
                indicator=indicator,
                unit=unit,
                value=values,
                quartile=[float(1 + (n + number) % 4) for n in range(count)],
            )
        )
    return pd.concat(parts, ignore_index=True)


def spread_over_time(count):
    return pd.DataFrame(
        [
            {
                "indicator": "poverty_rate",
                "unit": "percent",
                "period": str(2016 + n),
                "standard": "2016-2021",
                "places": count,
                "mean": 20 - n,
                "median": 18 - n,
                "lowest": 1.5,
                "highest": 55 - 2 * n,
                "sd": 12 - n / 2,
                "cv": 60.0,
                "flags": "",
                "same_places": n > 0,
                "source_title": "Báo cáo A|Báo cáo B",
                "published": "2021",
                "note": "",
                "compared": True,
            }
            for n in range(5)
        ]
    )


def shares(count):
    rows = base(count, units=[float(800 + 37 * n * n) for n in range(count)], center=18.0)
    error = [math.sqrt(0.18 * 0.82 / n) * 100 for n in rows["units"]]
    rows = rows.assign(
        share=[18 + e * (n % 9 - 4) for n, e in enumerate(error)],
        lower_95=[18 - 1.96 * e for e in error],
        upper_95=[18 + 1.96 * e for e in error],
        lower_99_8=[18 - 3.09 * e for e in error],
        upper_99_8=[18 + 3.09 * e for e in error],
    )
    position = [
        "above_95" if s > u else "below_95" if s < low else "inside"
        for s, low, u in zip(rows["share"], rows["lower_95"], rows["upper_95"], strict=True)
    ]
    return rows.assign(position=position)


def squares(names, name="name"):
    """A GeoJSON of squares, eight in a row."""
    features = []
    for number, place in enumerate(names):
        x, y = 107 + number % 8 * 0.2, 15 + number // 8 * 0.2
        ring = [[x, y], [x + 0.2, y], [x + 0.2, y + 0.2], [x, y + 0.2], [x, y]]
        features.append(
            {
                "type": "Feature",
                "properties": {name: captions.drop_type(place)},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def draw_map(table, **options):
    return charts.district_map(table, squares(table["place"].tolist() + NAMES[:60][len(table) :]), **options)


KINDS = {
    "ranked bars": (charts.ranked_bars, ranking),
    "ranked bars with a benchmark": (functools.partial(charts.ranked_bars, benchmark=("Toàn tỉnh", 9.2)), ranking),
    "slope": (charts.slope, changes),
    "dumbbell before and after": (charts.dumbbell, changes),
    "dumbbell plan and result": (charts.dumbbell, plans),
    "bullet": (charts.bullet, plans),
    "trend": (charts.trend, series),
    "small multiples": (charts.small_multiples, series),
    "scorecard": (charts.scorecard, bands),
    "dispersion": (charts.dispersion, spread_over_time),
    "funnel": (charts.funnel, shares),
    "map": (draw_map, lambda count: bands(count).query("indicator == 'poverty_rate'")),
}
NUMBERS = ("value", "from_value", "actual", "target", "share", "median")


def with_gaps(table):
    """Every third place without figures."""
    table = table.copy()
    for column in NUMBERS:
        if column in table:
            table[column] = table[column].astype(float).where([n % 3 != 1 for n in range(len(table))])
    return table


def with_long_names(table):
    if "place" not in table:
        return table
    renamed = {name: LONG + f" {number}" for number, name in enumerate(NAMES) if number % 4 == 0}
    return table.assign(place=table["place"].replace(renamed))


def negative(table):
    columns = {c: table[c] * [(-1) ** n for n in range(len(table))] for c in ("value", "from_value") if c in table}
    return table.assign(**columns)


def half_years(table):
    """Periods with long names at the end of the time axis."""
    return table.assign(period=table["period"].replace({"2023": "2023-9M", "2022": "2022-H1"}))


def one_period(table):
    return table[table["period"] == table["period"].iloc[-1]]


def estimated(table):
    if "status" not in table:
        return table
    words = ["actual", "estimate", "target", "proposed"]
    return table.assign(status=[words[n % 4] for n in range(len(table))])


VARIANTS = {
    "": lambda table: table,
    "missing values": with_gaps,
    "long names": with_long_names,
    "one period": one_period,
    "half years": half_years,
    "negative changes": negative,
    "estimates and plans": estimated,
}


def texts_of(figure):
    """(words, box) of all texts of a figure, in pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    figure.dpi = 72
    renderer = FigureCanvasAgg(figure).get_renderer()
    with layout.briefing_style():
        found = [
            (text.get_text(), text.get_window_extent(renderer))
            for text in figure.findobj(Text)
            if text.get_visible() and text.get_text().strip() and (text.axes is None or text.axes.axison)
        ]
    return found, figure.bbox


def troubles(figure):
    """What a reader would stumble over: clipped texts and texts that lie on each other."""
    found, page = texts_of(figure)
    result = [
        f"clipped: {words}"
        for words, box in found
        if box.x0 < page.x0 - 0.5 or box.x1 > page.x1 + 0.5 or box.y0 < page.y0 - 0.5 or box.y1 > page.y1 + 0.5
    ]
    for (a, first), (b, second) in itertools.combinations(found, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        up = min(first.y1, second.y1) - max(first.y0, second.y0)
        if across > 0.7 and up > 1.0:  # a point: the empty edge of letter boxes
            result.append(f"overlap {across:.1f}x{up:.1f}: {a!r} and {b!r}")
    return result


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("count", [1, 5, 60])
@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_is_drawn_without_clipped_overlapping_or_unknown_letters(kind, count, variant):
    draw, make = KINDS[kind]
    table = VARIANTS[variant](make(count))
    before = table.copy(deep=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw(table)
        assert not troubles(figure)
    pd.testing.assert_frame_equal(table, before)
    assert figure.alt_text


@pytest.mark.parametrize("size", layout.SIZES)
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_fits_every_page_in_both_languages(kind, lang, size):
    draw, make = KINDS[kind]
    figure = draw(with_gaps(make(24)), lang=lang, size=size)
    assert not troubles(figure)
    width, height = figure.get_size_inches()
    assert width == layout.SIZES[size].width
    assert height <= layout.SIZES[size].height + 1e-9
    if size == "slide":
        assert width / height == pytest.approx(16 / 9)


@pytest.mark.parametrize("kind", KINDS)
def test_sixty_places_on_half_a_page_leave_the_middle_out_or_stay_readable(kind):
    draw, make = KINDS[kind]
    assert not troubles(draw(make(60), size="half"))


# -- words ----------------------------------------------------------------------------------------------------------


def title(figure):
    return figure.alt_text.partition(". ")[2].splitlines()[0].rstrip(".")


def words_of(figure):
    return " ".join(words for words, _ in texts_of(figure)[0])


def test_the_title_tells_who_is_highest_and_lowest():
    table = base(3, value=[12.5, 3.0, 40.25])
    assert title(charts.ranked_bars(table)) == (
        "Tỷ lệ hộ nghèo năm 2023 cao nhất ở thị xã Quế Sơn (40,25%), thấp nhất ở huyện Đắk Sơn (3,00%)"
    )
    assert title(charts.ranked_bars(table, lang="en")) == (
        "Poverty rate in 2023 was highest in Quế Sơn (40.25%) and lowest in Đắk Sơn (3.00%)"
    )


def test_ties_are_told_and_one_place_is_no_ranking():
    assert "huyện Mường Sơn và 1 nơi khác (9%)" in title(charts.ranked_bars(base(3, value=[9.0, 9.0, 2.0])))
    assert title(charts.ranked_bars(base(2, value=[9.0, 9.0]))).endswith("ở cả 2 địa phương đều là 9%")
    assert title(charts.ranked_bars(base(1, value=[9.0]))) == "Tỷ lệ hộ nghèo của huyện Mường Sơn năm 2023 là 9%"


def test_a_place_without_figure_is_said_and_never_zero():
    figure = charts.ranked_bars(base(3, value=[9.0, float("nan"), 2.0]))
    assert "không có số liệu" in words_of(figure)
    assert "không có số liệu: Đắk Sơn" in figure.alt_text
    assert "0%" not in words_of(figure)
    assert "no data" in words_of(charts.ranked_bars(base(3, value=[9.0, float("nan"), 2.0]), lang="en"))


def test_small_denominators_show_n_of_m():
    table = base(
        2,
        indicator="ntm_communes",
        unit="communes",
        direction="higher_better",
        value=[8.0, 17.0],
        of=[9.0, 19.0],
        figure=[88.9, 89.5],
        measure="share",
        standard="",
    )
    figure = charts.ranked_bars(table)
    assert {"8/9", "17/19"} <= {words for words, _ in texts_of(figure)[0]}
    assert "(17/19), thấp nhất ở huyện Mường Sơn (8/9)" in title(figure)


def test_inexact_figures_say_so():
    table = base(2, value=[13.6, 50.0], qualifier=[">", "~"])
    words = words_of(charts.ranked_bars(table))
    assert ">13,6%" in words and "≈50,0%" in words
    assert "khoảng 50,0%" in title(charts.ranked_bars(table))


def test_the_change_is_that_of_one_definition_and_names_the_largest_move():
    table = series(3)
    finding = title(charts.trend(table))
    old, new = (
        table[(table["period"] == period) & (table["place"] == "thị xã Quế Sơn")]["value"].item()
        for period in ("2022", "2023")
    )
    assert finding == (
        f"Theo chuẩn nghèo đa chiều 2022–2026, tỷ lệ hộ nghèo giảm nhanh nhất ở thị xã Quế Sơn: "
        f"từ {str(old).replace('.', ',')}% (2022) xuống {str(new).replace('.', ',')}% (2023)"
    )
    alone = table[table["standard"] == "2022-2026"]
    assert title(charts.trend(alone)) == finding.replace(
        "Theo chuẩn nghèo đa chiều 2022–2026, tỷ lệ", "Tỷ lệ"
    ), "one definition is named below the title already"
    assert title(charts.trend(table, lang="en")).startswith(
        "By the multidimensional poverty line 2022–2026, the poverty rate fell fastest in"
    )


def test_the_change_of_an_older_definition_is_not_ranked_with_that_of_the_newest():
    table = series(3)
    old = table["place"].eq("thị xã Quế Sơn") & table["standard"].eq("2022-2026")
    finding = title(charts.trend(table[~old]))  # its last figures, and the largest fall, are by the line before
    assert "2022–2026" in finding and "Quế Sơn" not in finding


def test_a_change_of_definition_is_a_gap_named_with_its_law():
    from matplotlib.lines import Line2D

    figure = charts.trend(series(2))
    words = words_of(figure)
    assert "2016–2021" in words and "2022–2026" in words
    assert "59/2015" in words and "07/2021" in words
    for line in figure.axes[0].findobj(Line2D):
        years = [float(x) for x in line.get_xdata() if line.get_linestyle() == "-"]
        assert not (years and min(years) <= 2020 and max(years) >= 2022), "a line runs across the change of definition"


def test_a_period_without_figure_is_a_gap():
    table = series(1, periods=("2016", "2017", "2018", "2019", "2020"))
    table.loc[2, "value"] = float("nan")
    pieces = findings_lines(table)
    assert [[row["period"] for row in piece] for piece in pieces] == [["2016", "2017"], ["2019", "2020"]]


def findings_lines(table):
    from analysis.drawing.lines import lines_of
    from analysis.drawing.parts import rows_of

    return next(iter(lines_of(rows_of(table)).values())).pieces


def test_plans_and_estimates_look_different_from_results():
    figure = charts.ranked_bars(base(3, status=["actual", "estimate", "target"]), highlight="")
    faces = [patch.get_facecolor() for patch in figure.axes[0].patches]
    assert len(set(faces)) == 3
    for word in ("thực hiện", "ước tính", "kế hoạch"):
        assert word in words_of(figure)
    assert "ước tính" not in words_of(charts.ranked_bars(base(3)))


def test_at_most_one_place_is_highlighted():
    from matplotlib.colors import to_hex

    red = layout.load_palette().highlight
    for wanted, count in ((None, 1), ("Tân Sơn", 1), ("", 0)):
        figure = charts.ranked_bars(base(12), highlight=wanted)
        assert sum(to_hex(patch.get_facecolor()) == red for patch in figure.axes[0].patches) == count


def test_the_caption_names_sources_and_caveats_of_the_rows_drawn():
    table = base(6, flags=["conflict", "", "conflict", "", "ocr", ""], source_title=[f"Báo cáo {n}" for n in range(6)])
    foot = charts.ranked_bars(table).alt_text
    assert "Nguồn: Báo cáo 0 (2023); Báo cáo 1 (2023); Báo cáo 2 (2023); và 3 nguồn khác." in foot
    assert "các nguồn không thống nhất (Mường Sơn, Quế Sơn)" in foot
    assert "nhận dạng từ ảnh quét (Bình Sơn)" in foot


def test_places_of_the_same_name_are_told_apart():
    rows = [
        {"place": "huyện Cao Lãnh", "province": "tỉnh Đồng Tháp"},
        {"place": "thành phố Cao Lãnh", "province": "tỉnh Đồng Tháp"},
        {"place": "huyện Châu Thành", "province": "tỉnh Đồng Tháp"},
        {"place": "huyện Châu Thành", "province": "tỉnh Bến Tre"},
    ]
    assert list(captions.place_names(rows).values()) == [
        "huyện Cao Lãnh",
        "thành phố Cao Lãnh",
        "Châu Thành (Đồng Tháp)",
        "Châu Thành (Bến Tre)",
    ]


def test_plans_that_lack_a_result_are_counted_and_judged_ones_told():
    table = plans(5)
    table.loc[4, ["actual", "done_pct"]] = float("nan")
    table.loc[4, "outcome"] = ""
    figure = charts.bullet(table)
    assert "1 kế hoạch chưa có số thực hiện" in figure.alt_text
    assert title(figure).startswith("2/4 địa phương đạt hoặc vượt kế hoạch")


def test_a_plan_that_can_not_be_judged_is_neither_reached_nor_missed():
    from matplotlib.colors import to_hex

    figure = charts.bullet(plans(3).assign(outcome=["exceeded", "missed", ""]))
    assert "chưa đánh giá được" in words_of(figure)
    palette = layout.load_palette()
    assert [to_hex(bar.get_facecolor()) for bar in figure.axes[0].patches] == [palette.dark, palette.pale, "#ffffff"]
    assert "chưa đánh giá được" not in words_of(charts.bullet(plans(3)))


def test_a_row_that_was_not_ranked_has_no_bar():
    figure = charts.ranked_bars(base(3, compared=[True, True, False], note=["", "", "chuẩn khác"]))
    assert len(figure.axes[0].patches) == 2
    assert "(không xếp hạng)" in words_of(figure)
    assert "chuẩn khác" in figure.alt_text


def test_bars_of_changes_are_signed_and_tell_the_largest_move():
    table = changes(6).assign(change_unit="percentage_points")
    table["change"] = table["value"] - table["from_value"]
    table.loc[2, ["change", "value"]] = float("nan")
    figure = charts.ranked_bars(table.sort_values("change"), column="change")
    assert not troubles(figure)
    words = [words for words, _ in texts_of(figure)[0]]
    assert "không so sánh được" in words and any(text.startswith("+") for text in words)
    assert "điểm %" in figure.measure and "giảm nhanh nhất ở " in figure.finding


def test_bars_of_gaps_tell_who_is_furthest_from_the_reference():
    table = base(3, value=[12.0, 4.0, 8.0], gap=[4.0, -4.0, 0.0], gap_unit="percentage_points", reference=8.0)
    figure = charts.ranked_bars(table, column="gap")
    assert figure.finding == (
        "Tỷ lệ hộ nghèo năm 2023 cao hơn mốc nhiều nhất ở huyện Mường Sơn (+4 điểm %), "
        "thấp hơn mốc nhiều nhất ở huyện Đắk Sơn (−4 điểm %)"
    )
    assert figure.measure.endswith("chênh lệch so với mốc 8%")


def test_a_long_unit_is_said_once_and_labels_have_the_decimals_of_their_unit():
    table = base(2, indicator="income_per_capita", unit="million_vnd_per_year", value=[51.97, 25.0], standard="")
    figure = charts.ranked_bars(table)
    assert figure.finding.count("triệu đồng/người/năm") == 1
    assert {"52,0", "25,0"} <= {words for words, _ in texts_of(figure)[0]}


def test_every_number_on_a_figure_is_a_number_of_its_table():
    figure = charts.ranked_bars(ranking(20), highlight="")
    shown = [words for words, _ in texts_of(figure)[0] if words.endswith("%")]
    assert sorted(float(words.rstrip("%").replace(",", ".")) for words in shown) == ranking(20)["value"].tolist()
    assert {len(words.partition(",")[2]) for words in shown} == {3}, "all with two decimals"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", ["half", "slide"])
def test_a_figure_without_title_leaves_its_words_to_the_document(kind, size):
    draw, make = KINDS[kind]
    whole, bare = draw(make(8), size=size), draw(make(8), size=size, title="")
    assert not troubles(bare)
    assert bare.alt_text == whole.alt_text
    assert bare.finding == whole.finding and bare.finding not in words_of(bare)
    assert bare.measure not in words_of(bare) and bare.foot[0].startswith("Nguồn: ")
    assert not any(words.startswith("Nguồn") for words, _ in texts_of(bare)[0])
    assert bare.get_size_inches()[1] < whole.get_size_inches()[1]


# -- errors ---------------------------------------------------------------------------------------------------------


def test_errors_say_what_to_do():
    with pytest.raises(charts.ChartProblem, match=r"no column 'from_value'.*analysis\.compare"):
        charts.slope(base(3))
    with pytest.raises(charts.ChartProblem, match="no rows"):
        charts.ranked_bars(base(0))
    with pytest.raises(charts.ChartProblem, match=r"no place 'Hà Nội' to highlight.*Mường Sơn"):
        charts.ranked_bars(base(3), highlight="Hà Nội")
    with pytest.raises(charts.LayoutProblem, match="half"):
        charts.ranked_bars(base(3), size="poster")
    with pytest.raises(charts.ChartProblem, match="time axis"):
        charts.trend(base(3, period="nhiều năm"))
    with pytest.raises(charts.ChartProblem, match="called Mường Sơn"):
        charts.district_map(base(2, place=["huyện Lạ", "huyện Xa"], place_code=""), squares(NAMES[:3]))
    with pytest.raises(charts.ChartProblem, match=r"no property 'ten'.*name"):
        charts.district_map(base(2), squares(NAMES[:3]), name="ten")
    with pytest.raises(charts.ChartProblem, match="is no area"):
        charts.district_map(base(1), {"features": [{"properties": {"name": "x"}, "geometry": {"type": "Point"}}]})


def test_a_map_reads_a_file_and_names_the_places_it_lacks(tmp_path):
    path = tmp_path / "huyen.geojson"
    path.write_text(json.dumps(squares(NAMES[:4])), encoding="utf-8")
    figure = charts.district_map(base(5), path)
    assert "không có trên bản đồ: huyện Bình Sơn" in figure.alt_text
    path.write_text("{", encoding="utf-8")
    with pytest.raises(charts.ChartProblem, match="no GeoJSON"):
        charts.district_map(base(5), path)


# -- files ----------------------------------------------------------------------------------------------------------


def digests(paths):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_data_give_the_same_bytes(kind, tmp_path):
    draw, make = KINDS[kind]
    first = charts.save(draw(make(7)), tmp_path / "a" / "figure")
    second = charts.save(draw(make(7)), tmp_path / "b" / "figure.png")
    assert [path.suffix for path in first] == [".png", ".svg", ".pdf", ".txt"]
    assert digests(first) == digests(second)


def test_another_process_gives_the_same_bytes_too(tmp_path):
    here = charts.save(charts.trend(series(5)), tmp_path / "here" / "figure")
    script = (
        "import sys; sys.path[:0] = [sys.argv[1], sys.argv[2]]; import test_charts as t; "
        "t.charts.save(t.charts.trend(t.series(5)), sys.argv[3])"
    )
    tests = pathlib.Path(__file__).parent
    subprocess.run(
        [sys.executable, "-c", script, str(tests), str(tests.parent), str(tmp_path / "there" / "figure")], check=True
    )
    assert digests(here) == digests((tmp_path / "there").iterdir())


def test_text_is_text_in_svg_and_pdf_and_png_has_300_dpi(tmp_path):
    import pypdfium2
    from PIL import Image

    figure = charts.ranked_bars(ranking(5))
    png, svg, pdf, words = charts.save(figure, tmp_path / "figure")
    image = Image.open(png)
    assert image.info["Description"] == figure.alt_text
    assert [round(dpi) for dpi in image.info["dpi"]] == [300, 300]
    assert image.size[0] == round(layout.SIZES["half"].width * 300)
    for path, content in (
        (svg, svg.read_text(encoding="utf-8")),
        (pdf, pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()),
    ):
        assert "không" not in content
        assert "Mường Sơn" in content and "Tỷ lệ hộ nghèo, %, năm 2023" in content, path
    assert "@font-face" in svg.read_text(encoding="utf-8") and svg.stat().st_size < 40_000
    assert words.read_text(encoding="utf-8") == figure.alt_text + "\n"
    assert "huyện Mường Sơn: 23,23%" in figure.alt_text


def test_many_figures_are_saved_in_parallel_as_one_by_one(tmp_path):
    jobs = {
        "a": functools.partial(charts.ranked_bars, ranking(5)),
        "b": functools.partial(charts.slope, changes(5)),
        "c": charts.bullet(plans(5)),
    }
    together = charts.save_all({tmp_path / "p" / name: job for name, job in jobs.items()}, ("png", "svg"))
    alone = charts.save_all({tmp_path / "s" / name: job for name, job in jobs.items()}, ("png", "svg"), workers=1)
    assert [path.name for path in together] == [f"{name}.{form}" for name in "abc" for form in ("png", "svg", "txt")]
    assert digests(together) == digests(alone)
    for workers in (1, 2):
        with pytest.raises(charts.ChartProblem, match="b: The table has no column"):
            charts.save_all(
                {
                    tmp_path / "a": functools.partial(charts.ranked_bars, ranking(2)),
                    tmp_path / "b": functools.partial(charts.slope, ranking(2)),
                },
                ("pptx",)[:0],
                workers=workers,
            )
    with pytest.raises(charts.ChartProblem, match="not written as 'bmp'"):
        charts.save(jobs["c"], tmp_path / "x", ("bmp",))


def test_a_figure_shows_itself_in_a_notebook():
    figure = charts.ranked_bars(ranking(3))
    picture, shown = figure._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert shown["width"] == round(figure.get_size_inches()[0] * figure.dpi)


def test_the_alternative_text_of_a_large_figure_stays_short():
    words = charts.trend(series(60)).alt_text
    assert "và 220 số liệu khác trong bảng" in words and len(words) < 6000


# -- style ----------------------------------------------------------------------------------------------------------


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    """The contrast of two colours by WCAG 2."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


SIGHT = {  # linear RGB as dichromats see it: Viénot, Brettel and Mollon 1999; tritan after Brettel 1997, one plane
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "deutan": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
    "tritan": [[1, 0.14461, -0.14461], [0, 0.85924, 0.14076], [0, 0.85924, 0.14076]],
}


def lab(colour, sight):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    r, g, b = (min(max(sum(m * c for m, c in zip(row, linear, strict=True)), 0), 1) for row in SIGHT[sight])
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_text_and_signs_have_enough_contrast():
    palette = layout.load_palette()
    for text in (palette.ink, palette.muted, palette.highlight):
        assert contrast(text, "#ffffff") >= 4.5
    for sign in (palette.plain, palette.dark, palette.highlight):
        assert contrast(sign, "#ffffff") >= 3
    for colour, text in zip(palette.quartiles, ("#ffffff", palette.ink, palette.ink, "#ffffff"), strict=True):
        assert contrast(colour, text) >= 4.5


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_are_told_apart_by_colour_blind_readers(sight):
    palette = layout.load_palette()
    for group in (
        palette.quartiles,
        (palette.highlight, palette.plain, palette.pale),
        (palette.dark, palette.pale, "#ffffff"),
    ):
        for a, b in itertools.combinations(group, 2):
            assert math.dist(lab(a, sight), lab(b, sight)) > 20, (a, b)


@pytest.mark.parametrize(
    "text", ["Tỷ lệ hộ nghèo đa chiều", "ẾỀỂỄỆ ỨỪỬỮỰ ỚỜỞỠỢ ẴẶẲ ỴỶỸ đĐ", "≈ ≥ ≤ − – … → ₫ ‰ m² × “”"]
)
def test_the_typeface_has_every_letter(text):
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    layout.load_style()
    fonts = [
        FT2Font(findfont(FontProperties(family=family, weight=weight)))
        for weight in ("normal", "bold")
        for family in ("Be Vietnam Pro",)
    ]
    fallback = FT2Font(findfont("DejaVu Sans"))
    for font in fonts:
        assert "BeVietnamPro" in font.fname
        lacking = [letter for letter in text if letter != " " and not font.get_char_index(ord(letter))]
        assert all(fallback.get_char_index(ord(letter)) for letter in lacking)
        assert not [letter for letter in lacking if letter.isalpha()]


# -- with real comparisons ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def table():
    from analysis import tidy

    return tidy.tidy(
        None, published=tidy.read_published(pathlib.Path(__file__).parent.parent / "data/tables/published_figures.csv")
    )


REAL = {
    "ranking": lambda t: charts.ranked_bars(compare.rank(t, "poverty_rate", province="Phú Thọ", period="2016")),
    "all districts": lambda t: charts.ranked_bars(compare.rank(t, "poverty_rate", period="2021", standard="2022-2026")),
    "communes": lambda t: charts.ranked_bars(compare.rank(t, "ntm_communes", period="2020")),
    "series with four lines": lambda t: charts.trend(compare.series(t, "poverty_rate", places=["huyện Đam Rông"])),
    "all series": lambda t: charts.trend(compare.series(t, "poverty_rate")),
    "provinces": lambda t: charts.small_multiples(compare.series(t, "poverty_rate", level="province")),
    "change": lambda t: charts.slope(compare.change(t, "poverty_rate", "2019", "2020")),
    "before and after": lambda t: charts.dumbbell(compare.change(t, "poverty_rate", "2022", "2023")),
    "plans": lambda t: charts.bullet(compare.plan_actual(t)),
    "plan and result": lambda t: charts.dumbbell(compare.plan_actual(t, "ntm_communes")),
    "scorecard": lambda t: charts.scorecard(
        compare.quartiles(
            t, ["poverty_rate", "near_poverty_rate", "poor_households"], province="Yên Bái", period="2023"
        )
    ),
    "dispersion": lambda t: charts.dispersion(compare.dispersion(t, "poverty_rate")),
    "funnel": lambda t: charts.funnel(
        compare.funnel(
            t, "poverty_rate", denominators="households_total", period="2021", standard="2022-2026", province="Kon Tum"
        )
    ),
}


@pytest.mark.parametrize("kind", REAL)
def test_real_comparisons_are_drawn(kind, table):
    figure = REAL[kind](table)
    assert not troubles(figure)
    assert "Nguồn: " in figure.alt_text


def test_findings_speak_of_nothing_when_nothing_is_known():
    assert "không có số liệu" in findings.ranking_finding(
        [{"place": "huyện A", "indicator": "poverty_rate", "value": None}]
    )
    assert findings.change_finding([]) == "Chưa có hai kỳ so sánh được"
