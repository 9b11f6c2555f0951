"""The catalogue: entries find what they promise, a broken file is refused in one sentence, analysts extend it alone."""

import csv
import re
from pathlib import Path

import pytest

from analysis.indicators import CATALOGUE, DIRECTIONS, KINDS, UNITS, CatalogueError, load_catalogue
from analysis.observations import extract, observe
from analysis.quantities import parse_number
from analysis.reports import Report
from analysis.sentences.cues import compile_cues

ENTRIES = load_catalogue()
with open(Path(__file__).parent / "gold" / "general.csv", encoding="utf-8", newline="") as _handle:
    GENERAL = list(csv.DictReader(_handle))
MISSED_EXAMPLES: dict[str, str] = {}
MISSED_STATUS: dict[str, str] = {}
MISSED_SENTENCES: dict[tuple[str, str], str] = {}
NEW_ENTRY = """
[[indicator]]
id = "solar_households"
name_vi = "Số hộ lắp điện mặt trời mái nhà"
name_en = "Households with rooftop solar power"
unit = "households"
kind = "stock"
direction = "higher_better"
definition = "Households that have solar panels on the roof at the date."
plausible = [0, 20000]
cues = ["# hộ … (điện mặt trời|pin mặt trời)"]
not_cues = ["# hộ … đăng ký … (điện mặt trời|pin mặt trời)"]
example = "Đến nay có 315 hộ lắp đặt điện mặt trời mái nhà."
near_miss = "Có 315 hộ đăng ký lắp đặt điện mặt trời mái nhà."
"""


def read(text, catalogue=ENTRIES):
    """What is found in one sentence of a report about a district."""
    return observe(Report(id="sentence", text=text, place="huyện Ba Chẽ", published="2021-12-20"), catalogue)


def cases(rows, misses):
    """Rows as parameters, the known misses among them as strict expected failures."""
    return [
        pytest.param(*row, marks=[pytest.mark.xfail(reason=misses[key], strict=True)] if key in misses else [])
        for key, row in rows.items()
    ]


# ---- what is found --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", cases({name: (name,) for name in ENTRIES}, MISSED_EXAMPLES))
def test_the_example_of_an_indicator_is_found_with_its_unit(indicator):
    entry = ENTRIES[indicator]
    found = [o for o in read(entry.example) if o.indicator == indicator]
    assert found, f"nothing found in: {entry.example}"
    figures = {parse_number(number) for number in re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", entry.example)}
    for observation in found:
        assert observation.unit == entry.unit
        assert abs(observation.value) in (figures if entry.unit != "yes" else {1.0})
        assert entry.plausible[0] <= observation.value <= entry.plausible[1]
        assert observation.place == "huyện Ba Chẽ"
        assert entry.example[observation.start : observation.end] == observation.quote
        assert not {"implausible", "unit_inferred", "number_unclear"} & set(observation.flags.split("|"))


@pytest.mark.parametrize("indicator", cases({name: (name,) for name in ENTRIES}, MISSED_STATUS))
def test_the_example_of_an_indicator_is_read_as_reached(indicator):
    assert {o.status for o in read(ENTRIES[indicator].example) if o.indicator == indicator} <= {"actual"}


@pytest.mark.parametrize("indicator", list(ENTRIES))
def test_the_near_miss_of_an_indicator_is_not_that_indicator(indicator):
    assert indicator not in [o.indicator for o in read(ENTRIES[indicator].near_miss)]


FOUND = {(r["indicator"], r["text"]): (r["indicator"], float(r["value"]), r["text"]) for r in GENERAL if r["value"]}
ALIKE = [(r["indicator"], r["text"]) for r in GENERAL if not r["value"]]


@pytest.mark.parametrize(("indicator", "value", "text"), cases(FOUND, MISSED_SENTENCES))
def test_general_indicators_are_found_as_reports_write_them(indicator, value, text):
    assert (indicator, value) in [(o.indicator, o.value) for o in read(text)]


@pytest.mark.parametrize(("indicator", "text"), ALIKE)
def test_words_that_look_alike_do_not_give_the_indicator(indicator, text):
    assert indicator not in [o.indicator for o in read(text)]


@pytest.mark.parametrize(
    ("text", "indicator", "variant"),
    [
        ("Tỷ lệ thất nghiệp khu vực thành thị còn 2,1%.", "unemployment_rate", "urban"),
        ("Tỷ lệ trẻ em suy dinh dưỡng thể thấp còi còn 16%.", "child_malnutrition_rate", "stunting"),
        ("Tỷ lệ tham gia bảo hiểm xã hội tự nguyện đạt 3,2%.", "social_insurance_rate", "voluntary"),
        ("Có 12 khu dân cư nông thôn mới kiểu mẫu.", "ntm_villages", "model"),
        ("Thu ngân sách nhà nước trên địa bàn đạt 98 tỷ đồng.", "budget_revenue", "in_area"),
        ("Tỷ lệ thất nghiệp còn 2,1%.", "unemployment_rate", ""),
    ],
)
def test_the_words_tell_the_variant(text, indicator, variant):
    assert (indicator, variant) in [(o.indicator, o.variant) for o in read(text)]


def test_a_share_beside_a_count_is_its_own_figure():
    found = {o.indicator: (o.value, o.of) for o in read("Có 29/34 trường đạt chuẩn quốc gia, chiếm 85,3%.")}
    assert found == {"school_standard_schools": (29, 34), "school_standard_rate": (85.3, None)}


# ---- the shipped catalogue -----------------------------------------------------------------------------------------


def test_every_entry_is_complete_and_its_own():
    names = [entry.name_vi for entry in ENTRIES.values()]
    assert len(set(names)) == len(names)
    assert len({entry.name_en for entry in ENTRIES.values()}) == len(names)
    assert len({entry.definition for entry in ENTRIES.values()}) == len(names)
    for entry in ENTRIES.values():
        assert entry.unit in UNITS and entry.kind in KINDS and entry.direction in DIRECTIONS
        assert entry.example.endswith(".") and entry.near_miss.endswith(".") and entry.definition.endswith(".")
        assert entry.plausible[0] < entry.plausible[1]
        assert set(entry.variant_cues) <= set(entry.variants), entry.id
        assert not set(entry.cues) & set(entry.not_cues), entry.id


def test_figures_that_hang_together_have_fitting_units():
    for entry in ENTRIES.values():
        if entry.share:
            assert ENTRIES[entry.share].unit == "percent"
        if entry.change:
            assert ENTRIES[entry.change].unit == "percentage_points"
        for other in (entry.fall, entry.added):
            assert not other or (ENTRIES[other].unit, ENTRIES[other].kind) == (entry.unit, "flow")


def test_general_entries_keep_no_breaks_that_are_only_about_places():
    about_places = re.compile("commune and district mergers|:mergers|district level ends")
    for entry in ENTRIES.values():
        assert entry.listed or not about_places.search("|".join(entry.breaks)), entry.id


# ---- a broken catalogue --------------------------------------------------------------------------------------------


def written(folder, text):
    path = folder / "indicators.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path):
    """The sentence with which a catalogue is refused."""
    with pytest.raises(CatalogueError) as caught:
        compile_cues(load_catalogue(path))
    return str(caught.value)


def test_a_catalogue_that_is_not_there_is_named(tmp_path):
    assert "there is no catalogue here" in refusal(tmp_path / "nowhere.toml")


def test_broken_toml_names_the_line(tmp_path):
    sentence = refusal(written(tmp_path, NEW_ENTRY.replace('unit = "households"', "unit = households")))
    assert "indicators.toml" in sentence and re.search(r"line \d+", sentence) and "mend" in sentence


def test_an_empty_catalogue_is_refused(tmp_path):
    assert "holds no [[indicator]] entry" in refusal(written(tmp_path, "# nothing yet\n"))


@pytest.mark.parametrize(
    "field", ["id", "name_vi", "name_en", "unit", "kind", "direction", "definition", "example", "near_miss"]
)
def test_a_missing_field_is_named_with_its_entry(tmp_path, field):
    sentence = refusal(written(tmp_path, re.sub(rf"(?m)^{field} = .*\n", "", NEW_ENTRY)))
    assert f"{'entry 1' if field == 'id' else 'solar_households'}: {field} is missing" in sentence


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('unit = "households"', 'unit = "roofs"', "unit 'roofs' is none of percent"),
        ('kind = "stock"', 'kind = "heap"', "kind 'heap' is none of rate, stock, flow"),
        ('direction = "higher_better"', 'direction = "up"', "direction 'up' is none of higher_better"),
        ("plausible = [0, 20000]", 'colour = "red"', "unknown field colour"),
        ("plausible = [0, 20000]", 'share = "solar_rate"', "share names 'solar_rate', which is not in the catalogue"),
        ("# hộ … (điện mặt trời|pin mặt trời)", "# hộ ((điện|pin) mặt trời)", "can not be read"),
    ],
)
def test_what_breaks_a_rule_is_named(tmp_path, old, new, words):
    assert words in refusal(written(tmp_path, NEW_ENTRY.replace(old, new, 1)))


def test_an_entry_that_stands_twice_is_named_with_the_shared_definition(tmp_path):
    sentence = refusal(written(tmp_path, NEW_ENTRY + NEW_ENTRY))
    assert "solar_households: stands twice" in sentence and "same definition as solar_households" in sentence


def test_all_problems_come_in_one_sentence(tmp_path):
    broken = NEW_ENTRY.replace('"households"', '"roofs"').replace('kind = "stock"\n', "")
    broken = broken.replace("plausible", "bounds")
    sentence = refusal(written(tmp_path, broken))
    assert "kind is missing" in sentence and "unit 'roofs'" in sentence and "unknown field bounds" in sentence
    assert "\n" not in sentence


@pytest.mark.xfail(reason="an entry without cues raises a TypeError", raises=TypeError, strict=True)
def test_an_entry_without_cues_is_refused_in_words(tmp_path):
    assert "cues is missing" in refusal(written(tmp_path, re.sub(r"(?m)^cues = .*\n", "", NEW_ENTRY)))


@pytest.mark.xfail(reason="an open bracket in a phrase is passed over", strict=True)
def test_a_phrase_with_an_open_bracket_is_refused(tmp_path):
    assert "can not be read" in refusal(written(tmp_path, NEW_ENTRY.replace("pin mặt trời)", "pin mặt trời", 1)))


# ---- an analyst's own indicator ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A copy of the catalogue to which an analyst has added an entry."""
    path = tmp_path_factory.mktemp("own") / "indicators.toml"
    path.write_text(CATALOGUE.read_text(encoding="utf-8") + NEW_ENTRY, encoding="utf-8")
    return load_catalogue(path)


def test_an_added_indicator_is_found_without_touching_python(own):
    text = "Năm 2021, toàn huyện có 315 hộ đã lắp pin mặt trời."
    report = Report(id="own", text=text, place="huyện Ba Chẽ", published="2021-12-20")
    columns = ["indicator", "value", "unit", "place", "period"]
    assert extract([report], own)[columns].values.tolist() == [
        ["solar_households", 315, "households", "huyện Ba Chẽ", "2021"]
    ]
    assert extract([report]).empty


def test_an_added_indicator_keeps_away_from_its_look_alike(own):
    assert [o.indicator for o in read(own["solar_households"].example, own)] == ["solar_households"]
    assert "solar_households" not in [o.indicator for o in read(own["solar_households"].near_miss, own)]


def test_adding_an_indicator_changes_nothing_else(own):
    for entry in list(ENTRIES.values())[:8]:
        assert read(entry.example, own) == read(entry.example)


# ---- labels of tables ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "indicator"),
    [
        ("Tỷ lệ hộ nghèo (%)", "poverty_rate"),
        ("Tỷ lệ hộ cận nghèo (%)", "near_poverty_rate"),
        ("Số hộ nghèo", "poor_households"),
        ("Tổng số hộ", "households_total"),
        ("Dân số trung bình (người)", "population"),
        ("Số xã đạt chuẩn nông thôn mới", "ntm_communes"),
        ("Số xã đạt chuẩn nông thôn mới nâng cao", "ntm_advanced_communes"),
        ("Thu nhập bình quân đầu người (triệu đồng/năm)", "income_per_capita"),
        ("GRDP bình quân đầu người", "grdp_per_capita"),
        ("Thu ngân sách nhà nước trên địa bàn (tỷ đồng)", "budget_revenue"),
        ("Thu nội địa", "domestic_revenue"),
        ("Giá trị sản xuất nông, lâm nghiệp và thủy sản", "agri_production_value"),
        ("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ", "retail_sales"),
        ("Tỷ lệ lao động qua đào tạo", "trained_labour_rate"),
        ("Tỷ lệ thất nghiệp khu vực thành thị", "unemployment_rate"),
        ("Tỷ lệ hộ có nhà tiêu hợp vệ sinh", "toilet_hygienic_rate"),
        ("Số hợp tác xã", "cooperatives"),
        ("Số vụ tai nạn giao thông", "traffic_accidents"),
        ("Sản lượng lương thực có hạt (tấn)", "food_output"),
        ("TỶ LỆ ĐÔ THỊ HÓA", "urbanisation_rate"),
    ],
)
def test_a_table_label_names_its_indicator_first(label, indicator):
    matches = compile_cues(ENTRIES).match_label(label)
    assert matches and indicator in [name for name, score in matches if score == matches[0][1]]
    assert all(0 < score <= 1 for _, score in matches)
    assert [score for _, score in matches] == sorted((score for _, score in matches), reverse=True)


@pytest.mark.parametrize("label", ["STT", "Ghi chú", "Đơn vị tính", "Tên xã", "Năm 2020", "So với cùng kỳ", ""])
def test_a_label_that_names_no_indicator_matches_none(label):
    assert compile_cues(ENTRIES).match_label(label) == []


def test_a_combined_label_is_not_the_plain_indicator():
    assert "poverty_rate" not in dict(compile_cues(ENTRIES).match_label("Tỷ lệ hộ nghèo khu vực nông thôn"))
    assert "production_value" not in dict(compile_cues(ENTRIES).match_label("Giá trị sản xuất công nghiệp - xây dựng"))
