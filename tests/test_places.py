"""Places: one name, one date, one unit, or the reason why it is open."""

import pytest

from analysis.places import find_place, load_gazetteer, place_key, split_type, successors


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("huyện Cao Lãnh", "2020", "873"),
        ("thành phố Cao Lãnh", "2020", "866"),
        ("TP. Cao Lãnh", "2020", "866"),
        ("phường Cao Lãnh", "2025-08", "29869"),
        ("thị xã Hồng Ngự", "2018", "868"),
        ("thành phố Hồng Ngự", "2022", "868"),
        ("huyện Hồng Ngự", "2022", "870"),
        ("Hoài Nhơn", "2018", "543"),
        ("huyện Hoài Nhơn", "2018", "543"),
        ("thị xã Hoài Nhơn", "2021", "543"),
        ("thị xã Bắc Kạn", "2014", "058"),
        ("Huyện Ba Chẽ", None, "202"),
        ("huyện Ba Chẽ, tỉnh Quảng Ninh", "2023", "202"),
        ("xã Lương Mông, huyện Ba Chẽ", "2023", "06985"),
        ("Quận 1, TP. Hồ Chí Minh", "2020", "760"),
        ("tỉnh Yên Bái", "2020", "15"),
        ("tỉnh Lào Cai", "2020", "10"),
        ("tỉnh Lào Cai", "2026", "15"),
        ("cả nước", "2020", "VN"),
    ],
)
def test_a_name_and_a_date_give_one_unit(name, on, code):
    assert find_place(name, on=on).place.code == code


def test_chau_thanh_without_a_province_is_ambiguous_and_lists_all_ten():
    match = find_place("Châu Thành", on="2024")
    assert match.place is None
    assert len(match.candidates) == 10
    assert all(p.province in match.reason for p in match.candidates)
    assert find_place("Châu Thành", on="2024", province="An Giang").place.province == "An Giang"


def test_the_short_name_of_a_district_and_a_city_is_ambiguous():
    match = find_place("Cao Lãnh", on="2020")
    assert match.place is None
    assert {p.code for p in match.candidates} == {"866", "873"}


def test_a_district_has_ended_in_july_2025_and_the_answer_says_so():
    match = find_place("huyện Ba Chẽ", on="2026")
    assert match.place is None
    assert "2025-07-01" in match.reason
    assert find_place("huyện Ba Chẽ", on="2025-H1").place is not None
    assert find_place("huyện Ba Chẽ", on="2025-H2").place is None


def test_an_outdated_type_is_answered_with_the_unit_that_took_its_code_over():
    match = find_place("huyện Hoài Nhơn", on="2024")
    assert match.place.name == "thị xã Hoài Nhơn"
    assert "thị xã Hoài Nhơn" in match.reason


def test_between_two_lists_both_names_are_possible_but_a_list_decides():
    assert len(find_place("Thủ Đức", on="2020").candidates) == 2
    assert find_place("Thủ Đức", on="2022").place.name == "thành phố Thủ Đức"
    assert find_place("Thủ Đức", on="2018").place.name == "quận Thủ Đức"


def test_a_town_that_became_a_city_before_the_oldest_list_is_found_with_a_reason():
    match = find_place("thị xã Bắc Kạn", on="2014")
    assert match.place.name == "thành phố Bắc Kạn"
    assert "older than the lists" in match.reason


def test_a_province_whose_code_changed_needs_a_date():
    match = find_place("tỉnh Gia Lai")
    assert match.place is None
    assert {p.code for p in match.candidates} == {"52", "64"}


def test_an_unknown_name_has_no_candidates_and_a_wrong_tone_is_unknown():
    assert find_place("huyện Ba Chế").place is None
    assert find_place("huyện Ba Chế").candidates == ()
    assert find_place("huyện Thọ Xuân", on="2020").place is not None
    assert find_place("huyện Tho Xuan", on="2020").place is None
    assert find_place("").place is None


def test_the_wrong_province_is_no_match_but_says_where_the_name_is():
    match = find_place("huyện Ba Chẽ", on="2020", province="Hà Giang")
    assert match.place is None
    assert "Quảng Ninh" in match.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa An", "Hoà An"), ("Thủy Nguyên", "Thuỷ Nguyên"), ("Quy Nhơn", "Qui Nhơn"), ("Ia H'Drai", "Ia H’ Drai"),
        ("Phan Rang-Tháp Chàm", "Phan Rang – Tháp Chàm"), ("Đakrông", "Đa Krông"), ("Đắk Lắk", "Đăk Lăk"),
        ("Đắk Lắk", "Đắc Lắc"), ("Sĩ Bình", "Sỹ Bình"), ("Mỹ Đức", "Mĩ Đức"), ("Phường 01", "Phường 1"),
        ("Ðông Anh", "Đông Anh"),
    ],
)  # fmt: skip
def test_spelling_habits_share_a_key(one, other):
    assert place_key(one) == place_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ba Chẽ", "Ba Che"), ("Hòa Bình", "Hoa Bình"), ("Thúy", "Thúi"), ("Bắc Mê", "Bác Mê")]
)
def test_tones_are_letters(one, other):
    assert place_key(one) != place_key(other)


def test_usual_spellings_find_what_the_lists_write_otherwise(gazetteer):
    assert find_place("huyện Mù Cang Chải", on="2020").place.name == "huyện Mù Cang Chải"
    assert find_place("huyện Mù Căng Chải", on="2020").place.code == "137"
    assert find_place("huyện Đa Krông", on="2020").place.name == "huyện Đakrông"
    assert gazetteer.candidates("Thừa Thiên - Huế", level="province")[0].code == "46"


def test_no_two_units_of_one_list_share_type_name_and_parent(gazetteer):
    for on in ("2019-10-01", "2022-10-01", "2025-06-30", "2025-07-01"):
        seen = {}
        for place in gazetteer.places:
            listed = (place.seen_from or "2019-10-01") <= on <= (place.seen_to or "2025-07-01")
            if place.level == "country" or not listed:
                continue
            unit = (place.level, place.type, place_key(place.short), place.parent)
            assert seen.setdefault(unit, place.code) == place.code


def test_every_parent_exists(gazetteer):
    known = {(p.level, p.code) for p in gazetteer.places}
    for place in gazetteer.places:
        if place.level == "district":
            assert ("province", place.parent) in known
        if place.level == "commune":
            assert ("district", place.parent) in known or ("province", place.parent) in known


def test_each_list_has_as_many_units_as_the_country_had(gazetteer):
    def standing(level, on):
        places = [p for p in gazetteer.places if p.level == level]
        return len({p.code for p in places if (p.seen_from or "2019") <= on <= (p.seen_to or "2026")})

    assert standing("province", "2025-06-30") == 63
    assert standing("province", "2025-07-01") == 34
    assert standing("district", "2025-06-30") == 696
    assert standing("district", "2025-07-01") == 0
    assert standing("commune", "2025-07-01") == 3321


def test_the_communes_of_a_district_are_what_it_became():
    heirs = successors(find_place("huyện Ba Chẽ", on="2025-06").place)
    assert [h.place.level for h in heirs] == ["commune"] * len(heirs)
    assert {h.place.province for h in heirs} == {"Quảng Ninh"}
    assert "xã Ba Chẽ" in {h.place.name for h in heirs}


def test_a_commune_goes_over_as_a_whole_or_in_parts():
    whole = successors(find_place("phường Phúc Xá, quận Ba Đình", on="2025-06").place)
    assert [h.extent for h in whole] == ["whole"]
    parts = successors(find_place("phường Cống Vị, quận Ba Đình", on="2025-06").place)
    assert {h.extent for h in parts} == {"main part", "part"}


def test_a_province_goes_over_into_one_and_shares_it():
    (heir,) = successors(find_place("tỉnh Yên Bái", on="2025-06").place)
    assert (heir.place.name, heir.place.code, heir.shared) == ("tỉnh Lào Cai", "15", True)
    (same,) = successors(find_place("tỉnh Cao Bằng", on="2025-06").place)
    assert (same.place.name, same.shared) == ("tỉnh Cao Bằng", False)
    (grown,) = successors(find_place("tỉnh Phú Thọ", on="2025-06").place)
    assert (grown.place.name, grown.shared) == ("tỉnh Phú Thọ", True)
    assert successors(find_place("xã Ba Chẽ", on="2026").place) == ()


def test_names_keep_their_type_in_small_letters():
    assert split_type("Thị Xã Mường Lay") == ("thị xã", "Mường Lay")
    assert split_type("TX.Nghĩa Lộ") == ("thị xã", "Nghĩa Lộ")
    assert split_type("H. Chợ Mới") == ("huyện", "Chợ Mới")
    assert find_place("Thị xã Mường Lay", on="2020").place.name == "thị xã Mường Lay"


def test_a_date_that_is_none_is_refused_with_the_forms_that_are():
    with pytest.raises(ValueError, match="2020-H1"):
        find_place("huyện Ba Chẽ", on="năm 2020")


def test_keys_of_a_level_find_every_name(gazetteer):
    assert place_key("Ba Chẽ") in gazetteer.keys("district")
    assert place_key("Ba Chẽ") not in gazetteer.keys("province")
    with pytest.raises(ValueError, match="commune"):
        gazetteer.keys("huyện")


def test_candidates_narrow_with_everything_that_is_known(gazetteer):
    assert len(gazetteer.candidates("Tam Nông", level="district")) == 2
    assert [p.province for p in gazetteer.candidates("Tam Nông", level="district", province="Phú Thọ")] == ["Phú Thọ"]
    assert gazetteer.candidates("Hoài Nhơn", type="thị xã", on="2018") == ()
    assert gazetteer.candidates("không nơi nào") == ()
