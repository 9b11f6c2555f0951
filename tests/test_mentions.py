"""Places in sentences: what is looked for first loses nothing, and a list keeps its type."""

from pathlib import Path

from analysis.context import mentions
from analysis.context.frame import Frame
from analysis.context.mentions import PlaceReader
from analysis.places import load_gazetteer
from analysis.text import canonical

PAGES = sorted((Path(__file__).parent / "gold").glob("*/*.txt"))
FRAME = Frame(place="huyện Ba Chẽ", level="district", code="204", province="Quảng Ninh", period="2020")


def read(sentence):
    plain = canonical(sentence)
    return PlaceReader(load_gazetteer(), FRAME).read(plain.text, plain.folded)


def test_places_named_by_their_kind_have_one_of_the_words_looked_for_first():
    for page in PAGES:
        for line in canonical(page.read_text(encoding="utf-8")).folded.split("\n"):
            if mentions._GENERIC.search(line):
                assert mentions._KIND_WORD.search(line), line


def test_names_with_a_type_are_found_by_their_first_letters():
    types = ("huyện đảo", "Huyện", "quận", "Thị xã", "thành phố", "Xã", "phường", "thị trấn", "tỉnh", "TP.", "Tp", "TX",
             "Tx.", "TT", "H.", "X.", "P.", "Q.", "HUYỆN", "TỈNH", "XÃ", "THỊ XÃ", "THÀNH PHỐ", "QUẬN",
             "các xã", "Hai huyện", "ba xã", "Bốn phường", "xã, thị trấn")  # fmt: skip
    texts = [f"Về {type}{space}Ba Chẽ" for type in types for space in (" ", "")]
    for text in texts + [canonical(page.read_text(encoding="utf-8")).text for page in PAGES]:
        names = [(m.start(), m["type"], m.span("name")) for m in mentions.typed_names(text)]
        assert names == [(m.start(), m["type"], m.span("name")) for m in mentions.TYPED_NAME.finditer(text)], text


def test_names_of_a_list_have_the_type_of_the_first():
    found = read("Các xã Đồn Đạc, Thanh Sơn và thị trấn Ba Chẽ đạt chuẩn.")
    assert [m.name for m in found] == ["xã Đồn Đạc", "xã Thanh Sơn", "thị trấn Ba Chẽ"]
    assert {m.listed for m in found} == {3}


def test_an_organ_is_not_its_place():
    assert [m.role for m in read("UBND huyện Ba Chẽ họp.")] == ["organ"]


def test_the_whole_district_is_the_report_s_own():
    (mention,) = read("Toàn huyện còn 0,9% hộ nghèo.")
    assert (mention.name, mention.role) == ("huyện Ba Chẽ", "generic")
