"""The page: text measured before it is placed, labels that keep apart, sizes that are those of paper and slide."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.drawing import layout

WORDS = st.lists(
    st.sampled_from(["Tỷ", "lệ", "hộ", "nghèo", "Ễn", "nghiêng", "12,5%", "a\u00a0b", "NghiêngNghiêngNghiêng"]),
    max_size=30,
).map(" ".join)
PLACES = st.lists(st.floats(0, 300), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.floats(20, 300), st.booleans())
def test_no_line_is_wider_than_asked_and_no_word_is_lost(text, width, bold):
    lines = layout.wrap(text, width, 9, bold)
    assert all(layout.text_width(line, 9, bold) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=60, deadline=None)
@given(WORDS, st.floats(15, 300))
def test_a_shortened_text_fits_and_says_that_it_is_cut(text, width):
    short = layout.shorten(text, width, 9)
    assert layout.text_width(short, 9) <= width
    assert short == text or short.endswith("…")


@settings(max_examples=100, deadline=None)
@given(PLACES, st.floats(0.5, 30))
def test_spread_labels_keep_their_order_distance_and_bounds(wanted, gap):
    places = layout.spread(wanted, gap, 0, 300)
    real = min(gap, 300 / max(len(wanted) - 1, 1))
    ordered = [place for _, place in sorted(zip(wanted, places, strict=True))]
    assert all(b - a >= real - 1e-6 for a, b in zip(sorted(ordered), sorted(ordered)[1:], strict=False))
    assert min(places) >= -1e-6 and max(places) <= 300 + 1e-6


def test_labels_that_have_room_stay_where_they_were_wanted():
    assert layout.spread([10, 50, 90], 12, 0, 100) == [10, 50, 90]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 200), st.floats(0, 100)), max_size=25))
def test_labels_beside_points_never_touch_and_stay_in_their_room(points):
    texts = [f"Nơi {number}" for number in range(len(points))]
    spots = layout.place_labels(points, texts, 8, (0, 0, 200, 100))
    assert spots == layout.place_labels(points, texts, 8, (0, 0, 200, 100))
    boxes = []
    for spot, text in zip(spots, texts, strict=True):
        if spot:
            width = layout.text_width(text, 8)
            left = spot[0] - {"left": 0, "center": width / 2, "right": width}[spot[2]]
            box = (left, spot[1] - 2, left + width, spot[1] + 7)
            assert box[0] >= 0 and box[2] <= 200 and not layout.overlaps(box, boxes)
            boxes.append(box)


@settings(max_examples=100, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_round_steps_hold_the_values_and_are_few(low, span):
    steps = layout.round_steps(low, low + span)
    slack = 1e-6 + 1e-6 * abs(low) + 1e-9 * span
    assert steps[0] <= low + slack and steps[-1] >= low + span - slack
    assert 2 <= len(steps) <= 7


def test_title_lines_are_about_equally_long():
    title = "Tỷ lệ hộ nghèo giảm nhanh nhất ở huyện Đam Rông trong ba năm vừa qua"
    width = layout.text_width(title, 12, True) * 0.8
    lines = layout.wrap(title, layout.balanced(title, width, 12), 12, True)
    assert len(lines) == 2 and abs(len(lines[0]) - len(lines[1])) < 12


def test_a_page_that_is_too_full_says_what_to_do():
    with pytest.raises(layout.LayoutProblem, match="larger size"):
        layout.Page("half").axes(10, 10, 12, 200)
